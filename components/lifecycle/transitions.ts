import type * as pulumi from "@pulumi/pulumi";
import { InWarmPool, LaunchScript, OnFailure, PoolState, type Transition } from "../../contract";
import type { Plan, TargetGroupTimes, TransitionTimes } from "../../timing";
import { announceWords, untilEnd, words, type Script, type Word } from "../documents";
import type { DrainArgs, LaunchArgs, SessionsArgs, TerminateArgs, WarmPoolArgs } from "../arguments";
import { known } from "../checks/known";

/** A script as an argument gives it: its text may become known only later. */
export interface GivenScript extends Omit<Script, "text"> {
  /** The argument, as in `terminate.script`. */
  readonly argument: string;
  readonly text: pulumi.Input<string>;
}

/** One transition with all defaults filled in. */
export interface TransitionSettings {
  readonly transition: Transition;
  readonly script: GivenScript;
  readonly sessions?: SessionsArgs;
  readonly times: TransitionTimes;
  readonly onFailure: OnFailure;
  /** Whether the script runs where the instance stays in the warm pool; absent without a warm pool. */
  readonly inWarmPool?: InWarmPool;
}

/** The script that tells an instance that it was chosen. */
export interface AnnounceSettings extends Pick<TransitionSettings, "script" | "times" | "transition"> {
  readonly announces: true;
}

/** The arguments that make up the lifecycle of a group. */
export interface LifecycleArgs {
  readonly terminate: TerminateArgs;
  readonly launch?: LaunchArgs;
  readonly warmPool?: WarmPoolArgs;
  readonly drain?: DrainArgs;
  /** Greatest number of instances; absent for a group that exists already. */
  readonly maxSize?: pulumi.Input<number>;
}

/** Default failure policies. */
export const defaultOnFailure: Readonly<Record<Transition, OnFailure>> = {
  terminate: OnFailure.Continue,
  launch: OnFailure.Abandon,
};

/** The transitions of a group: terminate always, launch if there is a script for it. */
export function transitionSettings({ launch, terminate, warmPool }: LifecycleArgs): TransitionSettings[] {
  const onTerminate: TransitionSettings = {
    transition: "terminate",
    script: scriptOf("terminate", words.terminate, terminate),
    ...(terminate.sessions ? { sessions: terminate.sessions } : {}),
    times: timesOf(terminate),
    onFailure: terminate.onFailure ?? defaultOnFailure.terminate,
    ...inWarmPool(warmPool, stopsInPool),
  };
  if (launch === undefined) return [onTerminate];
  const onLaunch: TransitionSettings = {
    transition: "launch",
    script: scriptOf("launch", words.launch, launch),
    times: timesOf(launch),
    onFailure: launch.onFailure ?? defaultOnFailure.launch,
    ...inWarmPool(warmPool, startsInPool),
  };
  return [onTerminate, onLaunch];
}

/** What tells an instance of a group that it was chosen; undefined if nothing does. */
export function announceSettings({ terminate }: LifecycleArgs): AnnounceSettings | undefined {
  const { announce } = terminate;
  if (announce === undefined) return undefined;
  return {
    announces: true,
    transition: "terminate",
    script: scriptOf("terminate.announce", announceWords, announce),
    times: timesOf(announce),
  };
}

/** All scripts of a group. */
export function scriptSettings(args: LifecycleArgs): (TransitionSettings | AnnounceSettings)[] {
  return [...transitionSettings(args), announceSettings(args)].filter((one) => one !== undefined);
}

function inWarmPool(
  pool: WarmPoolArgs | undefined,
  runs: (pool: WarmPoolArgs) => boolean,
): Pick<TransitionSettings, "inWarmPool"> {
  if (pool === undefined) return {};
  return { inWarmPool: runs(pool) ? InWarmPool.Run : InWarmPool.Skip };
}

function startsInPool({ launchScript = LaunchScript.Always }: WarmPoolArgs): boolean {
  return launchScript === LaunchScript.Always;
}

/** Only where the machines run and the launch script may have started the application there is something to stop. */
function stopsInPool(pool: WarmPoolArgs): boolean {
  return pool.poolState === PoolState.Running && startsInPool(pool);
}

/** The script that an argument gives. The checks see that exactly one word is given. */
function scriptOf<Args extends TransitionArgs>(
  path: string,
  all: Readonly<Record<string, Word<Args>>>,
  args: Args,
): GivenScript {
  for (const [name, { does, platform, script }] of Object.entries(all)) {
    const text = script(args, { untilEnd: untilEnd(platform, args.timeout) });
    const sentence = does?.(args);
    if (text !== undefined)
      return {
        argument: `${path}.${name}`,
        platform,
        text,
        ...(sentence === undefined ? {} : { does: sentence }),
      };
  }
  return { argument: `${path}.script`, platform: "Linux", text: "exit 1" };
}

/** The times of a group, for the arithmetic. */
export function planOf(
  { drain, launch, maxSize, terminate, warmPool }: LifecycleArgs,
  targetGroups: readonly TargetGroupTimes[],
): Plan {
  return {
    targetGroups,
    terminate: timesOf(terminate),
    ...(launch === undefined ? {} : { launch: timesOf(launch) }),
    ...(warmPool === undefined ? {} : { warmPool: { reuseOnScaleIn: warmPool.reuseOnScaleIn ?? false } }),
    ...(terminate.announce === undefined ? {} : { announce: { timeout: terminate.announce.timeout } }),
    ...(drain === undefined ? {} : { drain: { ...drain, maxSize: known(maxSize) } }),
  };
}

function timesOf({ agentTimeout, heartbeatTimeout, sessions, timeout }: TransitionArgs): TransitionTimes {
  return {
    timeout,
    ...(agentTimeout === undefined ? {} : { agentTimeout }),
    ...(heartbeatTimeout === undefined ? {} : { heartbeatTimeout }),
    ...(sessions === undefined ? {} : { maxWait: sessions.maxWait }),
  };
}

type TransitionArgs = Pick<TerminateArgs, "agentTimeout" | "timeout" | "heartbeatTimeout" | "sessions">;
