import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../../timing";

/** Finds what is wrong with arguments. */
export type Constraint<Given> = (given: Given) => Violation[];

/** Arguments that cannot work. Pulumi shows the message without a stack trace. */
export class InvalidArguments extends pulumi.RunError {
  constructor(
    subject: string,
    readonly violations: readonly Violation[],
  ) {
    super(`${subject} cannot be made:\n${violations.map((one) => `  ${explain(one)}`).join("\n")}`);
    this.name = "InvalidArguments";
    // Pulumi shows the stack of any error that comes once the program has been read, as errors about outputs do.
    this.stack = undefined;
  }
}

/**
 * Checks arguments before anything is made of them.
 * @throws InvalidArguments that lists everything that is wrong: argument, value, what is allowed, what to do.
 */
export function refuse<Given>(
  subject: string,
  constraints: Readonly<Record<string, Constraint<Given>>>,
  given: Given,
): void {
  const violations = Object.values(constraints).flatMap((find) => find(given));
  if (violations.length > 0) throw new InvalidArguments(subject, violations);
}

function explain({ allowed, argument, cure, value }: Violation): string {
  return `${argument} is ${shown(value)}; it must be ${allowed}. ${cure}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "not given";
  const text = readable(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Values of programs in JavaScript may be anything. */
function readable(value: unknown): string {
  if (value === null || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (pulumi.Output.isInstance(value)) return "an output";
  return Array.isArray(value) ? "a list" : `of type ${typeof value}`;
}
