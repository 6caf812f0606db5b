import { isAllowed, statementsFor, type Statement } from "../../../../simulator/iam";
import type { FollowedTopic } from "../read/follow";
import type { Denial } from "../read/permissions";
import { found } from "../read/reads";
import type { Check, CheckFinding } from "./finding";
import { statementsIn } from "./policyText";

/**
 * Auto Scaling publishes with the role of the hook. If it cannot, it applies the hook's default result at once, and no
 * script runs. Source: facts of captured traffic; docs/architecture.md, Two transports.
 */
export const hookMayNotify: Check = ({ denials, hooks, topics }) =>
  hooks.flatMap(({ described: { NotificationTargetARN: target, RoleARN: role }, name }) => {
    if (!target || !role) return [];
    const topic = topics.get(target);
    const why = (topic && refusalOfTopic(topic, role)) ?? refusalOfRole(found(denials) ?? [], role, target);
    return why === undefined ? [] : [finding(name, target, why)];
  });

/** Why a notification does not arrive, and what to do. */
interface Refusal {
  readonly actual: string;
  readonly cure: string;
}

function finding(hook: string, target: string, { actual, cure }: Refusal): CheckFinding {
  return {
    rule: "hook-may-notify",
    severity: "high",
    subject: `LifecycleHook "${hook}"`,
    what: `what Auto Scaling sends to ${target}`,
    actual,
    allowed: "taken, as Auto Scaling otherwise applies the default result at once and no script runs",
    cure,
  };
}

function refusalOfRole(denials: readonly Denial[], role: string, target: string): Refusal | undefined {
  const denial = denials.find((one) => one.role === role && one.resource === target);
  return (
    denial && {
      actual: `refused: no policy of ${role} allows ${denial.action}`,
      cure: `Allow the role ${denial.action} on it; the component brings such a policy.`,
    }
  );
}

/** SNS lets Auto Scaling use no key of AWS. Source: SNS, key management, event sources that need a role in the key policy. */
const keyOfSns = "alias/aws/sns";

function refusalOfTopic({ arn, topic }: FollowedTopic, role: string): Refusal | undefined {
  if (topic.kind === "missing")
    return { actual: "lost: there is no such topic", cure: "Deploy the stack of the handler again." };
  const { key, policy } = found(topic) ?? {};
  if (key?.endsWith(keyOfSns) === true)
    return {
      actual: `refused: the topic is encrypted with ${keyOfSns}, which Auto Scaling cannot use`,
      cure: "Encrypt it with a key of your own, or not at all.",
    };
  if (policy !== undefined && isDenied(policy, arn, role))
    return {
      actual: `refused: the policy of the topic denies ${role} sns:Publish`,
      cure: "Let the policy of the topic take this role, or give the hook the role that the topic takes.",
    };
  return undefined;
}

/** The role's own policies count as if they allowed everything: IAM itself is asked about them. */
const everything: readonly Statement[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

function isDenied(policy: string, topic: string, role: string): boolean {
  const account = role.split(":")[4] ?? "";
  const context = { "aws:PrincipalArn": role, "aws:PrincipalAccount": account, "aws:SourceAccount": account };
  const statements = statementsIn("topic", policy);
  if (statements === undefined) return false;
  const own = statementsFor(statements, role, account);
  return !isAllowed([...everything, ...own], { action: "sns:Publish", resource: topic, context });
}

/** A topic without a subscriber that listens brings nobody the events of its hooks. */
export const topicHasSubscriber: Check = ({ hooks, topics }) =>
  [...topics.values()].flatMap(({ arn, subscriptions, topic }) => {
    const notifying = hooks.filter(({ described }) => described.NotificationTargetARN === arn);
    const [first] = notifying;
    if (first === undefined || topic.kind === "missing" || subscriptions.kind !== "found") return [];
    const all = subscriptions.value;
    if (all.some(({ isConfirmed }) => isConfirmed)) return [];
    return [
      {
        rule: "topic-has-subscriber",
        severity: "high",
        subject: `LifecycleHook "${first.name}"`,
        what: `the number of confirmed subscriptions to ${arn}`,
        actual: all.length === 0 ? "0" : `0 (${all.length} pending)`,
        allowed: "at least 1, as nobody else hears of the hook's events",
        cure: all.length === 0 ? "Deploy the stack of the handler again." : "Confirm the subscription.",
      },
    ];
  });
