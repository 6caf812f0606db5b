import { lifecycleTransitions } from "../../contract";
import { parsePattern, takes, type Message } from "./eventPattern";
import { busOf, interruptionRules, lifecycleEvent, rulesOf } from "./eventRules";
import type { Hook } from "./hook";
import { referents, referentsOf } from "./reference";
import { isKind, ofKind, type Kind, type Resource, type Resources } from "./resource";
import { booleanAt, known, listAt, member, notYetKnown, stringAt } from "./value";

/** A function, by its own name or by an alias. */
const functions = ["alias", "function"] as const;

/** Kinds of resources to which a hook or a rule can send. */
const receivers = [...functions, "queue", "topic"] as const;

/** A message; not known where its text is changed on the way. */
type Sent = Message | typeof notYetKnown;

/**
 * The functions that certainly get the events of a hook: as its target, or through topics, queues and EventBridge
 * rules.
 */
export function functionsOf(resources: Resources, hook: Hook): Resource[] {
  const event = lifecycleEvent(hook);
  const notification = notificationOf(hook);
  return unique([
    ...targetsOf(resources, hook).flatMap((target) => reachedFrom(resources, target, notification)),
    ...(event === undefined
      ? []
      : rulesOf(resources, event).flatMap((rule) => reachedFromRule(resources, rule, event))),
  ]);
}

/** The functions that get the interruption warnings of Spot instances, or may get them. */
export function functionsWarnedOfInterruption(resources: Resources): Resource[] {
  return interruptionRules(resources).flatMap((rule) => reachedFromRule(resources, rule, notYetKnown));
}

/**
 * Pulumi knows only together from which targets all hooks of one property were computed: a target that another hook
 * names belongs to that hook.
 */
function targetsOf(resources: Resources, hook: Hook): readonly Resource[] {
  const property = hook.dependencyOf("notificationTargetArn");
  const all = ofKind(resources, ...receivers);
  const named = referents(hook.resource, property, hook.targetsBeside.filter(isText), all).found;
  const left = hook.notificationTarget === notYetKnown ? all.filter((one) => !named.includes(one)) : all;
  return referents(hook.resource, property, [hook.notificationTarget], left).found;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** The message that a hook sends to its target. Source: Auto Scaling, prepare to add a lifecycle hook. */
function notificationOf({ groupName, metadata, name, transition }: Hook): Message {
  return {
    Service: "AWS Auto Scaling",
    AutoScalingGroupName: groupName ?? notYetKnown,
    LifecycleHookName: name ?? notYetKnown,
    LifecycleTransition: typeof transition === "string" ? lifecycleTransitions[transition] : notYetKnown,
    NotificationMetadata: metadata === "" ? undefined : metadata,
    LifecycleActionToken: notYetKnown,
    EC2InstanceId: notYetKnown,
    AccountId: notYetKnown,
    RequestId: notYetKnown,
    Time: notYetKnown,
    Origin: notYetKnown,
    Destination: notYetKnown,
  };
}

function reachedFrom(resources: Resources, receiver: Resource, sent: Sent): readonly Resource[] {
  if (isKind(receiver, "function")) return [receiver];
  if (isKind(receiver, "alias"))
    return referentsOf(receiver, "functionName", ofKind(resources, "function")).found;
  return isKind(receiver, "topic")
    ? reachedFromTopic(resources, receiver, sent)
    : reachedFromQueue(resources, receiver, sent);
}

function reachedFromTopic(resources: Resources, topic: Resource, sent: Sent): readonly Resource[] {
  return ofKind(resources, "subscription")
    .filter((one) => referentsOf(one, "topic", [topic]).found.length > 0 && letsPass(one, sent))
    .flatMap((one) => {
      const isRaw = booleanAt(one.props, "rawMessageDelivery") === true;
      // A queue gets the notification as text inside a message of SNS.
      const passed: Sent = isRaw
        ? sent
        : { Type: "Notification", Message: notYetKnown, TopicArn: notYetKnown };
      return leadsTo(resources, one, "endpoint", [...functions, "queue"], passed);
    });
}

/** By default SNS filters by message attributes, which neither Auto Scaling nor EventBridge sets. */
function letsPass({ props }: Resource, sent: Sent): boolean {
  const given = stringAt(props, "filterPolicy");
  if (given === undefined || given === "") return true;
  const policy = parsePattern(known(given));
  const seen = stringAt(props, "filterPolicyScope") === "MessageBody" ? sent : {};
  return policy !== undefined && allows(policy, seen);
}

function reachedFromQueue(resources: Resources, queue: Resource, sent: Sent): readonly Resource[] {
  return ofKind(resources, "queueMapping")
    .filter(({ props }) => booleanAt(props, "enabled") !== false)
    .filter((one) => referentsOf(one, "eventSourceArn", [queue]).found.length > 0)
    .filter((one) => {
      const filters = listAt(member(one.props, "filterCriteria"), "filters");
      const patterns = filters.map((filter) => parsePattern(known(stringAt(filter, "pattern"))));
      return patterns.length === 0 || patterns.some((pattern) => pattern && allows(pattern, { body: sent }));
    })
    .flatMap((one) => leadsTo(resources, one, "functionName", functions, sent));
}

function reachedFromRule(resources: Resources, rule: Resource, event: Sent): Resource[] {
  return ofKind(resources, "eventTarget")
    .filter((one) => busOf(one) === busOf(rule) && referentsOf(one, "rule", [rule]).found.length > 0)
    .flatMap((one) => {
      const isChanged = ["input", "inputPath", "inputTransformer"].some((key) => {
        const given = member(one.props, key);
        return given !== undefined && given !== "";
      });
      return leadsTo(resources, one, "arn", receivers, isChanged ? notYetKnown : event);
    });
}

/** The functions behind the resources, of the given kinds, that a property names. */
function leadsTo(
  resources: Resources,
  from: Resource,
  property: string,
  kinds: readonly Kind[],
  sent: Sent,
): readonly Resource[] {
  return referentsOf(from, property, ofKind(resources, ...kinds)).found.flatMap((receiver) =>
    reachedFrom(resources, receiver, sent),
  );
}

function allows(pattern: object, sent: Sent): boolean {
  return Object.keys(pattern).length === 0 || (sent !== notYetKnown && takes(pattern, sent));
}

function unique(resources: Resources): Resource[] {
  return [...new Set(resources)];
}
