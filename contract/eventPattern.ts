import { isFields, type Fields } from "./fields";

/**
 * Whether an event matches; undefined where that depends on a value that is not known, or on an operator that is not
 * modelled.
 */
export type Match = boolean | undefined;

/**
 * Matches an event with a pattern of EventBridge or a filter policy of SNS.
 * @param isUnknown tells whether a value of the event is not known; by default all values are known
 * Source: Amazon EventBridge, Comparison operators for event patterns.
 */
export function matchPattern(
  pattern: unknown,
  event: unknown,
  isUnknown: (value: unknown) => boolean = () => false,
): Match {
  if (Array.isArray(pattern)) return any(pattern.map((one) => matchAlternative(one, event, isUnknown)));
  if (!isFields(pattern) || isUnknown(event)) return undefined;
  return all(
    Object.entries(pattern).map(([key, inner]) =>
      key === "$or" && Array.isArray(inner)
        ? any(inner.map((one) => matchPattern(one, event, isUnknown)))
        : matchPattern(inner, isFields(event) ? event[key] : undefined, isUnknown),
    ),
  );
}

/** Whether all operators of a pattern are modelled. */
export function isModelled(pattern: unknown): boolean {
  if (Array.isArray(pattern))
    return pattern.every((one) => !isFields(one) || isModelledAlternative(one) || isModelled(one));
  return isFields(pattern) && Object.values(pattern).every(isModelled);
}

function isModelledAlternative(alternative: Fields): boolean {
  const [[operator, operand] = ["", undefined], ...rest] = Object.entries(alternative);
  if (rest.length > 0 || !isOperator(operator)) return false;
  return operator === "anything-but" && isFields(operand) ? isOfTexts(operand) : true;
}

function matchAlternative(wanted: unknown, value: unknown, isUnknown: (value: unknown) => boolean): Match {
  if (isFields(wanted) && "exists" in wanted) return wanted["exists"] === (value !== undefined);
  if (Array.isArray(value)) return any(value.map((one) => matchAlternative(wanted, one, isUnknown)));
  if (value === undefined) return false;
  return isUnknown(value) ? undefined : matchValue(wanted, value);
}

function matchValue(wanted: unknown, value: unknown): Match {
  if (!isFields(wanted)) return wanted === value;
  const [[operator, operand] = ["", undefined]] = Object.entries(wanted);
  return isOperator(operator) ? operators[operator](operand, value) : undefined;
}

type Operator =
  "prefix" | "suffix" | "equals-ignore-case" | "wildcard" | "numeric" | "exists" | "anything-but";

const operators: Readonly<Record<Operator, (operand: unknown, value: unknown) => Match>> = {
  prefix: (operand, value) => withCase(operand, value, (text, start) => text.startsWith(start)),
  suffix: (operand, value) => withCase(operand, value, (text, end) => text.endsWith(end)),
  "equals-ignore-case": (operand, value) =>
    anyText(operand, value, (text, other) => text.toLowerCase() === other.toLowerCase()),
  wildcard: (operand, value) => anyText(operand, value, (text, other) => wildcard(other).test(text)),
  numeric: (operand, value) =>
    Array.isArray(operand) ? typeof value === "number" && satisfies(value, operand) : undefined,
  exists: (operand) => operand === true,
  "anything-but": (operand, value) => not(any(listOf(operand).map((one) => matchUnwanted(one, value)))),
};

/** Operators that `anything-but` takes besides plain values. */
const ofTexts: readonly string[] = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

function matchUnwanted(unwanted: unknown, value: unknown): Match {
  return isFields(unwanted) && !isOfTexts(unwanted) ? undefined : matchValue(unwanted, value);
}

function isOfTexts(alternative: Fields): boolean {
  return Object.keys(alternative).every((operator) => ofTexts.includes(operator));
}

function isOperator(name: string): name is Operator {
  return Object.hasOwn(operators, name);
}

/** A prefix or a suffix may ignore case. */
function withCase(operand: unknown, value: unknown, test: (text: string, part: string) => boolean): Match {
  const folded = isFields(operand) ? operand["equals-ignore-case"] : undefined;
  return folded === undefined
    ? anyText(operand, value, test)
    : anyText(folded, value, (text, part) => test(text.toLowerCase(), part.toLowerCase()));
}

/** Whether a text passes a test against any text of the operand. */
function anyText(operand: unknown, value: unknown, test: (text: string, other: string) => boolean): Match {
  return any(
    listOf(operand).map((one) =>
      typeof one === "string" ? typeof value === "string" && test(value, one) : undefined,
    ),
  );
}

function wildcard(text: string): RegExp {
  const literals = text.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${literals.join("[^]*")}$`);
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

function any(matches: readonly Match[]): Match {
  if (matches.includes(true)) return true;
  return matches.includes(undefined) ? undefined : false;
}

function all(matches: readonly Match[]): Match {
  if (matches.includes(false)) return false;
  return matches.includes(undefined) ? undefined : true;
}

function not(match: Match): Match {
  return match === undefined ? undefined : !match;
}

function listOf(operand: unknown): readonly unknown[] {
  return Array.isArray(operand) ? operand : [operand];
}
