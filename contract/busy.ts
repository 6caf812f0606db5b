/** Which instances go first when Auto Scaling terminates instances of its own accord. */
export const Prefer = {
  /** Any instance: Auto Scaling's own order. */
  Any: "any",
  /** Instances that say that they are idle, then instances that do not say, busy instances last. */
  Idle: "idle",
} as const;
/** Which instances go first when Auto Scaling terminates instances of its own accord. */
export type Prefer = (typeof Prefer)[keyof typeof Prefer];

/** The instance that an `isBusy` callback is asked about. */
export interface BusyInstance {
  /** Id of the instance. */
  instanceId: string;
  /** Name of its Auto Scaling group. */
  groupName: string;
  /**
   * Name of the lifecycle hook at which the instance waits; empty where the instance is in service and Auto Scaling is
   * about to choose which instances go.
   */
  hookName: string;
}

/**
 * Key of the tag of a group whose instances the handler asks whether they are busy; the value says how, see
 * `encodeBusySettings`. Instances do not get this tag.
 */
export const busyTag = "graceful-asg:busy";

/** Environment variable of a termination policy's function: the name of the handler that it belongs to. */
export const handlerVariable = "GRACEFUL_ASG_HANDLER";

/**
 * Names of the documents that ask instances whether they are busy begin with this prefix. No name of a function has a
 * full stop in it, so the prefix differs from the prefix of all documents with scripts: the end of a check is no event
 * for the handler.
 */
export function checkPrefix(handler: string): string {
  return `${handler}.`;
}

/** How the handler asks the instances of a group whether they are busy, and what for. */
export interface BusySettings {
  /** The SSM document that asks an instance; undefined where the handler asks a callback. */
  readonly document: string | undefined;
  /** Whether busy instances are protected from scale-in. */
  readonly protects: boolean;
}

const documentWord = "document=";
const protectWord = "protect";

/** Writes the value of the tag: words with blanks in between, below the 256 characters that a tag takes. */
export function encodeBusySettings({ document, protects }: BusySettings): string {
  return [
    ...(document === undefined ? [] : [`${documentWord}${document}`]),
    ...(protects ? [protectWord] : []),
  ].join(" ");
}

/** Names that SSM takes for documents. Source: SSM, CreateDocument, Name. */
const documentName = /^[A-Za-z0-9_.-]{3,128}$/;

/**
 * Reads the value of the tag. Anybody who may tag a group can write it, so a document of another handler counts as
 * none, and unknown words are left to later versions.
 */
export function readBusySettings(handler: string, value: string): BusySettings {
  const words = value.split(" ");
  const document = words.find((one) => one.startsWith(documentWord))?.slice(documentWord.length) ?? "";
  const isOurs = documentName.test(document) && document.startsWith(checkPrefix(handler));
  return { document: isOurs ? document : undefined, protects: words.includes(protectWord) };
}

/** What an instance says of itself. */
export type BusyAnswer = "busy" | "idle";

/** Exit codes of a user's check; any other code says nothing. */
export const checkCodes: Readonly<Record<BusyAnswer, number>> = { busy: 0, idle: 1 };

/** Last line that the document of a check writes, by the answer. */
export const answerLines: Readonly<Record<BusyAnswer, string>> = {
  busy: "graceful-asg: busy",
  idle: "graceful-asg: idle",
};

/** Reads the output of a check; undefined where it does not say. */
export function readAnswer(output: string): BusyAnswer | undefined {
  const last = output.trimEnd().split("\n").at(-1)?.trim();
  return (Object.keys(answerLines) as BusyAnswer[]).find((one) => answerLines[one] === last);
}
