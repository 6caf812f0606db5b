import type * as pulumi from "@pulumi/pulumi";
import type { BusyInstance, OnFailure, Transport } from "../../contract";
import type { FunctionArgs, LifecycleHandlerRef } from "./handler";
import type { OrganisationArgs } from "./organisation";

/** How instances of a group are stopped and made ready, whoever has made the group. Times are in seconds. */
export interface GroupLifecycleArgs extends OrganisationArgs, FunctionArgs {
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

/** What stops the application before its instance is terminated. */
export interface TerminateArgs extends TransitionArgs {
  /**
   * The stop script for Linux. Runs as root, once per lifecycle action, under its own interpreter line or sh. Exit code 0
   * means stopped; anything else, and a script that runs too long, is a failure. Exactly one of this and `powershell`
   * is given. Defaults to none.
   */
  script?: string;
  /**
   * The stop script for Windows, in PowerShell. Runs as Local System, once per lifecycle action. Exit code 0 means
   * stopped; anything else, and a script that runs too long, is a failure. Exactly one of this and `script` is given.
   * Defaults to none.
   */
  powershell?: string;
  /** What the script waits for before it starts. Defaults to nothing. */
  sessions?: SessionsArgs;
  /**
   * What happens to an instance whose script failed or could not be run: `continue`, `abandon` or `retain`.
   * Defaults to `continue`.
   */
  onFailure?: OnFailure;
}

/** What the stop script waits for before it starts. */
export interface SessionsArgs {
  /** Seconds after which the script starts although the instance is still in use, 1 to 172465. */
  maxWait: number;
  /**
   * Ports of the instance, 1 to 65535: the script waits until nobody is connected to any of them, over IPv4 or IPv6.
   * Connections through the load balancer are over by then. Defaults to none.
   */
  ports?: number[];
  /** Whether to wait for Session Manager sessions to end. Defaults to false. */
  sessionManager?: boolean;
}

/** What makes an instance ready before it takes traffic. */
export interface LaunchArgs extends TransitionArgs {
  /**
   * The script for Linux that waits until the application is ready. Runs as root, once per lifecycle action, under its
   * own interpreter line or sh. Exit code 0 means ready; anything else is a failure. Exactly one of this and
   * `powershell` is given. Defaults to none.
   */
  script?: string;
  /**
   * The script for Windows that waits until the application is ready, in PowerShell. Runs as Local System, once per
   * lifecycle action. Exit code 0 means ready; anything else is a failure. Exactly one of this and `script` is given.
   * Defaults to none.
   */
  powershell?: string;
  /**
   * What happens to an instance whose script failed or could not be run: `abandon` terminates and replaces it,
   * `continue` takes it into service all the same. Defaults to `abandon`.
   */
  onFailure?: OnFailure;
}

/** Times of a transition, in seconds. */
export interface TransitionArgs {
  /**
   * Seconds that the script may take, 5 to 172470. Near its end the script gets SIGTERM, then SIGKILL. On launch the agent
   * has at least `agentTimeout` seconds to come up before that.
   */
  timeout: number;
  /**
   * Seconds for which an SSM agent that does not answer is asked, 180 to 172645; after that `onFailure` says what happens.
   * Defaults to a quarter of the budget, which is `timeout` and `sessions.maxWait` plus 30; at least 180 and at most 900.
   */
  agentTimeout?: number;
  /**
   * The hook's heartbeat timeout in seconds, 300 to 7200. Defaults to the budget plus `agentTimeout` plus 120, at most 7200;
   * shorter ones are extended by heartbeats as long as the script runs.
   */
  heartbeatTimeout?: number;
}
