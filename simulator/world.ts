import type { PoolState } from "../contract";
import type { Files } from "./lambda/taskFolder";
import type { Statement } from "./iam";

/** What a program registers, as the simulator needs it: plain data, references resolved by ARN and name. */
export interface World {
  readonly groups: readonly GroupSettings[];
  readonly functions: readonly FunctionSettings[];
  readonly subscriptions: readonly {
    readonly topic: string;
    readonly endpoint: string;
    readonly deadLetters?: string;
  }[];
  readonly permissions: readonly {
    readonly function: string;
    readonly principal: string;
    readonly sourceArn: string;
  }[];
  readonly rules: readonly RuleSettings[];
  readonly documents: ReadonlyMap<string, string>;
  readonly topics: ReadonlySet<string>;
  /** Statements of each topic's policy, by its ARN; none for a topic without a policy of its own. */
  readonly topicPolicies: ReadonlyMap<string, readonly Statement[]>;
  /** Statements of each role, by its ARN. */
  readonly roles: ReadonlyMap<string, readonly Statement[]>;
  /** Statements of each queue's policy, by its ARN. */
  readonly queues: ReadonlyMap<string, readonly Statement[]>;
  readonly targetGroups: readonly TargetGroupSettings[];
  readonly launchTemplates: readonly LaunchTemplateSettings[];
  readonly launchConfigurations: readonly LaunchConfigurationSettings[];
  readonly scalingPolicies: readonly ScalingPolicySettings[];
  readonly alarms: readonly AlarmSettings[];
  readonly logMetrics: readonly LogMetricSettings[];
  /** Parts of the program that the simulator does not play, or about which it assumes something, as sentences. */
  readonly leftOut: readonly string[];
}

/** A lifecycle hook. */
export interface HookSettings {
  readonly name: string;
  readonly lifecycleTransition: string;
  readonly heartbeatTimeout: number;
  readonly defaultResult: string;
  readonly notificationTargetArn?: string;
  readonly roleArn?: string;
  readonly notificationMetadata?: string;
}

/** A warm pool. Source: Auto Scaling API, PutWarmPool. */
export interface WarmPoolSettings {
  readonly minSize: number;
  /** Most instances in the pool and in the group together; undefined for as many as the group may have. */
  readonly maxGroupPreparedCapacity: number | undefined;
  readonly poolState: PoolState;
  readonly reuseOnScaleIn: boolean;
}

/** An Auto Scaling group. */
export interface GroupSettings {
  readonly name: string;
  readonly arn: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly hooks: readonly HookSettings[];
  /** How long the slowest of its target groups may take to deregister an instance, seconds; undefined without any. */
  readonly deregistrationDelay: number | undefined;
  readonly retains: boolean;
  /** Whether Auto Scaling replaces Spot instances that EC2 recommends to rebalance. Defaults to false. */
  readonly capacityRebalance?: boolean;
  /** Images of the overrides of its mixed instances policy, which the replacement of root volumes requires. */
  readonly imageOverrides: readonly string[];
  /** Its termination policies, in order: names of Auto Scaling's own, and the ARN of a function. */
  readonly terminationPolicies: readonly string[];
  /** Zones of its subnets, at least one. */
  readonly zones: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Tags that its instances get. */
  readonly instanceTags: Readonly<Record<string, string>>;
  /** Whether the SSM agent of its instances may talk to SSM. */
  readonly isManaged: boolean;
  /** Absent without a warm pool. */
  readonly warmPool?: WarmPoolSettings;
  /** ARNs of its target groups. */
  readonly targetGroupArns: readonly string[];
  readonly launch: LaunchSettings;
}

/** From what a group launches its instances. */
export interface LaunchSettings {
  readonly template?: TemplateVersion;
  /** Name of its launch configuration. */
  readonly configuration?: string;
  readonly mixed?: {
    readonly template: TemplateVersion;
    readonly onDemandBaseCapacity: number;
    readonly onDemandPercentageAboveBaseCapacity: number;
  };
}

/** A version of a launch template, by its number or as in `$Latest`. */
export interface TemplateVersion {
  readonly id: string;
  readonly version: string;
}

/** A launch template, in its only version. */
export interface LaunchTemplateSettings {
  readonly id: string;
  readonly name: string;
  readonly disableApiTermination: boolean;
  readonly disableApiStop: boolean;
  readonly marketType: string | undefined;
}

/** A launch configuration. */
export interface LaunchConfigurationSettings {
  readonly name: string;
  readonly spotPrice: string | undefined;
}

/** A target group. */
export interface TargetGroupSettings {
  readonly name: string;
  readonly arn: string;
  readonly protocol: string;
  readonly targetType: string;
  /** Seconds. */
  readonly deregistrationDelay: number;
}

/** A scaling policy of a group. */
export interface ScalingPolicySettings {
  readonly name: string;
  readonly group: string;
  readonly policyType: string;
}

/** Whether a group has a target group, as far as the program says. */
export function hasTargetGroup({ deregistrationDelay }: Pick<GroupSettings, "deregistrationDelay">): boolean {
  return deregistrationDelay !== undefined;
}

/** A Lambda function. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly role: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Files of the function, as they would be uploaded. */
  readonly code: Files;
  /** Entry point, as in `index.handler`. */
  readonly handler: string;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAge: number;
  readonly onFailure: string | undefined;
  /** Name of the log group that it logs to. */
  readonly logGroup: string;
}

/** An EventBridge rule with its targets. */
export interface RuleSettings {
  readonly name: string;
  readonly arn: string;
  readonly pattern: unknown;
  readonly scheduleExpression: string | undefined;
  readonly targets: readonly { readonly arn: string; readonly deadLetters: string | undefined }[];
}

/** An alarm of CloudWatch on the sum of a metric. */
export interface AlarmSettings {
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
}

/** A metric that counts the entries of a log in which a field has one of some values. */
export interface LogMetricSettings {
  readonly namespace: string;
  readonly metricName: string;
  readonly alternatives: readonly { readonly path: readonly string[]; readonly value: string }[];
  /** The value that an entry has for the metric if it is not counted; undefined for none. */
  readonly defaultValue: number | undefined;
}
