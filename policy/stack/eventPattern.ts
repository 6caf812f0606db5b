import { matchPattern } from "../../contract";
import { notYetKnown } from "./value";

/** A field of a message as far as it is known; undefined if the message lacks it. */
export type Field = string | typeof notYetKnown | readonly Field[] | Message | undefined;

/** A message that a service sends. */
export interface Message {
  readonly [field: string]: Field;
}

/** Whether a pattern of EventBridge, or a filter policy of SNS, certainly matches a message. */
export function takes(pattern: object, message: Message): boolean {
  return matchPattern(pattern, message, (value) => value === notYetKnown) === true;
}

/** A pattern or filter policy as it is written in JSON; undefined if the text is no pattern. */
export function parsePattern(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
