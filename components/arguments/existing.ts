import type * as pulumi from "@pulumi/pulumi";
import type { BusyInstance, Transport } from "../../contract";
import type { FunctionArgs } from "./handler";
import type { LaunchArgs, LifecycleHandlerRef, OrganisationArgs, TerminateArgs } from "./lifecycle";

/** A tag of instances. */
export interface InstanceTagArgs {
  /** Key of the tag. */
  key: string;
  /** Value of the tag. */
  value: pulumi.Input<string>;
}

/** Arguments of `GracefulLifecycle`. Times are in seconds. */
export interface GracefulLifecycleArgs extends OrganisationArgs, FunctionArgs {
  /** Name of the group. It exists already and stays somebody else's. */
  groupName: pulumi.Input<string>;
  /**
   * A tag that all instances of the group carry. The handler may run its documents on instances with this tag;
   * those that were launched before the handler came do not have its own.
   */
  instanceTag: InstanceTagArgs;
  /** Seconds that the group's target groups let connections drain, 0 without any. Defaults to 300. */
  deregistrationDelay?: number;
  /** What stops the application before its instance is terminated. */
  terminate: TerminateArgs;
  /** What makes an instance ready before it takes traffic. Defaults to nothing. */
  launch?: LaunchArgs;
  /** A handler made elsewhere, as a rule shared by several groups. Defaults to one of its own. */
  handler?: pulumi.Input<LifecycleHandlerRef>;
  /**
   * Whether the stop script of a Spot instance starts at EC2's interruption warning, two minutes before the end, instead
   * of when the hook fires. Only without `handler`, which has an argument of its own. Defaults to false.
   */
  spot?: boolean;
  /**
   * Whether an instance is busy, as an inline callback that runs in the handler's function. While it says true the stop
   * script is put off, up to `terminate.sessions.maxWait`. A callback that fails or takes over 10 seconds counts as
   * busy. The packages that it loads go with it; docs/callbacks.md says what it can rely on. Only without `handler`, and
   * in TypeScript only.
   */
  isBusy?(instance: BusyInstance): Promise<boolean>;
  /**
   * Whether the agent also brings the output of the scripts to CloudWatch Logs, to the handler's log group for scripts. The
   * instances then need a way to the endpoint of CloudWatch Logs, without which the agent starts a script six minutes late,
   * and permissions in their role (a role that is made here has them); the end of a script is known some 3 seconds later.
   * Defaults to false: SSM keeps the output for 30 days, and the handler logs the end of it where a script failed.
   */
  scriptLogs?: boolean;
  /** How hook events reach the handler. Defaults to `sns`. */
  transport?: Transport;
}
