import { handlerTag } from "../../../contract";
import type { LiveFunction, LiveGroup, LiveHook } from "./liveGroup";
import { readDenials, type Asked, type Denial } from "./read/permissions";
import { found, type Look, type Reads } from "./read/reads";

/** What the function does to a group at each action. Source: docs/permissions.md. */
const groupActions = ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"];

/** What the function asks, which no policy can limit to a resource. Source: docs/permissions.md. */
const reads = [
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeAutoScalingInstances",
  "autoscaling:DescribeLifecycleHooks",
  "autoscaling:DescribeScalingActivities",
  "autoscaling:DescribeWarmPool",
  "ssm:CancelCommand",
  "ssm:DescribeInstanceInformation",
  "ssm:GetCommandInvocation",
  "ssm:ListCommandInvocations",
  "ssm:ListCommands",
];

type Asking = Pick<LiveGroup, "described" | "functions" | "handlers" | "hooks" | "inService">;

/** Everything that the next scale-in of a group asks IAM for. */
export function asksOf(group: Asking): Asked[] {
  return [
    ...group.functions.filter(({ isHandler }) => isHandler).flatMap((one) => asksOfHandler(group, one)),
    ...group.hooks.flatMap(asksOfHook),
  ];
}

function asksOfHandler(group: Asking, { configuration, name }: LiveFunction): Asked[] {
  const role = found(configuration)?.Role;
  const { AutoScalingGroupARN: arn = "" } = group.described;
  if (role === undefined) return [];
  const [, partition = "aws", , region = "", account = ""] = arn.split(":");
  const documents = group.hooks.flatMap((hook) => documentsFor(hook, name));
  const [instance] = group.inService;
  return [
    { role, actions: reads, resources: ["*"], context: {} },
    { role, actions: groupActions, resources: [arn], context: tagContext(group, "autoscaling:ResourceTag") },
    {
      role,
      actions: ["ssm:SendCommand"],
      resources: documents.map(
        (document) => `arn:${partition}:ssm:${region}:${account}:document/${document}`,
      ),
      context: {},
    },
    {
      role,
      actions: ["ssm:SendCommand"],
      resources:
        instance === undefined ? [] : [`arn:${partition}:ec2:${region}:${account}:instance/${instance}`],
      context: tagContext(group, "ssm:resourceTag"),
    },
  ];
}

function documentsFor({ reading }: LiveHook, handler: string): string[] {
  if (reading.kind !== "instructions" || reading.instructions.handler !== handler) return [];
  const { announce, document } = reading.instructions;
  return announce === undefined ? [document] : [document, announce.document];
}

/**
 * Tags as condition keys. The policies of a group of ours ask for the handler's tag alone, so that many groups are
 * evaluated at once; the policies of a group that existed before may ask for any tag.
 */
function tagContext({ described: { Tags = [] } }: Asking, prefix: string): Record<string, string> {
  const isOurs = Tags.some(({ Key }) => Key === handlerTag);
  const wanted = Tags.filter(({ Key }) => !isOurs || Key === handlerTag);
  return Object.fromEntries(
    wanted.flatMap(({ Key = "", Value = "" }) => [
      [`${prefix}/${Key}`, Value],
      [`aws:ResourceTag/${Key}`, Value],
    ]),
  );
}

function asksOfHook({ described: { NotificationTargetARN: target, RoleARN: role } }: LiveHook): Asked[] {
  if (!target || !role) return [];
  const action = target.split(":")[2] === "sqs" ? "sqs:SendMessage" : "sns:Publish";
  return [{ role, actions: [action], resources: [target], context: {} }];
}

/** What IAM says to the requests of some groups; equal requests of several groups are made together. */
export async function askAll(
  account: Reads,
  groups: readonly Asking[],
): Promise<(group: Asking) => Look<readonly Denial[]>> {
  const asked = new Map<string, Asked>();
  for (const one of groups.flatMap(asksOf)) {
    const together = asked.get(placeOf(one));
    const resources = [...new Set([...(together?.resources ?? []), ...one.resources])];
    asked.set(placeOf(one), { ...one, resources });
  }
  const answers = new Map(
    await Promise.all(
      [...asked].map(async ([place, one]) => [place, await readDenials(account, one)] as const),
    ),
  );
  return (group) => {
    const denials: Denial[] = [];
    for (const one of asksOf(group)) {
      const answer = answers.get(placeOf(one));
      if (answer?.kind === "unread") return answer;
      // A role that is gone may do nothing.
      const all =
        answer?.kind === "missing"
          ? one.actions.flatMap((action) =>
              one.resources.map((resource) => ({ role: one.role, action, resource })),
            )
          : (answer?.value ?? []);
      denials.push(
        ...all.filter(
          ({ action, resource }) => one.actions.includes(action) && one.resources.includes(resource),
        ),
      );
    }
    return { kind: "found", value: denials };
  };
}

function placeOf({ actions, context, role }: Asked): string {
  return JSON.stringify([role, actions, context]);
}
