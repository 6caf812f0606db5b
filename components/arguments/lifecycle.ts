import type * as pulumi from "@pulumi/pulumi";
import type { BusyInstance, OnFailure, ReplaceOn, Transport } from "../../contract";
import type { EventsArgs, FunctionArgs, LifecycleHandlerRef } from "./handler";
import type { OrganisationArgs } from "./organisation";
import type { LaunchWords, TerminateWords } from "./words";

/**
 * How instances of a group are stopped and made ready, whether the component makes the group or not. Times are in
 * seconds.
 */
export interface GroupLifecycleArgs extends OrganisationArgs, FunctionArgs {
  /** What stops the application before its instance is terminated. */
  terminate: TerminateArgs;
  /** What makes an instance ready before it takes traffic. Defaults to nothing. */
  launch?: LaunchArgs;
  /** A handler made elsewhere, as a rule shared by several groups. Defaults to a handler that the component makes. */
  handler?: pulumi.Input<LifecycleHandlerRef>;
  /**
   * Whether the stop script of a Spot instance starts at EC2's interruption warning, two minutes before the end,
   * instead of when the hook fires. Only without `handler`: a `LifecycleHandler` has its own `spot` argument. Defaults
   * to false.
   */
  spot?: boolean;
  /**
   * What makes the handler replace an instance that is still in service: `retirement`, EC2 has scheduled that it retires
   * or stops the instance; `rebalance`, EC2 recommends to rebalance the Spot instance. One instance at a time, through
   * the hook, and only while the group has its desired capacity; docs/replacing.md has the details. Only without
   * `handler`: a `LifecycleHandler` has its own `replaceOn` argument. Defaults to none, as it terminates instances.
   */
  replaceOn?: ReplaceOn[];
  /**
   * The event bus that the handler tells what starts, ends, fails and is retained; docs/events.md lists the events. Only
   * without `handler`: a `LifecycleHandler` has its own `events` argument. Defaults to none.
   */
  events?: EventsArgs;
  /**
   * Whether an instance is busy, as an inline callback that runs in the handler's function. While the callback returns
   * true, the handler puts off the stop script, up to `terminate.sessions.maxWait`. If the callback fails or takes over
   * 10 seconds, the instance counts as busy. The function contains the packages that the callback loads;
   * docs/callbacks.md says what a callback can rely on. Only without `handler`, and in TypeScript only.
   */
  isBusy?(instance: BusyInstance): Promise<boolean>;
  /**
   * Whether the agent also sends the output of the scripts to CloudWatch Logs, to the handler's log group for scripts.
   * The instances must then be able to reach the endpoint of CloudWatch Logs, or else the agent starts a script six
   * minutes late, and they need permissions in their role (a role that the component makes has these permissions). The
   * handler learns of the end of a script some 3 seconds later. Defaults to false: SSM keeps the output for 30 days,
   * and the handler logs the end of the output if a script failed.
   */
  scriptLogs?: boolean;
  /** How hook events reach the handler. Defaults to `sns`. */
  transport?: Transport;
  /**
   * How many instances may run their stop scripts at once, for a group that needs a quorum. Defaults to none: all
   * instances that go run their stop scripts at the same time.
   */
  drain?: DrainArgs;
}

/**
 * How the instances of a group take turns at their stop scripts: in the order in which Auto Scaling has chosen them. The
 * next script starts when a script before it has ended.
 */
export interface DrainArgs {
  /** How many instances may run their stop scripts at once, 1 or more. */
  maxConcurrent: number;
  /**
   * Seconds from Auto Scaling's choice of an instance after which its script starts although it is not its turn, so the
   * deregistration delay is part of them. At least the deregistration delay and one turn; a turn is the time that
   * `terminate` gives: budget, `agentTimeout` and 120 seconds. Required for `GracefulLifecycle` and where `maxSize` is
   * an output. Defaults to the deregistration delay and the turns of all other instances of a full group.
   */
  maxWait?: number;
}

/**
 * What stops the application before its instance is terminated: exactly one of `script`, `powershell`, `systemdUnit`,
 * `container` and `windowsService`.
 */
export interface TerminateArgs extends TransitionArgs, TerminateWords {
  /**
   * Whether a `TimeoutStopSec` of a `systemdUnit` that is shorter than the time that the unit may take is set to that
   * time, for this stop only. If false, such a unit is a failure, and nothing is stopped. Only with `systemdUnit`.
   * Defaults to true.
   */
  adjustTimeoutStop?: boolean;
  /** What the script waits for before it starts. Defaults to nothing. */
  sessions?: SessionsArgs;
  /**
   * A script that runs as soon as a sweep finds that Auto Scaling has chosen the instance, within about a minute, while
   * the target groups deregister it or it waits for its turn: for a worker that should take no new work meanwhile. It
   * runs at most once and holds up nothing, and its failure is logged and has no other effect. Defaults to none.
   */
  announce?: AnnounceArgs;
  /**
   * What happens to an instance whose script failed or could not be run: `continue`, `abandon` or `retain`.
   * Defaults to `continue`.
   */
  onFailure?: OnFailure;
}

/** What tells an instance that it was chosen: exactly one of `script` and `powershell`. */
export interface AnnounceArgs {
  /** The script for Linux. Runs as root, once per lifecycle action, as the stop script does. Defaults to none. */
  script?: pulumi.Input<string>;
  /** The script for Windows, in PowerShell. Runs as Local System, once per lifecycle action. Defaults to none. */
  powershell?: pulumi.Input<string>;
  /**
   * Seconds that the script may take, 5 to 3600. Near the end of this time the script gets SIGTERM, then SIGKILL. The
   * stop script does not wait for it.
   */
  timeout: number;
}

/** What the stop script waits for before it starts. */
export interface SessionsArgs {
  /** Seconds after which the script starts although the instance is still in use, 1 to 172465. */
  maxWait: number;
  /**
   * Ports of the instance, 1 to 65535: the script waits until nobody is connected to any of them, over IPv4 or IPv6.
   * Requests through an Application Load Balancer are over by then; connections through a Network Load Balancer may not
   * be. Defaults to none.
   */
  ports?: number[];
  /** Whether to wait for Session Manager sessions to end. Defaults to false. */
  sessionManager?: boolean;
}

/**
 * What makes an instance ready before it takes traffic: exactly one of `script`, `powershell` and `httpReady`.
 */
export interface LaunchArgs extends TransitionArgs, LaunchWords {
  /**
   * What happens to an instance whose script failed or could not be run: `abandon` terminates and replaces the
   * instance, `continue` puts the instance into service anyway. Defaults to `abandon`.
   */
  onFailure?: OnFailure;
}

/** Times of a transition, in seconds. */
export interface TransitionArgs {
  /**
   * Seconds that the script may take, 5 to 172470. Near the end of this time the script gets SIGTERM, then SIGKILL. On
   * launch, the agent has at least `agentTimeout` seconds to come up before this time begins.
   */
  timeout: number;
  /**
   * Seconds for which the handler keeps asking an SSM agent that does not answer, 180 to 172645; after that,
   * `onFailure` says what happens. Defaults to a quarter of the budget, which is `timeout` and `sessions.maxWait` plus
   * 30; at least 180 and at most 900.
   */
  agentTimeout?: number;
  /**
   * The hook's heartbeat timeout in seconds, 300 to 7200. Defaults to the budget plus `agentTimeout` plus 120, at most
   * 7200; heartbeats extend a shorter timeout as long as the script runs.
   */
  heartbeatTimeout?: number;
}
