import type { OnFailure, Transition } from "./transition";

/**
 * Parameters of the documents. The SSM agent takes letters and digits in a name only. They come back with the
 * command's event, so that the handler can complete the action without a look-up.
 */
export interface DocumentParameters {
  /** Name of the group. No step refers to it: it can hold arbitrary text. */
  readonly group: string;
  /** The same in base64, for the script's environment. */
  readonly groupBase64: string;
  /** Name of the lifecycle hook. */
  readonly hook: string;
  /** Token of the lifecycle action; empty if the sweep sent the command, which knows none. */
  readonly token: string;
  /** Id of the instance; empty if the sweep sent the command, to many at once. */
  readonly instance: string;
  readonly transition: Transition;
  readonly onFailure: OnFailure;
  /** When the handler gives up on the script, an ISO instant. */
  readonly deadline: string;
  /** Until when sessions may hold up the script, seconds since 1970; empty for as long as the document says. */
  readonly waitUntil: string;
  /** Runs that began before this belong to an earlier action, seconds since 1970; empty if that is not known. */
  readonly since: string;
}

/** What each parameter may hold, in a syntax that Java (the API) and Go (the agent) share. */
export const parameterPatterns: Readonly<Record<keyof DocumentParameters, string>> = {
  group: "^[^{}\\x00-\\x1f]{0,255}$",
  groupBase64: "^[A-Za-z0-9+/=]{0,1400}$",
  hook: "^[A-Za-z0-9_/-]{0,255}$",
  token: "^[A-Za-z0-9-]{0,36}$",
  instance: "^(i-[a-f0-9]{8,17})?$",
  transition: "^(launch|terminate)?$",
  onFailure: "^(continue|abandon|retain)?$",
  deadline: "^[0-9TZ:.-]{0,30}$",
  waitUntil: "^[0-9]{0,12}$",
  since: "^[0-9]{0,12}$",
};
