import { lifecycleTransitions, OnFailure, type Transition } from "./transition";

/**
 * Parameters of the documents. The SSM agent takes only letters and digits in a name. The command's event returns the
 * parameters, so that the handler can complete the action without a look-up.
 */
export interface DocumentParameters {
  /** Name of the group. No step refers to it: it can hold arbitrary text. */
  readonly group: string;
  /** The same in base64, for the script's environment. */
  readonly groupBase64: string;
  /** Name of the lifecycle hook. */
  readonly hook: string;
  /**
   * An opaque text that identifies the lifecycle action; empty if the sweep sent the command, because the sweep does
   * not know the action.
   */
  readonly action: string;
  /** Id of the instance; empty if the sweep sent the command, to many at once. */
  readonly instance: string;
  readonly transition: Transition;
  readonly onFailure: OnFailure;
  /**
   * When the handler sent the command, seconds since 1970, by AWS's clock; empty where somebody runs the document by
   * hand.
   */
  readonly sent: string;
  /**
   * Runs whose command was sent before this belong to an earlier action, seconds since 1970, by AWS's clock; empty if
   * that is not known.
   */
  readonly since: string;
  /**
   * How long sessions may still hold up the script, seconds from the start of the command; empty for as long as the
   * document says.
   */
  readonly sessionWait: string;
  /**
   * `yes` where the handler has seen the instance wait in a state that the instance's metadata service does not show;
   * else empty.
   */
  readonly meant: string;
}

/**
 * Parameters of a document that tells an instance that it was chosen. It takes no action, so that the end of its command
 * can complete none.
 */
export const announceParameters = [
  "group",
  "groupBase64",
  "hook",
  "sent",
  "since",
] as const satisfies readonly (keyof DocumentParameters)[];

/** Values of these parameters. */
export type AnnounceParameters = Pick<DocumentParameters, (typeof announceParameters)[number]>;

/** Longest name of an Auto Scaling group, characters. Source: Auto Scaling, CreateAutoScalingGroup. */
const maxGroupName = 255;

/** Longest name of a lifecycle hook, characters. Source: Auto Scaling, PutLifecycleHook. */
const maxHookName = 255;

/** Longest text that stands for a lifecycle action, characters: its token of 36, sealed. */
const maxAction = 96;

/** Digits of an instance's id behind `i-`: 8, or 17 since 2016. Source: SSM, SendCommand, InstanceIds. */
const instanceDigits = { min: 8, max: 17 } as const;

/** Digits of an instant in seconds since 1970; 10 until the year 2286. */
const secondsDigits = 12;

/**
 * What each parameter may hold. SSM compiles a pattern with Java when a command is sent, and the agent compiles the
 * pattern with Go (RE2) when the command arrives. If Go refuses a pattern, for example for more than 1,000 repeats,
 * every command of the document gets the status Failed without a reason. So the pattern for base64 has no bound of its
 * own: the name of the group bounds the text.
 */
export const parameterPatterns: Readonly<Record<keyof DocumentParameters, string>> = {
  group: `^[^{}\\x00-\\x1f]{0,${maxGroupName}}$`,
  groupBase64: "^[A-Za-z0-9+/]*={0,2}$",
  hook: `^[A-Za-z0-9_/-]{0,${maxHookName}}$`,
  action: `^[A-Za-z0-9_-]{0,${maxAction}}$`,
  instance: `^(i-[a-f0-9]{${instanceDigits.min},${instanceDigits.max}})?$`,
  transition: oneOf(Object.keys(lifecycleTransitions)),
  onFailure: oneOf(Object.values(OnFailure)),
  sent: `^[0-9]{0,${secondsDigits}}$`,
  since: `^[0-9]{0,${secondsDigits}}$`,
  sessionWait: `^[0-9]{0,${secondsDigits}}$`,
  meant: oneOf(["yes"]),
};

/** One of some words, or nothing. */
function oneOf(words: readonly string[]): string {
  return `^(${words.join("|")})?$`;
}
