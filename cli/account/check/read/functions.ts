import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  paginateListEventSourceMappings,
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
} from "@aws-sdk/client-lambda";
import type { Resource } from "../../../../policy/stack/resource";
import { found, type Look, type Reads } from "./reads";
import { resource } from "./resource";

/** The settings of a function, by its name or its ARN. */
export function readFunction({ account, look }: Reads, name: string): Promise<Look<FunctionConfiguration>> {
  return look({
    what: "functions behind hooks",
    action: "lambda:GetFunctionConfiguration",
    key: name,
    make: () => account.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
  });
}

/** The policy of a function, as JSON; missing where nobody but the account's own principals may invoke it. */
export async function readFunctionPolicy({ account, look }: Reads, name: string): Promise<Look<string>> {
  const policy = await look({
    what: "whether functions take events",
    action: "lambda:GetPolicy",
    key: name,
    make: () => account.clients.lambda.send(new GetPolicyCommand({ FunctionName: name })),
  });
  return policy.kind === "found" ? { kind: "found", value: policy.value.Policy ?? "" } : policy;
}

/** ARN of the queue of events that a function has failed on; undefined without one. */
export async function readFailureQueue({ account, look }: Reads, name: string): Promise<string | undefined> {
  const config = await look({
    what: "the dead letters of functions",
    action: "lambda:GetFunctionEventInvokeConfig",
    key: name,
    make: () => account.clients.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: name })),
  });
  return found(config)?.DestinationConfig?.OnFailure?.Destination;
}

/** How functions get the messages of a queue. */
export async function readMappings({ account, look }: Reads, queue: string): Promise<Resource[]> {
  const mappings = await look({
    what: "functions behind queues",
    action: "lambda:ListEventSourceMappings",
    key: queue,
    make: async () => {
      const all: EventSourceMappingConfiguration[] = [];
      const pages = paginateListEventSourceMappings(
        { client: account.clients.lambda },
        { EventSourceArn: queue },
      );
      for await (const { EventSourceMappings = [] } of pages) all.push(...EventSourceMappings);
      return all;
    },
  });
  return (found(mappings) ?? []).map(({ FilterCriteria, FunctionArn, State = "", UUID = "" }) =>
    resource("queueMapping", UUID, UUID, {
      eventSourceArn: queue,
      functionName: FunctionArn,
      enabled: !/^(Disabl|Delet)/.test(State),
      filterCriteria: { filters: FilterCriteria?.Filters?.map(({ Pattern }) => ({ pattern: Pattern })) },
    }),
  );
}

/**
 * A function as a program would give it.
 * @param arn leads to the function, perhaps by an alias; the answer may name the version behind the alias
 */
export function functionResource(arn: string, configuration: FunctionConfiguration): Resource {
  const { Environment, FunctionName: name = "", Timeout } = configuration;
  return resource("function", arn, name, {
    name,
    arn,
    timeout: Timeout,
    environment: { variables: Environment?.Variables },
  });
}

/** A queue as a program would give it. */
export function queueResource(arn: string): Resource {
  const name = arn.split(":").at(-1) ?? arn;
  return resource("queue", arn, name, { name, arn });
}
