import type { Group } from "./group";
import type { Hook } from "./hook";
import { interruptionRules, rulesOf } from "./pattern";
import { referents, referentsOf } from "./reference";
import { ofKind, type Kind, type Resource, type Resources } from "./resource";
import { stringAt } from "./value";

/** The functions that a hook sets off: its target, or by way of a topic, a queue or an EventBridge rule. */
export function functionsOf(resources: Resources, group: Group, hook: Hook): Resource[] {
  const property = hook.dependencyOf("notificationTargetArn");
  const target = (kind: Kind) =>
    referents(hook.resource, property, [hook.notificationTarget], ofKind(resources, kind)).found;
  const groupName = stringAt(group.resource.props, "name");
  return unique([
    ...target("function"),
    ...target("topic").flatMap((topic) => subscribersOf(resources, topic)),
    ...target("queue").flatMap((queue) => readersOf(resources, queue)),
    ...targetsOf(resources, rulesOf(resources, hook, groupName)),
  ]);
}

/** The functions that hear of Spot instances that EC2 is about to take back, or may. */
export function functionsWarnedOfInterruption(resources: Resources): Resource[] {
  return targetsOf(resources, interruptionRules(resources));
}

function subscribersOf(resources: Resources, topic: Resource): Resource[] {
  const endpoints = (kind: Kind) => ends(resources, "subscription", "topic", topic, "endpoint", kind);
  return [...endpoints("function"), ...endpoints("queue").flatMap((queue) => readersOf(resources, queue))];
}

function readersOf(resources: Resources, queue: Resource): Resource[] {
  return ends(resources, "queueMapping", "eventSourceArn", queue, "functionName", "function");
}

function targetsOf(resources: Resources, rules: readonly Resource[]): Resource[] {
  return rules.flatMap((rule) => ends(resources, "eventTarget", "rule", rule, "arn", "function"));
}

/** Where the resources of a kind lead to that begin at another, one property naming each end. */
function ends(
  resources: Resources,
  via: Kind,
  fromProperty: string,
  from: Resource,
  toProperty: string,
  to: Kind,
): Resource[] {
  const candidates = ofKind(resources, to);
  return ofKind(resources, via)
    .filter((one) => referentsOf(one, fromProperty, [from]).found.length > 0)
    .flatMap((one) => referentsOf(one, toProperty, candidates).found);
}

function unique(resources: Resources): Resource[] {
  return [...new Set(resources)];
}
