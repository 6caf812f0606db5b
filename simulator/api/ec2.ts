import { ServiceError } from "../errors";
import type { Ec2 } from "../ec2";
import { page, type Input } from "./input";
import type { Operation } from "./operation";

/** Calls of EC2 that the simulator answers, as far as it has their filters. */
export function ec2Operations(ec2: Ec2): Readonly<Record<string, Operation>> {
  return {
    DescribeInstanceStatus: {
      requests: onAll("DescribeInstanceStatus"),
      perform: (input) => {
        const codes = filtersOf(input, ["event.code"]).get("event.code");
        const found = ec2
          .statuses()
          .map(({ events, id }) => ({
            id,
            events: codes === undefined ? events : events.filter(({ code }) => codes.includes(code)),
          }))
          .filter(({ events }) => codes === undefined || events.length > 0);
        const { items, next } = paged(input, found);
        return {
          InstanceStatuses: items.map(({ events, id }) => ({
            InstanceId: id,
            InstanceState: { Code: 16, Name: "running" },
            Events: events.map(({ code, description, notBefore }) => ({
              Code: code,
              Description: description,
              NotBefore: new Date(notBefore),
            })),
          })),
          NextToken: next,
        };
      },
    },

    DescribeTags: {
      requests: onAll("DescribeTags"),
      perform: (input) => {
        const filters = filtersOf(input, ["key", "resource-type"]);
        const keys = filters.get("key");
        const found = ec2.tags().filter(({ key }) => keys === undefined || keys.includes(key));
        const { items, next } = paged(input, found);
        return {
          Tags: items.map(({ instance, key, value }) => ({
            ResourceId: instance,
            ResourceType: "instance",
            Key: key,
            Value: value,
          })),
          NextToken: next,
        };
      },
    },

    CreateTags: {
      instances: (input) => input.texts("ResourceId"),
      requests: onTags("CreateTags", ec2, (input) => tagsIn(input).map(([key]) => key)),
      perform: (input) => {
        for (const id of knownInstances(ec2, input)) ec2.tag(id, Object.fromEntries(tagsIn(input)));
        return {};
      },
    },

    DeleteTags: {
      instances: (input) => input.texts("ResourceId"),
      requests: onTags("DeleteTags", ec2, (input) => deletedIn(input).map(({ key }) => key)),
      perform: (input) => {
        for (const id of knownInstances(ec2, input)) ec2.untag(id, deletedIn(input));
        return {};
      },
    },
  };
}

/** What a caller has to be allowed: each tag of each instance. */
function onTags(action: string, ec2: Ec2, keys: (input: Input) => readonly string[]): Operation["requests"] {
  return (input) =>
    input.texts("ResourceId").flatMap((id) =>
      keys(input).map((key) => ({
        action: `ec2:${action}`,
        resource: ec2.arnOf(id),
        context: {
          "aws:TagKeys": key,
          ...Object.fromEntries(
            Object.entries(ec2.tagsOf(id)).flatMap(([own, value]) => [
              [`ec2:ResourceTag/${own}`, value],
              [`aws:ResourceTag/${own}`, value],
            ]),
          ),
        },
      })),
    );
}

/** @throws ServiceError for an instance that does not exist */
function knownInstances(ec2: Ec2, input: Input): readonly string[] {
  const ids = input.texts("ResourceId");
  const unknown = ids.find((id) => !ec2.exists(id));
  if (unknown !== undefined)
    throw new ServiceError("InvalidInstanceID.NotFound", `The instance ID '${unknown}' does not exist`);
  return ids;
}

function tagsIn(input: Input): (readonly [string, string])[] {
  return input.inputs("Tag").map((tag) => [tag.text("Key", { max: 127 }), tag.text("Value", { min: 0, max: 255 })]);
}

/** Tags to delete. Without a value a tag is deleted whatever its value. Source: EC2 API, DeleteTags. */
function deletedIn(input: Input): { readonly key: string; readonly value: string | undefined }[] {
  return input
    .inputs("Tag")
    .map((tag) => ({ key: tag.text("Key", { max: 127 }), value: tag.optionalText("Value", { min: 0 }) }));
}

/** @throws ServiceError for a filter that the simulator does not have, rather than to list too much */
function filtersOf(input: Input, known: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const filters = input
    .inputs("Filter")
    .map((filter) => [filter.text("Name"), filter.texts("Value")] as const);
  const unknown = filters.find(([name]) => !known.includes(name));
  if (unknown !== undefined)
    throw new ServiceError("InvalidParameterValue", `The filter '${unknown[0]}' is invalid`);
  return new Map(filters);
}

function paged<T>(input: Input, all: readonly T[]) {
  const size = input.optionalNumber("MaxResults", 5, 1000) ?? 1000;
  return page(all, size, input.optionalText("NextToken"), "InvalidNextToken");
}

function onAll(action: string) {
  return () => [{ action: `ec2:${action}`, resource: "*" }];
}
