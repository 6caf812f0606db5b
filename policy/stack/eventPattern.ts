import { notYetKnown } from "./value";

/** A field of a message as far as it is known; undefined if the message lacks it. */
export type Field = string | typeof notYetKnown | readonly Field[] | Message | undefined;

/** What a service sends. */
export interface Message {
  readonly [field: string]: Field;
}

/**
 * Whether a pattern of EventBridge, or a filter policy of SNS, certainly takes a message. A field that is not known takes part
 * in nothing but `exists`; an operator that is not known here matches nothing. Source: EventBridge, content filtering.
 */
export function takes(pattern: object, message: Message): boolean {
  return Object.entries(pattern).every(([key, wanted]: [string, unknown]) => {
    if (key === "$or") return isList(wanted) && wanted.some((one) => isObject(one) && takes(one, message));
    const field = message[key];
    if (isList(wanted)) return wanted.some((one) => takesField(one, field));
    return isObject(wanted) && isMessage(field) && takes(wanted, field);
  });
}

/** A pattern or filter policy as it is written in JSON; undefined if it is none. */
export function parsePattern(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && !isList(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function takesField(wanted: unknown, field: Field): boolean {
  if (isObject(wanted) && "exists" in wanted) return wanted.exists === (field !== undefined);
  if (isList(field)) return field.some((one) => takesField(wanted, one));
  return typeof field === "string" && takesText(wanted, field);
}

function takesText(wanted: unknown, text: string): boolean {
  if (typeof wanted === "string") return wanted === text;
  const [operator = "", operand] = operation(wanted);
  if (operator === "anything-but") {
    const unwanted: readonly unknown[] = isList(operand) ? operand : [operand];
    return unwanted.every((one) => isUnderstood(one) && !takesText(one, text));
  }
  if (operator === "prefix" && isObject(operand))
    return folded(operand, (start) => text.toLowerCase().startsWith(start));
  if (operator === "suffix" && isObject(operand))
    return folded(operand, (end) => text.toLowerCase().endsWith(end));
  if (typeof operand !== "string") return false;
  switch (operator) {
    case "prefix":
      return text.startsWith(operand);
    case "suffix":
      return text.endsWith(operand);
    case "equals-ignore-case":
      return text.toLowerCase() === operand.toLowerCase();
    case "wildcard":
      return wildcard(operand).test(text);
    default:
      return false;
  }
}

/** What is not understood must not pass for what is not wanted. */
function isUnderstood(wanted: unknown): boolean {
  if (typeof wanted === "string") return true;
  const [operator = "", operand] = operation(wanted);
  return (
    ["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(operator) && typeof operand === "string"
  );
}

/** What an operator is written as: an object with itself as the only key. */
function operation(wanted: unknown): readonly [string?, unknown?] {
  return isObject(wanted) ? (Object.entries(wanted)[0] ?? []) : [];
}

function folded(operand: object, test: (text: string) => boolean): boolean {
  const text: unknown = Reflect.get(operand, "equals-ignore-case");
  return typeof text === "string" && test(text.toLowerCase());
}

function wildcard(text: string): RegExp {
  const literals = text.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${literals.join("[^]*")}$`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isList(value: unknown): value is readonly unknown[];
function isList(value: Field): value is readonly Field[];
function isList(value: unknown): boolean {
  return Array.isArray(value);
}

function isMessage(field: Field): field is Message {
  return typeof field === "object" && !isList(field);
}
