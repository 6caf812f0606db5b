/** A resource as rules see it: the part that rules need of a resource as Pulumi hands it to a policy. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /**
   * Inputs before the update; after the update also outputs, for properties that were not given. Read them with the
   * functions of `value`.
   */
  readonly props: object;
  readonly opts: {
    readonly ignoreChanges: readonly string[];
    /** Zero stands for the provider's own timeout. */
    readonly customTimeouts: { readonly deleteSeconds: number };
  };
  /** The resources that each property was computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly Resource[]>>;
  /** Whether the program only reads the resource, which is then made and deleted elsewhere. */
  readonly isRead: boolean;
}

/** The resources of a stack. */
export type Resources = readonly Resource[];

/** Types that rules look at; a target group has two types. */
const types = {
  alias: ["aws:lambda/alias:Alias"],
  attachment: ["aws:autoscaling/attachment:Attachment"],
  capacityProvider: ["aws:ecs/capacityProvider:CapacityProvider"],
  deploymentGroup: ["aws:codedeploy/deploymentGroup:DeploymentGroup"],
  document: ["aws:ssm/document:Document"],
  eventRule: ["aws:cloudwatch/eventRule:EventRule"],
  eventTarget: ["aws:cloudwatch/eventTarget:EventTarget"],
  function: ["aws:lambda/function:Function"],
  group: ["aws:autoscaling/group:Group"],
  hook: ["aws:autoscaling/lifecycleHook:LifecycleHook"],
  launchConfiguration: ["aws:ec2/launchConfiguration:LaunchConfiguration"],
  launchTemplate: ["aws:ec2/launchTemplate:LaunchTemplate"],
  nodeGroup: ["aws:eks/nodeGroup:NodeGroup"],
  queue: ["aws:sqs/queue:Queue"],
  queueMapping: ["aws:lambda/eventSourceMapping:EventSourceMapping"],
  scalingPolicy: ["aws:autoscaling/policy:Policy"],
  subscription: ["aws:sns/topicSubscription:TopicSubscription"],
  targetGroup: ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"],
  topic: ["aws:sns/topic:Topic"],
  trafficSourceAttachment: ["aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment"],
} as const satisfies Record<string, readonly string[]>;

/** A kind of resource that rules look at. */
export type Kind = keyof typeof types;

export function isKind({ type }: Pick<Resource, "type">, kind: Kind): boolean {
  return types[kind].some((one) => one === type);
}

/** The resources of some kinds. */
export function ofKind(resources: Resources, ...kinds: readonly Kind[]): Resource[] {
  return resources.filter((one) => kinds.some((kind) => isKind(one, kind)));
}
