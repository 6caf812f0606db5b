import { lifecycleTransitions } from "../../contract";
import { parsePattern, takes, type Message } from "./eventPattern";
import type { Hook } from "./hook";
import { regionOf } from "./arn";
import { ofKind, type Resource, type Resources } from "./resource";
import { booleanAt, known, notYetKnown, stringAt } from "./value";

const lifecycleEvents = {
  launch: "EC2 Instance-launch Lifecycle Action",
  terminate: "EC2 Instance-terminate Lifecycle Action",
} as const;

const interruptionWarning: Message = {
  source: "aws.ec2",
  "detail-type": "EC2 Spot Instance Interruption Warning",
};

/** Services put their events on this bus and on no other. Source: EventBridge, events from AWS services. */
const defaultBus = "default";

/** What EventBridge hears of a hook; undefined if its transition is not known. */
export function lifecycleEvent(hook: Hook): Message | undefined {
  const transition = known(hook.transition);
  if (transition === undefined) return undefined;
  return {
    source: "aws.autoscaling",
    "detail-type": lifecycleEvents[transition],
    resources: [hook.groupArn],
    detail: {
      AutoScalingGroupName: hook.groupName ?? notYetKnown,
      LifecycleHookName: hook.name ?? notYetKnown,
      LifecycleTransition: lifecycleTransitions[transition],
      NotificationMetadata: hook.metadata === "" ? undefined : hook.metadata,
      LifecycleActionToken: notYetKnown,
      EC2InstanceId: notYetKnown,
      Origin: notYetKnown,
      Destination: notYetKnown,
    },
  };
}

/** The EventBridge rules that certainly see the event of a hook. */
export function rulesOf(resources: Resources, event: Message): Resource[] {
  return rulesThatSee(resources, event);
}

/** The EventBridge rules that see the interruption warnings of all Spot instances, or may: only the update will tell. */
export function interruptionRules(resources: Resources): Resource[] {
  return [
    ...rulesThatSee(resources, interruptionWarning),
    ...ofKind(resources, "eventRule").filter(
      (rule) => hearsOfServices(rule) && stringAt(rule.props, "eventPattern") === notYetKnown,
    ),
  ];
}

/** The bus that a rule, or a target of one, is on. */
export function busOf({ props }: Resource): string | typeof notYetKnown {
  const name = stringAt(props, "eventBusName");
  return typeof name === "string" ? name.replace(/^arn:.*:event-bus\//, "") : (name ?? defaultBus);
}

function rulesThatSee(resources: Resources, event: Message): Resource[] {
  return ofKind(resources, "eventRule")
    .filter(hearsOfServices)
    .filter(({ props }) => {
      const pattern = parsePattern(known(stringAt(props, "eventPattern")));
      // Services put their events on the bus of the account and Region that they are about, where the rule is too.
      const arn = known(stringAt(props, "arn"));
      const account = arn?.split(":")[4] ?? notYetKnown;
      const region = known(stringAt(props, "region")) ?? (arn && regionOf(arn)) ?? notYetKnown;
      return pattern !== undefined && takes(pattern, { account, region, ...event });
    });
}

function hearsOfServices(rule: Resource): boolean {
  const isDisabled =
    stringAt(rule.props, "state") === "DISABLED" || booleanAt(rule.props, "isEnabled") === false;
  return !isDisabled && busOf(rule) === defaultBus;
}
