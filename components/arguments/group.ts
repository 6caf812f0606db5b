import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Prefer } from "../../contract";
import type { GroupLifecycleArgs } from "./lifecycle";
import type { TargetGroupArgs, TargetGroupRef } from "./targetGroup";
import type { WarmPoolArgs } from "./warmPool";

/** The instances of a group, described here instead of by a launch template of your own. */
export interface InstanceArgs {
  /** Type of the instances. Defaults to t4g.small. */
  instanceType?: pulumi.Input<string>;
  /**
   * Image of the instances; the image needs the SSM agent. Defaults to the latest Amazon Linux 2023 for the instance
   * type, which EC2 looks up at each launch.
   */
  imageId?: pulumi.Input<string>;
  /** User data, plain text. Defaults to none. */
  userData?: pulumi.Input<string>;
  /** Security groups. Defaults to the VPC's default security group. */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Policies of the instance role besides the policy for the SSM agent. Defaults to none. */
  managedPolicyArns?: pulumi.Input<string>[];
  /** Key pair for SSH. Defaults to none. */
  keyName?: pulumi.Input<string>;
  /**
   * Size of the root volume in GiB. For an image of your own, `rootDeviceName` is needed too. Defaults to 8 for Amazon
   * Linux, else to the size that the image has.
   */
  rootVolumeSize?: pulumi.Input<number>;
  /**
   * Device name of the root volume of an image of your own: /dev/sda1 for Ubuntu, Debian, RHEL and Windows, /dev/xvda
   * for Amazon Linux. If it is given, the root volume is an encrypted gp3 volume. Defaults to /dev/xvda for the default
   * image, else to none: image and account then decide what the volume is like and whether it is encrypted.
   */
  rootDeviceName?: pulumi.Input<string>;
  /**
   * How the instance metadata service answers. Containers that use the service need an `httpPutResponseHopLimit` of 2.
   * Options that are not given keep their defaults. Defaults to IMDSv2 only (`httpTokens` required) with a hop limit of
   * 1.
   */
  metadataOptions?: pulumi.Input<aws.types.input.ec2.LaunchTemplateMetadataOptions>;
  /**
   * Whether EC2 refuses a direct request to terminate an instance, from the console for example: such a termination
   * runs no lifecycle hook. Auto Scaling can still terminate the instance. Not allowed with Spot instances, which EC2
   * does not protect. Defaults to false.
   */
  disableApiTermination?: pulumi.Input<boolean>;
  /**
   * Whether EC2 refuses to stop an instance: Auto Scaling replaces an instance that is stopped. Not allowed with Spot
   * instances, which EC2 does not protect. Defaults to false.
   */
  disableApiStop?: pulumi.Input<boolean>;
}

/** A launch template made elsewhere. Its instance role must allow the SSM agent. */
export interface LaunchTemplateRef {
  /** Id of the launch template. */
  id: pulumi.Input<string>;
  /**
   * Version of the launch template. With `instanceRefresh` it must be a number, as
   * `template.latestVersion.apply(String)` gives. Defaults to $Default.
   */
  version?: pulumi.Input<string>;
}

