type Fields = Readonly<Record<string, unknown>>;

/** Whether an event matches an EventBridge pattern. Source: Amazon EventBridge, Comparison operators for event patterns. */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => matchesValue(alternative, event));
  if (!isObject(pattern)) throw new Error(`this is no event pattern: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([key, inner]) =>
    key === "$or" && Array.isArray(inner)
      ? inner.some((one) => matches(one, event))
      : matches(inner, isObject(event) ? event[key] : undefined),
  );
}

/** Whether all operators of a pattern are modelled. */
export function isUnderstood(pattern: unknown): boolean {
  if (Array.isArray(pattern))
    return pattern.every((one) => !isObject(one) || isUnderstoodAlternative(one) || isUnderstood(one));
  return isObject(pattern) && Object.values(pattern).every(isUnderstood);
}

function isUnderstoodAlternative(alternative: Fields): boolean {
  const [[operator, operand] = ["", undefined], ...rest] = Object.entries(alternative);
  if (rest.length > 0 || !(operator in operators)) return false;
  return operator === "anything-but" && isObject(operand) ? isUnderstoodAlternative(operand) : true;
}

function matchesValue(alternative: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => matchesValue(alternative, one));
  if (!isObject(alternative)) return alternative === value;
  const [[operator, operand] = ["", undefined]] = Object.entries(alternative);
  const compare = operators[operator];
  if (compare === undefined) throw new Error(`the operator ${operator} of event patterns is not modelled`);
  return compare(operand, value);
}

const operators: Readonly<Record<string, (operand: unknown, value: unknown) => boolean>> = {
  prefix: (operand, value) => withCase(operand, value, (text, start) => text.startsWith(start)),
  suffix: (operand, value) => withCase(operand, value, (text, end) => text.endsWith(end)),
  exists: (operand, value) => operand === (value !== undefined),
  "equals-ignore-case": (operand, value) => String(operand).toLowerCase() === String(value).toLowerCase(),
  wildcard: (operand, value) => typeof value === "string" && wildcard(String(operand)).test(value),
  numeric: (operand, value) =>
    typeof value === "number" && Array.isArray(operand) && satisfies(value, operand),
  "anything-but": (operand, value) => {
    if (value === undefined) return false;
    if (isObject(operand)) return !matchesValue(operand, value);
    const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    return !excluded.includes(value);
  },
};

/** A prefix or a suffix may be told to ignore case. */
function withCase(operand: unknown, value: unknown, test: (text: string, part: string) => boolean): boolean {
  if (typeof value !== "string") return false;
  const folded = isObject(operand) ? operand["equals-ignore-case"] : undefined;
  if (typeof folded === "string") return test(value.toLowerCase(), folded.toLowerCase());
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  return parts.some((part) => test(value, String(part)));
}

function wildcard(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}

/** Pairs of a comparison and a number, as in `[">", 0, "<=", 5]`. */
function satisfies(value: number, comparisons: readonly unknown[]): boolean {
  return comparisons.every((comparison, index) => {
    const other = Number(comparisons[index + 1]);
    switch (comparison) {
      case "=":
        return value === other;
      case ">":
        return value > other;
      case ">=":
        return value >= other;
      case "<":
        return value < other;
      case "<=":
        return value <= other;
      default:
        return true;
    }
  });
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
