// @ts-nocheck
import assert from "node:assert/strict";
import type {
  PolicyResource,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { gracefulPolicies, type PolicyChoices } from "../../policy/gracefulPolicies";

/** A value that nobody knows in a preview. */
export const later = Symbol("known after the update");

/** A resource as a policy gets it. `from` are the resources that each property was computed from. */
export interface Given {
  readonly type: string;
  readonly name: string;
  readonly props?: Readonly<Record<string, unknown>>;
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
  Attachment: "aws:autoscaling/attachment:Attachment",
  Document: "aws:ssm/document:Document",
  EventRule: "aws:cloudwatch/eventRule:EventRule",
  EventSourceMapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  EventTarget: "aws:cloudwatch/eventTarget:EventTarget",
  Function: "aws:lambda/function:Function",
  Group: "aws:autoscaling/group:Group",
  LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
  LifecycleHook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  Queue: "aws:sqs/queue:Queue",
  TargetGroup: "aws:lb/targetGroup:TargetGroup",
  Topic: "aws:sns/topic:Topic",
  TopicSubscription: "aws:sns/topicSubscription:TopicSubscription",
} as const;

/** A hook on termination, or as it is changed to be. */
export function hookProps(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    name: "drain",
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeatTimeout: 300,
    defaultResult: "CONTINUE",
    ...changes,
  };
}

/** The same on launch. */
export function launchHookProps(changes: Readonly<Record<string, unknown>> = {}) {
  return hookProps({ name: "boot", lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", ...changes });
}

/** What a rule says about resources, as far as it depends on the finding. */
export async function findings(
  rule: keyof PolicyChoices,
  given: readonly Given[],
  config: Readonly<Record<string, unknown>> = {},
): Promise<string[]> {
  const policy = gracefulPolicies().find(({ name }) => name === rule);
  assert.ok(policy, rule);
  const found: string[] = [];
  const report = (message: string) => found.push(message);
  const resources = toPolicy(given);
  if (isStackPolicy(policy)) {
    await policy.validateStack({ resources, ...surroundings(config) }, report);
  } else {
    assert.ok(typeof policy.validateResource === "function");
    for (const one of resources) {
      const args = { ...one, asType: () => undefined, ...surroundings(config) };
      await policy.validateResource(args, report);
    }
  }
  return found;
}

function isStackPolicy(
  policy: ResourceValidationPolicy | StackValidationPolicy,
): policy is StackValidationPolicy {
  return "validateStack" in policy;
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

/** As Pulumi makes them: a property that is not known throws when it is read. */
function toPolicy(given: readonly Given[]): PolicyResource[] {
  const made = new Map(given.map((one) => [one, bare(one)]));
  for (const [{ from = {} }, one] of made) {
    for (const [property, sources] of Object.entries(from)) {
      one.propertyDependencies[property] = sources.flatMap((source) => made.get(source) ?? []);
    }
  }
  return [...made.values()];
}

function bare({ deleteSeconds = 0, ignoreChanges = [], name, props = {}, type }: Given): PolicyResource {
  return {
    type,
    name,
    urn: `urn:pulumi:dev::test::${type}::${name}`,
    props: guarded(props),
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