/** Arguments of `GracefulAutoScalingGroup`. Times are in seconds. */
export interface GracefulAutoScalingGroupArgs extends GroupLifecycleArgs {
  /** VPC of the target group; needed with `targetGroup`. Defaults to none. */
  vpcId?: pulumi.Input<string>;
  /** Subnets of the instances. The instances must be able to reach the SSM endpoints from there. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The instances; give exactly one of `instance` and `launchTemplate`. */
  instance?: InstanceArgs;
  /** A launch template made elsewhere; give exactly one of `instance` and `launchTemplate`. */
  launchTemplate?: LaunchTemplateRef;
  /** Least number of instances. */
  minSize: pulumi.Input<number>;
  /** Greatest number of instances. */
  maxSize: pulumi.Input<number>;
  /**
   * Number of instances. If scaling policies or a person change the number, the next `pulumi up` that knows of the
   * change, as with `--refresh`, sets the number back. Defaults to leaving the number to scaling policies.
   */
  desiredCapacity?: pulumi.Input<number>;
  /**
   * Number of instances at the group's creation; ignored afterwards. Give at most one of `initialCapacity` and
   * `desiredCapacity`. Defaults to minSize.
   */
  initialCapacity?: pulumi.Input<number>;
  /**
   * Whether `pulumi up` waits until the instances are in service: at the group's creation for at least the number of
   * instances that the group should have, at a change of `minSize` or `desiredCapacity` for exactly the number in
   * Pulumi's state. So `up` fails at a change of `minSize` if scaling policies or a person have changed the number
   * since the last refresh. Defaults to false.
   */
  waitForCapacity?: boolean;
  /** Instance types and purchase options besides the launch template's. Defaults to none. */
  mixedInstances?: MixedInstancesArgs;
  /**
   * A warm pool: instances that are launched beforehand and enter service faster. Not with Spot instances. Defaults to
   * none.
   */
  warmPool?: WarmPoolArgs;
  /** Whether Auto Scaling replaces a Spot instance when its interruption becomes likely. Defaults to false. */
  capacityRebalance?: pulumi.Input<boolean>;
  /** EC2 or ELB. Defaults to ELB, for a group without target groups to EC2. */
  healthCheckType?: pulumi.Input<string>;
  /** Seconds after InService during which failed health checks do not count. Defaults to 60. */
  healthCheckGracePeriod?: pulumi.Input<number>;
  /**
   * How far the number of instances may differ from the desired number while Auto Scaling replaces instances. Defaults
   * to none.
   */
  instanceMaintenance?: pulumi.Input<aws.types.input.autoscaling.GroupInstanceMaintenancePolicy>;
  /**
   * Whether and how Auto Scaling replaces running instances when the launch template gets a new version. `autoRollback`
   * needs an `instance.imageId` that is the id of an image: Auto Scaling does not roll back to an image that EC2 looks
   * up, such as the default image. Defaults to no replacement.
   */
  instanceRefresh?: pulumi.Input<aws.types.input.autoscaling.GroupInstanceRefresh>;
  /**
   * Whether an update goes on although Auto Scaling could not launch an instance, for example in a zone that lacks the
   * instance type. Otherwise one failed scaling activity ends the update, even if the next try succeeds. Defaults to
   * false.
   */
  ignoreFailedScalingActivities?: pulumi.Input<boolean>;
  /** Group metrics to collect. Defaults to only the metrics that an alarm needs. */
  enabledMetrics?: string[];
  /**
   * Which instances go first when the group scales in, rebalances its zones, refreshes its instances or replaces
   * instances past their maximum lifetime. `any`: Auto Scaling's own order. `idle`: a termination policy of the handler
   * asks the instances by `isBusy` or `busyCheck`; it names idle instances first, then instances that do not answer
   * within 1.3 seconds, busy instances last. With a `handler` that was made elsewhere, that handler needs `prefer` too.
   * docs/which-instance.md has more. Defaults to `any`.
   */
  prefer?: Prefer;
  /**
   * A script on the instance that says whether the instance is busy: exit code 0 means busy, 1 means idle, any other
   * code says nothing. It runs as root under sh, or as Local System in PowerShell where `terminate` has a script in
   * PowerShell; it has 10 seconds, and the handler runs it once a minute on each instance in service. At most 8000
   * bytes. Needed for `prefer` and `protectWhileBusy` where the handler has no `isBusy`. Defaults to none.
   */
  busyCheck?: pulumi.Input<string>;
  /**
   * Whether the handler protects busy instances from scale-in. Each minute it asks all instances in service by
   * `busyCheck` or `isBusy`, and sets and removes Auto Scaling's scale-in protection; a protection outlives the work by
   * two minutes at most, and an instance that does not answer keeps its protection for ten minutes. Defaults to false.
   */
  protectWhileBusy?: boolean;
  /**
   * A target group that the component makes; give at most one of `targetGroup` and `targetGroups`. Defaults to none: a
   * group of workers has no load balancer, and its terminate hook fires at once.
   */
  targetGroup?: TargetGroupArgs;
  /**
   * Target groups made elsewhere, whose listeners exist before the group and outlive it; the longest deregistration
   * delay counts. Name listeners that this program makes in the resource option `dependsOn`: a destroy then cuts off no
   * open request. Give at most one of `targetGroup` and `targetGroups`. Defaults to none.
   */
  targetGroups?: TargetGroupRef[];
  /**
   * Makes the resources that forward requests to `targetGroup`, and returns the listeners, listener rules or load
   * balancer. Pulumi makes these resources before the first instance and deletes them after the last instance, so that
   * `pulumi destroy` cuts off no open request. Only with `targetGroup`, and in TypeScript only.
   */
  listeners?(targetGroupArn: pulumi.Output<string>): NonNullable<pulumi.ResourceOptions["dependsOn"]>;
  /**
   * Names of handlers that served this group before. Running instances still carry the tags of these handlers, so the
   * current handler may run its documents on instances with these tags too. Needed when a group gets another handler;
   * the preview says so. Remove it when all instances have been replaced. Defaults to none.
   */
  formerHandlers?: string[];
}

/** Instance types and purchase options besides the launch template's. */
export interface MixedInstancesArgs {
  /**
   * Instance types and their weights. All types that boot the same image must have the same architecture; for the
   * default image, `instance.instanceType` decides the architecture. Defaults to the launch template's type.
   */
  overrides?: pulumi.Input<
    pulumi.Input<aws.types.input.autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverride>[]
  >;
  /** Shares of On-Demand and Spot instances. Defaults to On-Demand only. */
  instancesDistribution?: pulumi.Input<aws.types.input.autoscaling.GroupMixedInstancesPolicyInstancesDistribution>;
}
