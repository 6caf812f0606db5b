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

/** Services put their events on this bus only. Source: EventBridge, events from AWS services. */
const defaultBus = "default";

/** The event of a hook that EventBridge gets; undefined if the hook's transition is not known. */
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

/** The EventBridge rules that certainly match the event of a hook. */
export function rulesOf(resources: Resources, event: Message): Resource[] {
  return rulesThatSee(resources, event);
}

/**
 * The EventBridge rules that match the interruption warnings of all Spot instances, or may match them, which only the
 * update shows.
 */
export function interruptionRules(resources: Resources): Resource[] {
  return [
    ...rulesThatSee(resources, interruptionWarning),
    ...ofKind(resources, "eventRule").filter(
      (rule) => hearsOfServices(rule) && stringAt(rule.props, "eventPattern") === notYetKnown,
    ),
  ];
}

/** The bus of a rule, or of a rule's target. */
export function busOf({ props }: Resource): string | typeof notYetKnown {
  const name = stringAt(props, "eventBusName");
  return typeof name === "string" ? name.replace(/^arn:.*:event-bus\//, "") : (name ?? defaultBus);
}

function rulesThatSee(resources: Resources, event: Message): Resource[] {
  return ofKind(resources, "eventRule")
    .filter(hearsOfServices)
    .filter(({ props }) => {
      const pattern = parsePattern(known(stringAt(props, "eventPattern")));
      // Services put an event on the bus of the account and Region that the event is about, where the rule is too.
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
