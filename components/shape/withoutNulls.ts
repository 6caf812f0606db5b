import { isPlainObject } from "./known";

/**
 * Arguments without null and undefined values: in other languages, and often in JavaScript, these stand for an argument
 * that is not given. Items of lists stay as they are.
 */
export function withoutNulls<Args>(args: Args): Args;
export function withoutNulls(args: unknown): unknown {
  if (!isPlainObject(args)) return args ?? {};
  const missed = neverLeftOut.filter((name) => args[name] === null).map((name) => [name, null] as const);
  return { ...given(args), ...Object.fromEntries(missed) };
}

/**
 * Null for one of these arguments is a look-up that found nothing: leaving the argument out would make roles without
 * bounds, data without a key.
 */
const neverLeftOut = ["permissionsBoundary", "rolePath", "kmsKeyArn"];

function given(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, part(one)]),
  );
}

function part(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(part);
  return isPlainObject(value) ? given(value) : value;
}
