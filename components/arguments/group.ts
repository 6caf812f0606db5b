import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { GroupLifecycleArgs } from "./lifecycle";

/** The instances of a group, described here instead of by a launch template of your own. */
export interface InstanceArgs {
  /** Type of the instances. Defaults to t4g.small. */
  instanceType?: pulumi.Input<string>;
  /**
   * Image of the instances; it needs the SSM agent. Defaults to the latest Amazon Linux 2023 for the instance type, as
   * EC2 finds it at each launch.
   */
  imageId?: pulumi.Input<string>;
  /** User data, plain text. Defaults to none. */
  userData?: pulumi.Input<string>;
  /** Security groups. Defaults to the VPC's own. */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Policies of the instance role besides the one for the SSM agent. Defaults to none. */
  managedPolicyArns?: pulumi.Input<string>[];
  /** Key pair for SSH. Defaults to none. */
  keyName?: pulumi.Input<string>;
  /**
   * Size of the root volume in GiB. For an image of your own it needs `rootDeviceName`. Defaults to 8 for Amazon Linux,
   * else to the image's.
   */
  rootVolumeSize?: pulumi.Input<number>;
  /**
   * Device name of the root volume of an image of your own: /dev/sda1 for Ubuntu, Debian, RHEL and Windows, /dev/xvda for
   * Amazon Linux. With it the volume is an encrypted gp3. Defaults to /dev/xvda for the default image, else to none: the
   * volume is then as image and account have it, and encrypted only if they say so.
   */
  rootDeviceName?: pulumi.Input<string>;
  /**
   * How the instance metadata service answers. Containers that need it take an `httpPutResponseHopLimit` of 2. What is not
   * given keeps its default. Defaults to IMDSv2 only (`httpTokens` required) with a hop limit of 1.
   */
  metadataOptions?: pulumi.Input<aws.types.input.ec2.LaunchTemplateMetadataOptions>;
  /**
   * Whether EC2 refuses to terminate an instance by itself, from the console for one: no lifecycle hook sees that. Auto
   * Scaling still terminates it. Not with Spot instances, which EC2 does not protect. Defaults to false.
   */
  disableApiTermination?: pulumi.Input<boolean>;
  /**
   * Whether EC2 refuses to stop an instance: Auto Scaling replaces an instance that is stopped. Not with Spot instances,
   * which EC2 does not protect. Defaults to false.
   */
  disableApiStop?: pulumi.Input<boolean>;
}

/** A launch template made elsewhere. Its instance role must allow the SSM agent. */
export interface LaunchTemplateRef {
  /** Id of the launch template. */
  id: pulumi.Input<string>;
  /** Version; a number if there is an `instanceRefresh`, `template.latestVersion.apply(String)` for one. Defaults to $Default. */
  version?: pulumi.Input<string>;
}

/** The target group through which an Application Load Balancer reaches the instances. */
export interface TargetGroupArgs {
  /** Port of the application on the instances, 1 to 65535. */
  port: number;
  /** HTTP or HTTPS. Defaults to HTTP. */
  protocol?: pulumi.Input<string>;
  /** Health check. Defaults to Elastic Load Balancing's own: GET / every 30 seconds. */
  healthCheck?: pulumi.Input<aws.types.input.lb.TargetGroupHealthCheck>;
  /** Seconds that open connections may take to finish before the terminate hook fires, 0 to 3600. Defaults to 300. */
  deregistrationDelay?: number;
  /** Seconds over which a new target gets its full share of requests, 30 to 900, or 0. Defaults to 0. */
  slowStart?: pulumi.Input<number>;
  /** Stickiness. Defaults to none. */
  stickiness?: pulumi.Input<aws.types.input.lb.TargetGroupStickiness>;
}

