/** Stands for a value that is not known before the update. */
export const notYetKnown = Symbol("not known before the update");

/** A value of a resource: known, not yet known, or undefined if it is not given. */
export type Value<T> = T | typeof notYetKnown | undefined;

/**
 * Reads a member of the properties that Pulumi hands to a policy: in a preview, reading a value that is not known
 * throws.
 */
export function member(properties: unknown, key: string | number): unknown {
  if (properties === notYetKnown) return notYetKnown;
  if (typeof properties !== "object" || properties === null) return undefined;
  try {
    const value: unknown = Reflect.get(properties, key);
    return value ?? undefined;
  } catch {
    return notYetKnown;
  }
}

/** A number, also one that is written as text. */
export function numberAt(properties: unknown, key: string): Value<number> {
  const value = member(properties, key);
  if (value === notYetKnown) return notYetKnown;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

export function stringAt(properties: unknown, key: string): Value<string> {
  const value = member(properties, key);
  return typeof value === "string" || value === notYetKnown ? value : undefined;
}

/** A switch, also one that is written as text. */
export function booleanAt(properties: unknown, key: string): Value<boolean> {
  const value = member(properties, key);
  if (typeof value === "boolean" || value === notYetKnown) return value;
  return value === "true" || value === "false" ? value === "true" : undefined;
}

/** The elements of a list, each known or not; a list that is not known as a whole is one unknown element. */
export function listAt(properties: unknown, key: string): readonly unknown[] {
  const list = member(properties, key);
  if (list === notYetKnown) return [notYetKnown];
  return Array.isArray(list) ? Array.from({ length: list.length }, (_, index) => member(list, index)) : [];
}

/** The value if it is known and given. */
export function known<T>(value: Value<T>): T | undefined {
  return value === notYetKnown ? undefined : value;
}
