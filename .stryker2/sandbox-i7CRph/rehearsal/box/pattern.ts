/** Whether an event matches an EventBridge pattern: every key of the pattern, by one of its alternatives. */
// @ts-nocheck

export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => matchesValue(alternative, event));
  if (!isObject(pattern)) throw new Error(`this is no event pattern: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([key, inner]) =>
    matches(inner, isObject(event) ? event[key] : undefined),
  );
}

function matchesValue(alternative: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => matchesValue(alternative, one));
  if (!isObject(alternative)) return alternative === value;
  const [[operator, operand] = ["", undefined], ...rest] = Object.entries(alternative);
  if (rest.length > 0) throw new Error(`an alternative has one operator: ${JSON.stringify(alternative)}`);
  switch (operator) {
    case "prefix":
      return typeof value === "string" && value.startsWith(String(operand));
    case "suffix":
      return typeof value === "string" && value.endsWith(String(operand));
    case "exists":
      return operand === (value !== undefined);
    case "anything-but":
      return value !== undefined && !(Array.isArray(operand) ? operand : [operand]).includes(value);
    default:
      throw new Error(`the operator ${operator} of event patterns is not modelled`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