/** Arguments of `GracefulAutoScalingGroup`. Times are in seconds. */
export interface GracefulAutoScalingGroupArgs extends GroupLifecycleArgs {
  /** VPC of the target group. */
  vpcId: pulumi.Input<string>;
  /** Subnets of the instances. They need a way to the SSM endpoints. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The instances; exactly one of this and `launchTemplate`. */
  instance?: InstanceArgs;
  /** A launch template made elsewhere; exactly one of this and `instance`. */
  launchTemplate?: LaunchTemplateRef;
  /** Least number of instances. */
  minSize: pulumi.Input<number>;
  /** Greatest number of instances. */
  maxSize: pulumi.Input<number>;
  /**
   * Number of instances. What else changes the number, scaling policies or a person, is set back by the next `pulumi up`
   * that knows of the change, as with `--refresh`. Defaults to leaving the number to scaling policies.
   */
  desiredCapacity?: pulumi.Input<number>;
  /**
   * Number of instances at the group's creation; not looked at afterwards. At most one of this and `desiredCapacity`.
   * Defaults to minSize.
   */
  initialCapacity?: pulumi.Input<number>;
  /**
   * Whether `pulumi up` waits until the instances are in service: at the group's creation for at least as many as the
   * group should have, at a change of `minSize` or `desiredCapacity` for exactly as many as Pulumi's state says. So
   * `up` fails at a change of `minSize` if scaling policies, or a person, have changed the number since the last refresh.
   * Defaults to false.
   */
  waitForCapacity?: boolean;
  /** Instance types and purchase options besides those of the launch template. Defaults to none. */
  mixedInstances?: MixedInstancesArgs;
  /** Whether to replace a Spot instance when its interruption gets likely. Defaults to false. */
  capacityRebalance?: pulumi.Input<boolean>;
  /** EC2 or ELB. Defaults to ELB. */
  healthCheckType?: pulumi.Input<string>;
  /** Seconds after InService during which failed health checks do not count. Defaults to 60. */
  healthCheckGracePeriod?: pulumi.Input<number>;
  /** How many instances more or less than desired there may be while some are replaced. Defaults to none. */
  instanceMaintenance?: pulumi.Input<aws.types.input.autoscaling.GroupInstanceMaintenancePolicy>;
  /**
   * Whether and how a new version of the launch template replaces running instances. `autoRollback` needs an
   * `instance.imageId` that is the id of an image: Auto Scaling does not roll back to an image that EC2 looks up, as the
   * default image is. Defaults to not at all.
   */
  instanceRefresh?: pulumi.Input<aws.types.input.autoscaling.GroupInstanceRefresh>;
  /**
   * Whether an update goes on although an instance could not be launched, in a zone that lacks its type for one. Otherwise
   * one failed scaling activity ends it, even if the next try succeeds. Defaults to false.
   */
  ignoreFailedScalingActivities?: pulumi.Input<boolean>;
  /** Group metrics to collect. Defaults to none but those that an alarm needs. */
  enabledMetrics?: string[];
  /** The target group. */
  targetGroup: TargetGroupArgs;
  /**
   * Makes what forwards requests to the target group, and returns the listeners, listener rules or load balancer. They
   * are made before the first instance and deleted after the last, so that no open request is cut when a stack is
   * destroyed. In TypeScript only.
   */
  listeners?(targetGroupArn: pulumi.Output<string>): NonNullable<pulumi.ResourceOptions["dependsOn"]>;
  /**
   * Names of handlers that served this group before. Running instances still carry their tag, so the handler may run
   * its documents on instances with these tags too. Needed where a group gets another handler; the preview says so.
   * Remove it when all instances have been replaced. Defaults to none.
   */
  formerHandlers?: string[];
}

/** Instance types and purchase options besides those of the launch template. */
export interface MixedInstancesArgs {
  /**
   * Instance types and their weights. All that boot the same image are of one architecture, which for the default image
   * `instance.instanceType` decides. Defaults to the launch template's.
   */
  overrides?: pulumi.Input<
    pulumi.Input<aws.types.input.autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverride>[]
  >;
  /** Shares of On-Demand and Spot instances. Defaults to On-Demand only. */
  instancesDistribution?: pulumi.Input<aws.types.input.autoscaling.GroupMixedInstancesPolicyInstancesDistribution>;
}
