import { OnFailure, type Transition } from "../../contract";
import type { Plan, TargetGroupTimes, TransitionTimes } from "../../timing";
import { scriptArguments, scriptPlatforms, type Script, type ScriptArgument } from "../documents";
import type { LaunchArgs, SessionsArgs, TerminateArgs } from "../arguments";

/** A script for one of the platforms. */
export type ScriptArgs = Pick<TerminateArgs, ScriptArgument>;

/** One transition with all defaults filled in. */
export interface TransitionSettings {
  readonly transition: Transition;
  readonly script: Script;
  readonly sessions?: SessionsArgs;
  readonly times: TransitionTimes;
  readonly onFailure: OnFailure;
}

/** The arguments that make up the lifecycle of a group. */
export interface LifecycleArgs {
  readonly terminate: TerminateArgs;
  readonly launch?: LaunchArgs;
}

/** Default failure policies. */
export const defaultOnFailure: Readonly<Record<Transition, OnFailure>> = {
  terminate: OnFailure.Continue,
  launch: OnFailure.Abandon,
};

/** The transitions of a group: terminate always, launch if there is a script for it. */
export function transitionSettings({ launch, terminate }: LifecycleArgs): TransitionSettings[] {
  const onTerminate: TransitionSettings = {
    transition: "terminate",
    script: scriptOf(terminate),
    ...(terminate.sessions ? { sessions: terminate.sessions } : {}),
    times: timesOf(terminate),
    onFailure: terminate.onFailure ?? defaultOnFailure.terminate,
  };
  if (launch === undefined) return [onTerminate];
  const onLaunch: TransitionSettings = {
    transition: "launch",
    script: scriptOf(launch),
    times: timesOf(launch),
    onFailure: launch.onFailure ?? defaultOnFailure.launch,
  };
  return [onTerminate, onLaunch];
}

/** The script of a transition. The checks see that there is exactly one script. */
function scriptOf(args: ScriptArgs): Script {
  const platform = scriptPlatforms.find((one) => args[scriptArguments[one]] !== undefined) ?? "Linux";
  return { platform, text: args[scriptArguments[platform]] ?? "" };
}

/** The times of a group, for the arithmetic. */
export function planOf(
  { launch, terminate }: LifecycleArgs,
  targetGroups: readonly TargetGroupTimes[],
): Plan {
  return {
    targetGroups,
    terminate: timesOf(terminate),
    ...(launch === undefined ? {} : { launch: timesOf(launch) }),
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
