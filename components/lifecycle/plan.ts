import { OnFailure, type Transition } from "../../contract";
import type { Plan, TransitionTimes } from "../../timing";
import type { Script } from "../documents";
import type { LaunchArgs, SessionsArgs, TerminateArgs } from "../arguments";

/** One transition with all defaults filled in. */
export interface TransitionPlan {
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

/** The transitions of a group: terminate always, launch if there is a script for it. */
export function transitionPlans({ launch, terminate }: LifecycleArgs): TransitionPlan[] {
  const onTerminate: TransitionPlan = {
    transition: "terminate",
    script: scriptOf(terminate),
    ...(terminate.sessions ? { sessions: terminate.sessions } : {}),
    times: timesOf(terminate),
    onFailure: terminate.onFailure ?? OnFailure.Continue,
  };
  if (launch === undefined) return [onTerminate];
  const onLaunch: TransitionPlan = {
    transition: "launch",
    script: scriptOf(launch),
    times: timesOf(launch),
    onFailure: launch.onFailure ?? OnFailure.Abandon,
  };
  return [onTerminate, onLaunch];
}

/** The one script of a transition. Whether there is exactly one is checked before. */
function scriptOf({ powershell, script = "" }: Pick<TerminateArgs, "script" | "powershell">): Script {
  return powershell === undefined
    ? { platform: "Linux", text: script }
    : { platform: "Windows", text: powershell };
}

/** The times of a group, for the arithmetic. */
export function planOf({ launch, terminate }: LifecycleArgs, deregistrationDelay: number | undefined): Plan {
  return {
    ...(deregistrationDelay === undefined ? {} : { deregistrationDelay }),
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
