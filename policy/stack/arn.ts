import { isKind, type Kind, type Resource } from "./resource";

/** What the ARN of each kind looks like after its partition. Source: the Service Authorization Reference. */
const resourceParts: Partial<Record<Kind, RegExp>> = {
  document: /^ssm:[^:]*:[^:]*:document\/(?<name>[^:]+)$/,
  function: /^lambda:[^:]*:[^:]*:function:(?<name>[^:]+)(:[^:]+)?$/,
  group: /^autoscaling:[^:]*:[^:]*:autoScalingGroup:[^:]*:autoScalingGroupName\/(?<name>.+)$/,
  queue: /^sqs:[^:]*:[^:]*:(?<name>[^:]+)$/,
  targetGroup: /^elasticloadbalancing:[^:]*:[^:]*:targetgroup\/(?<name>[^/]+)\/[^/]+$/,
  topic: /^sns:[^:]*:[^:]*:(?<name>[^:]+)$/,
};

/** Partial ARNs that Lambda takes for a function. Source: Lambda, CreateEventSourceMapping, FunctionName. */
const partialFunctionArn = /^(\d{12}:(function:)?)?(?<name>[A-Za-z0-9_-]+)(:[A-Za-z0-9_$-]+)?$/;

/** The name of a resource of the same kind, from a text that is its ARN or, for a function, a partial ARN. */
export function nameIn(text: string, like: Resource): string | undefined {
  const [, resource] = /^arn:[^:]*:(.*)$/.exec(text) ?? [];
  if (resource === undefined)
    return isKind(like, "function") ? partialFunctionArn.exec(text)?.groups?.["name"] : undefined;
  const kinds = Object.entries(resourceParts) as [Kind, RegExp][];
  const [, pattern] = kinds.find(([kind]) => isKind(like, kind)) ?? [];
  return pattern?.exec(resource)?.groups?.["name"];
}

/** The Region of an ARN; undefined where the ARN has none. */
export function regionOf(arn: string): string | undefined {
  return arn.split(":")[3] || undefined;
}
