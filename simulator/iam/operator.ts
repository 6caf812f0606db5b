/** How a condition compares, without its negation. */
export type Comparison = "StringEquals" | "StringEqualsIgnoreCase" | "StringLike" | "Arn" | "Bool" | "Null";

/** A condition operator, parsed. */
export interface Operator {
  readonly comparison: Comparison;
  readonly isNegated: boolean;
  /** Whether a key that is missing matches. */
  readonly ifExists: boolean;
  /** Whether all values of a key have to match; a missing key has no values. */
  readonly forAll: boolean;
}

/** Operators that the simulator compares; `ArnEquals` and `ArnLike` are the same. */
const modelled: Readonly<Record<string, readonly [Comparison, boolean]>> = {
  ArnEquals: ["Arn", false],
  ArnLike: ["Arn", false],
  ArnNotEquals: ["Arn", true],
  ArnNotLike: ["Arn", true],
  Bool: ["Bool", false],
  Null: ["Null", false],
  StringEquals: ["StringEquals", false],
  StringEqualsIgnoreCase: ["StringEqualsIgnoreCase", false],
  StringLike: ["StringLike", false],
  StringNotEquals: ["StringEquals", true],
  StringNotEqualsIgnoreCase: ["StringEqualsIgnoreCase", true],
  StringNotLike: ["StringLike", true],
};

/** Operators of IAM that the simulator does not compare. Source: IAM, condition operators. */
const others =
  /^(Numeric|Date)(Equals|NotEquals|(Less|Greater)Than(Equals)?)$|^(Not)?IpAddress$|^BinaryEquals$/;

/** Whether IAM has an operator; it refuses a policy with any other operator. */
export function isOperator(operator: string): boolean {
  const { base } = partsOf(operator);
  return base in modelled || others.test(base);
}

/** An operator of IAM that the simulator does not compare. */
export class UnknownOperator extends Error {}

/** Reads an operator. @throws UnknownOperator */
export function operatorOf(operator: string): Operator {
  const { base, ifExists, set } = partsOf(operator);
  const found = modelled[base];
  if (found === undefined)
    throw new UnknownOperator(`the condition operator ${operator} of IAM is not modelled`);
  const [comparison, isNegated] = found;
  return { comparison, isNegated, ifExists, forAll: set === "ForAllValues" };
}

function partsOf(operator: string) {
  const [, set, base = "", suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  return { set, base, ifExists: suffix !== undefined };
}
