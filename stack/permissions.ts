import type { Fields } from "../contract";
import { isUnknown } from "../evaluate/engine";
import { readPolicy, type PolicyKind, type Statement } from "../simulator/iam";
import { object, parse, text, texts, list, type All } from "./fields";

/** Reads what roles, topics and queues allow. */
export interface Permissions {
  ofRole(arn: string): readonly Statement[];
  ofTopic(arn: string): readonly Statement[];
  ofQueue(arn: string): readonly Statement[];
  /** Policies that are taken to allow everything, as sentences. */
  readonly leftOut: ReadonlySet<string>;
}

/** Stands for a policy that only AWS knows, or that is not known before a deployment. */
const everything: readonly Statement[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

/** Managed policies of AWS that allow a function no more than to log, to trace and to reach a VPC. */
const modest = /:aws:policy\/(service-role\/AWSLambda|AWSXRay|CloudWatchLambda)/;

/** Reads policies when they are asked for, so that a policy that nothing reaches does no harm. */
export function permissionsIn(all: All): Permissions {
  const leftOut = new Set<string>();
  const statements = (owner: string, kind: PolicyKind, policy: unknown): readonly Statement[] => {
    if (policy === undefined) return [];
    if (!isUnknown(policy)) return readPolicy(owner, kind, parse(policy));
    leftOut.add(`The policy of ${owner} is not known yet: it is taken to allow everything.`);
    return everything;
  };
  const attached = (role: Fields): readonly Statement[] =>
    attachedTo(role, all).flatMap((arn) => {
      const own = all("aws:iam/policy:Policy").find((policy) => policy["arn"] === arn);
      if (own !== undefined) return statements(`role ${text(role["name"])}`, "identity", own["policy"]);
      if (modest.test(arn)) return [];
      leftOut.add(
        `The policy ${arn} of role ${text(role["name"])} is not read: it is taken to allow everything.`,
      );
      return everything;
    });
  return {
    leftOut,
    ofRole: (arn) => {
      const role = all("aws:iam/role:Role").find((one) => one["arn"] === arn);
      if (role === undefined) return [];
      const owner = `role ${text(role["name"])}`;
      const inline = all("aws:iam/rolePolicy:RolePolicy").filter((one) => isOf(one["role"], role));
      return [
        ...[...inline, ...list(role["inlinePolicies"])].flatMap(({ policy }) =>
          statements(owner, "identity", policy),
        ),
        ...attached(role),
      ];
    },
    ofTopic: (arn) => {
      const topic = object(all("aws:sns/topic:Topic").find((one) => one["arn"] === arn));
      const separate = all("aws:sns/topicPolicy:TopicPolicy").filter((one) => one["arn"] === arn);
      return [topic, ...separate].flatMap(({ policy }) =>
        statements(`topic ${text(topic["name"])}`, "resource", policy),
      );
    },
    ofQueue: (arn) => {
      const queue = object(all("aws:sqs/queue:Queue").find((one) => one["arn"] === arn));
      const separate = all("aws:sqs/queuePolicy:QueuePolicy").filter(
        (one) => one["queueUrl"] === queue["url"],
      );
      return [queue, ...separate].flatMap(({ policy }) =>
        statements(`queue ${text(queue["name"])}`, "resource", policy),
      );
    },
  };
}

function attachedTo(role: Fields, all: All): readonly string[] {
  const attachments = all("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  return [
    ...attachments.filter((one) => isOf(one["role"], role)).map((one) => text(one["policyArn"])),
    ...texts(role["managedPolicyArns"]),
  ].filter((arn) => arn !== "");
}

/** A program names a role by its name, or by its ARN where it passes the whole role. */
function isOf(named: unknown, role: Fields): boolean {
  return named !== undefined && (named === role["name"] || named === role["arn"] || named === role["id"]);
}
