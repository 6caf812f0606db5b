import type { ValueRule } from "./rule";

/** A text that matches a pattern. */
export function matching(pattern: RegExp, allowed: string, cure: string): ValueRule {
  return { allows: (value) => typeof value === "string" && pattern.test(value), allowed, cure };
}

/** One of some texts. */
export function oneOf(values: readonly string[], cure = "Take one of these."): ValueRule {
  return {
    allows: (value) => typeof value === "string" && values.includes(value),
    allowed: `one of ${values.join(", ")}`,
    cure,
  };
}

/** The id of a resource of EC2. */
export function id(prefix: string, what: string): ValueRule {
  return matching(
    new RegExp(`^${prefix}-[\\w-]+$`),
    `the id of a ${what}, as in ${prefix}-0123456789abcdef0`,
    `Give the id, not a name or an ARN.`,
  );
}

/** A list of at least one item. */
export function notEmpty(cure: string): ValueRule {
  return { allows: (value) => !Array.isArray(value) || value.length > 0, allowed: "at least one", cure };
}

/** A whole number in a range, or an additional number with a special meaning. */
export function wholeNumber(
  min: number,
  max: number,
  { also, cure, unit = "" }: { readonly also?: number; readonly cure: string; readonly unit?: string },
): ValueRule {
  const from = max === Infinity ? `${min} or more` : `from ${min} to ${max}`;
  return {
    allows: (value) =>
      value === also || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max),
    allowed: `a whole number${unit === "" ? "" : ` of ${unit}`} ${from}${also === undefined ? "" : `, or ${also}`}`,
    cure,
  };
}
