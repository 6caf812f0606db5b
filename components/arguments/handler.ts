import type * as pulumi from "@pulumi/pulumi";
import type { BusyInstance, Prefer, ReplaceOn } from "../../contract";
import type { OrganisationArgs } from "./organisation";

/** What an `isBusy` callback needs besides its code. Not allowed together with a `handler` argument. */
export interface FunctionArgs {
  /**
   * Environment variables of the function, for `isBusy` to read as `process.env.NAME`; secrets stay secret. Names
   * consist of letters, digits and underscores and do not begin with `AWS_`, `LAMBDA_` or `GRACEFUL_ASG_`; all
   * variables together take at most 3600 bytes. Defaults to none.
   */
  environment?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /**
   * Where in a VPC the function runs, to reach services there; from there the function must also reach the endpoints of
   * Auto Scaling and SSM. Defaults to no VPC.
   */
  vpc?: FunctionVpcArgs;
  /**
   * A role made elsewhere that Lambda may assume; the component gives the role the policies that the function needs,
   * but neither `permissionsBoundary` nor `rolePath`. Defaults to a role that the component makes; the output
   * `functionRoleName` names the role.
   */
  role?: FunctionRoleArgs;
}

/** Where a function runs in a VPC. */
export interface FunctionVpcArgs {
  /** Subnets of the function, at least one. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security groups of the function, at least one. */
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** An IAM role. An `aws.iam.Role` can be given as it is. */
export interface FunctionRoleArgs {
  /** Name of the role. */
  name: pulumi.Input<string>;
  /** ARN of the role. */
  arn: pulumi.Input<string>;
}

/** Which event bus hears of lifecycle actions. */
export interface EventsArgs {
  /**
   * ARN of an event bus of EventBridge, in this account or in another account whose bus lets the function's role put
   * events; the default bus too. It may be in another Region of the same partition.
   */
  busArn: pulumi.Input<string>;
}

/** Arguments of `LifecycleHandler`. */
export interface LifecycleHandlerArgs extends OrganisationArgs, FunctionArgs {
  /** Largest number of concurrent invocations of the function. Defaults to the account's limit. */
  reservedConcurrency?: pulumi.Input<number>;
  /**
   * Whether the stop script of a Spot instance starts at EC2's interruption warning, two minutes before the end,
   * instead of when the hook fires. Defaults to false.
   */
  spot?: boolean;
  /**
   * What makes the handler replace an instance that is still in service: `retirement`, EC2 has scheduled that it retires
   * or stops the instance; `rebalance`, EC2 recommends to rebalance the Spot instance. The instance is terminated in its
   * group, through its hook, and the group launches another: one instance of a group at a time, and only while the group
   * has its desired capacity. docs/replacing.md has the details. Defaults to none, as it terminates instances.
   */
  replaceOn?: ReplaceOn[];
  /**
   * The event bus that the handler tells what starts, ends, fails and is retained: a call for up to ten events, after the
   * lifecycle actions are completed. docs/events.md lists the events. Defaults to none.
   */
  events?: EventsArgs;
  /**
   * `idle` makes the termination policy with which groups that have the same argument choose the instances that go: a
   * second function, which Auto Scaling invokes. Defaults to `any`, without such a function.
   */
  prefer?: Prefer;
  /**
   * Whether an instance is busy, as an inline callback that runs in the function. While the callback returns true, the
   * handler puts off the stop script, up to the `terminate.sessions.maxWait` of the instance's group. If the callback
   * fails or takes over 10 seconds, the instance counts as busy. The function contains the packages that the callback
   * loads; docs/callbacks.md says what a callback can rely on. In TypeScript only.
   */
  isBusy?(instance: BusyInstance): Promise<boolean>;
}

/**
 * A handler that was made elsewhere, in this stack or another. A `LifecycleHandler` has all of these values as outputs,
 * so it can be given as it is.
 */
export interface LifecycleHandlerRef {
  /** Unique name of the handler, which is the name of its function. */
  name: pulumi.Input<string>;
  /** ARN of the topic for lifecycle hooks. */
  topicArn: pulumi.Input<string>;
  /** ARN of the role with which Auto Scaling publishes to the topic. */
  notificationRoleArn: pulumi.Input<string>;
  /** Name of the function's role, which gets the grants for groups that exist already. */
  functionRoleName: pulumi.Input<string>;
  /** ARN of the log group for the output of scripts. */
  scriptLogGroupArn: pulumi.Input<string>;
  /**
   * What makes the handler replace instances, with commas in between, as the handler's output `replaceOn` says it.
   * `GracefulLifecycle` lets the handler do so in its group. Defaults to nothing.
   */
  replaceOn?: pulumi.Input<string>;
  /**
   * ARN of the function that is the termination policy of groups with `prefer`. Defaults to none, which is right for
   * groups without `prefer`.
   */
  terminationPolicyArn?: pulumi.Input<string>;
}
