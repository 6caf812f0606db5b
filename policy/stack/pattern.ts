import { lifecycleTransitions } from "../../contract";
import type { Hook } from "./hook";
import { ofKind, type Resource, type Resources } from "./resource";
import { known, notYetKnown, stringAt, type Value } from "./value";

const lifecycleEvents = {
  launch: "EC2 Instance-launch Lifecycle Action",
  terminate: "EC2 Instance-terminate Lifecycle Action",
} as const;

const interruptionWarning = "EC2 Spot Instance Interruption Warning";

/** The EventBridge rules that certainly see the events of a hook. */
export function rulesOf(resources: Resources, hook: Hook, groupName: Value<string>): Resource[] {
  const transition = known(hook.transition);
  if (transition === undefined) return [];
  return rulesThatSee(resources, {
    source: "aws.autoscaling",
    "detail-type": lifecycleEvents[transition],
    detail: {
      AutoScalingGroupName: known(groupName),
      LifecycleHookName: known(hook.name),
      LifecycleTransition: lifecycleTransitions[transition],
      NotificationMetadata: known(hook.metadata),
    },
  });
}

/** The EventBridge rules that see the interruption warnings of all Spot instances, or may: only the update will tell. */
export function interruptionRules(resources: Resources): Resource[] {
  return [
    ...rulesThatSee(resources, { source: "aws.ec2", "detail-type": interruptionWarning }),
    ...ofKind(resources, "eventRule").filter(({ props }) => stringAt(props, "eventPattern") === notYetKnown),
  ];
}

function rulesThatSee(resources: Resources, event: object): Resource[] {
  return ofKind(resources, "eventRule").filter(({ props }) => {
    const pattern = parse(known(stringAt(props, "eventPattern")));
    // Services put their events on the bus of the account that they are about, where the rule is too.
    const account = known(stringAt(props, "arn"))?.split(":")[4];
    return pattern !== undefined && matches(pattern, { account, ...event });
  });
}

/** Whether a pattern certainly matches: a field that the event is not known to have, or an operator but prefix, does not. */
function matches(pattern: object, event: object): boolean {
  return Object.entries(pattern).every(([key, wanted]: [string, unknown]) => {
    const field: unknown = Reflect.get(event, key);
    if (Array.isArray(wanted)) return wanted.some((one: unknown) => matchesField(one, field));
    return isObject(wanted) && isObject(field) && matches(wanted, field);
  });
}

function matchesField(wanted: unknown, field: unknown): boolean {
  if (typeof field !== "string") return false;
  if (!isObject(wanted)) return wanted === field;
  return "prefix" in wanted && typeof wanted.prefix === "string" && field.startsWith(wanted.prefix);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function parse(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
