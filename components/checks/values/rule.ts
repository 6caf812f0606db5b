import type { Violation } from "../../../timing";
import { isLater } from "../../iam/limit";

/** What a single value has to be, whatever other values are. */
export interface ValueRule {
  readonly allows: (value: unknown) => boolean;
  /** Completes the sentence "it must be ...". */
  readonly allowed: string;
  /** A sentence that says what to do. */
  readonly cure: string;
}

/** Rules by the path of their argument; `[]` stands for each item of a list. */
export type ValueRules = Readonly<Record<string, ValueRule>>;

/** Finds the values that their rules do not allow, as far as they are known. */
export function valueViolations(rules: ValueRules, args: object): Violation[] {
  return Object.entries(rules).flatMap(([path, { allowed, allows, cure }]) =>
    valuesAt(args, path)
      .filter(({ value }) => !allows(value))
      .map(({ argument, value }) => ({ argument, value, allowed, cure })),
  );
}

interface Found {
  readonly argument: string;
  readonly value: unknown;
}

function valuesAt(args: object, path: string): Found[] {
  let found: Found[] = [{ argument: "", value: args }];
  for (const step of path.replaceAll("[]", ".[]").split(".")) {
    found = found.flatMap(({ argument, value }) => {
      if (step === "[]")
        return Array.isArray(value)
          ? value.map((item: unknown, index) => ({ argument: `${argument}[${index}]`, value: item }))
          : [];
      return [{ argument: argument === "" ? step : `${argument}.${step}`, value: memberOf(value, step) }];
    });
  }
  return found.filter(({ value }) => value !== undefined && !isLater(value));
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || isLater(value)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
