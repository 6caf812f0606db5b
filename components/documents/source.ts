import type { Platform, Transition } from "../../contract";
import { joinWindow, schedule, type TransitionTimes } from "../../timing";

/** The argument that takes the script of each platform. */
export const scriptArguments = {
  Linux: "script",
  Windows: "powershell",
} as const satisfies Partial<Record<Platform, string>>;

/** A platform that scripts are written for. */
export type ScriptPlatform = keyof typeof scriptArguments;

/** An argument that takes a script. */
export type ScriptArgument = (typeof scriptArguments)[ScriptPlatform];

/** The platforms that scripts are written for. */
export const scriptPlatforms = Object.keys(scriptArguments) as readonly ScriptPlatform[];

/** A user's script for one kind of machine. */
export interface Script {
  readonly platform: ScriptPlatform;
  readonly text: string;
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
}

/** The times that a guard knows, seconds: of the script, of its sessions, and of the run that it may join. */
export function guardTimes({ deregistrationDelay = 0, times }: DocumentSource) {
  const { maxWait = 0, timeout } = times;
  return { joinFor: joinWindow(schedule(times), deregistrationDelay), maxWait, timeout };
}
