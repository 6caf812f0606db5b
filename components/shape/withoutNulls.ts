import { isPlainObject } from "./known";

/**
 * Arguments without what is null or undefined: in other languages, and in JavaScript often, that is how an argument is not
 * given. Items of lists stay as they are.
 */
export function withoutNulls<Args>(args: Args): Args;
export function withoutNulls(args: unknown): unknown {
  return args === null || args === undefined ? {} : given(args);
}

function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, given(one)]),
  );
}
