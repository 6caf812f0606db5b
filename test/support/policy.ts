import assert from "node:assert/strict";
import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import type { PolicyName } from "../../policy/choices";
import { gracefulPolicies } from "../../policy/gracefulPolicies";

/** A value that is not known in a preview. */
export const later = Symbol("known after the update");

/** A resource as a policy gets it. `from` are the resources that each property was computed from. */
export interface Given {
  readonly type: string;
  readonly name: string;
  /** Inputs that the program gives. */
  readonly props?: Readonly<Record<string, unknown>>;
  /** Outputs of the provider that are not inputs, or differ from them. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Whether the program only reads the resource, so that no policy sees its inputs. */
  readonly isRead?: boolean;
  readonly from?: Readonly<Record<string, readonly Given[]>>;
  readonly ignoreChanges?: string[];
  readonly deleteSeconds?: number;
}

/** A resource of a type, by its short name, as in `resource("Group", "web", { ... })`. */
export function resource(
  type: keyof typeof types,
  name: string,
  props: Given["props"] = {},
  more: Omit<Given, "type" | "name" | "props"> = {},
): Given {
  return { type: types[type], name, props, ...more };
}

const types = {
  Alias: "aws:lambda/alias:Alias",
  Attachment: "aws:autoscaling/attachment:Attachment",
  CapacityProvider: "aws:ecs/capacityProvider:CapacityProvider",
  DeploymentGroup: "aws:codedeploy/deploymentGroup:DeploymentGroup",
  Document: "aws:ssm/document:Document",
  EventRule: "aws:cloudwatch/eventRule:EventRule",
  EventSourceMapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  EventTarget: "aws:cloudwatch/eventTarget:EventTarget",
  Function: "aws:lambda/function:Function",
  Group: "aws:autoscaling/group:Group",
  LaunchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
  LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  LifecycleHook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  NodeGroup: "aws:eks/nodeGroup:NodeGroup",
  Policy: "aws:autoscaling/policy:Policy",
  Queue: "aws:sqs/queue:Queue",
  TargetGroup: "aws:lb/targetGroup:TargetGroup",
  Topic: "aws:sns/topic:Topic",
  TrafficSourceAttachment: "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
  TopicSubscription: "aws:sns/topicSubscription:TopicSubscription",
} as const;

/** A hook on termination, with the given changes. */
export function hookProps(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    name: "drain",
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 300,
    defaultResult: "CONTINUE",
    ...changes,
  };
}

/** A hook on launch, with the given changes. */
export function launchHookProps(changes: Readonly<Record<string, unknown>> = {}) {
  return hookProps({ name: "boot", lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", ...changes });
}

/** The findings of a rule in resources, without the rule's description. */
export async function findings(
  rule: PolicyName,
  given: readonly Given[],
  config: Readonly<Record<string, unknown>> = {},
): Promise<string[]> {
  const policy = gracefulPolicies().find(({ name }) => name === rule);
  assert.ok(policy, rule);
  const { validateResource, validateStack } = policy;
  const found: string[] = [];
  const report = (message: string) => found.push(message);
  for (const one of toPolicy(given, "inputs")) {
    await validateResource({ ...one, asType: () => undefined, ...surroundings(config) }, report);
  }
  await validateStack({ resources: toPolicy(given, "outputs"), ...surroundings(config) }, report);
  return found;
}

function surroundings(
  config: object,
): Pick<StackValidationArgs, "getConfig" | "notApplicable" | "stackTags"> {
  return {
    stackTags: new Map<string, string>(),
    getConfig: () => config as never,
    notApplicable: (reason?: string) => {
      throw new Error(reason);
    },
  };
}

/** Resources as Pulumi makes them for policies: a property that is not known throws when it is read. */
function toPolicy(given: readonly Given[], side: "inputs" | "outputs"): PolicyResource[] {
  const shown = side === "inputs" ? given.filter(({ isRead }) => isRead !== true) : given;
  const made = new Map(shown.map((one) => [one, bare(one, side)]));
  for (const [{ from = {} }, one] of made) {
    for (const [property, sources] of Object.entries(from)) {
      one.propertyDependencies[property] = sources.flatMap((source) => made.get(source) ?? []);
    }
  }
  return [...made.values()];
}

function bare(
  { deleteSeconds = 0, ignoreChanges = [], name, outputs = {}, props = {}, type }: Given,
  side: "inputs" | "outputs",
): PolicyResource {
  return {
    type,
    name,
    urn: `urn:pulumi:dev::test::${type}::${name}`,
    props: guarded(side === "inputs" ? props : { ...props, ...outputs }),
    opts: {
      protect: false,
      ignoreChanges,
      aliases: [],
      additionalSecretOutputs: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds },
    },
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  };
}

function guarded<T extends object>(properties: T): T {
  return new Proxy(properties, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (value === later) throw new Error(`string value at .${String(key)} can't be known during preview`);
      const isOwn = Object.getOwnPropertyDescriptor(target, key)?.writable === true;
      return isOwn && typeof value === "object" && value !== null ? guarded(value) : value;
    },
  });
}
