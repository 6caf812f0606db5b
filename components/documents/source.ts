import { announceParameters, type DocumentParameters, type Platform, type Transition } from "../../contract";
import { joinWindow, schedule, type TransitionTimes } from "../../timing";

/** A platform that scripts are written for. */
export type ScriptPlatform = Extract<Platform, "Linux" | "Windows">;

/** A script for one kind of machine: the user's, or the script of a word. */
export interface Script {
  readonly platform: ScriptPlatform;
  readonly text: string;
  /** What it does, as in "stops the systemd unit web.service". Undefined for a script of the user's own. */
  readonly does?: string;
}

/** Longest time between SIGTERM and SIGKILL for a script whose time is over, seconds. */
const maxGrace = 10;

/** The time between SIGTERM and SIGKILL for a script on Linux whose time is over, seconds. */
export function graceOf(timeout: number): number {
  return Math.min(maxGrace, Math.max(1, Math.floor(timeout / 10)));
}

/** How long a script runs at most before the guard signals it, seconds. On Windows there is no SIGTERM. */
export function untilEnd(platform: ScriptPlatform, timeout: number): number {
  return platform === "Linux" ? timeout - 1 - graceOf(timeout) : timeout - 1;
}

/** What a document is made of. */
export interface DocumentSource {
  readonly transition: Transition;
  readonly script: Script;
  readonly times: TransitionTimes;
  /** Seconds that the target group drains before the wait begins. Defaults to 0. */
  readonly deregistrationDelay?: number;
  /** What the script waits for. Defaults to nothing. */
  readonly sessions?: { readonly ports?: readonly number[]; readonly sessionManager?: boolean };
  /** Whether it only tells an instance that it was chosen, beside the stop script. Defaults to false. */
  readonly announces?: boolean;
  /** Whether the script learns where its instance comes from and goes to, which a warm pool makes uncertain. */
  readonly hasRoute?: boolean;
}

/**
 * Name of the folders of a guard's runs. The runs of an announcement are kept apart: the guard joins another run at the
 * same hook.
 */
export function stateName({ announces }: DocumentSource): string {
  return announces ? "graceful-asg-announce" : "graceful-asg";
}

/** The value of a parameter in the text of a step; empty where the document does not take it. */
export function parameterIn({ announces }: DocumentSource, name: keyof DocumentParameters): string {
  return announces && !announceParameters.some((one) => one === name) ? "" : `{{ ${name} }}`;
}

/** The times that a guard knows, seconds: of the script, of its sessions, and of the run that it may join. */
export function guardTimes({ deregistrationDelay = 0, times }: DocumentSource) {
  const { maxWait = 0, timeout } = times;
  return { joinFor: joinWindow(schedule(times), deregistrationDelay), maxWait, timeout };
}
