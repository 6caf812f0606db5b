import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../../timing";
import { shapeViolations, withoutNulls, type Component } from "../shape";

/** Finds what is wrong with arguments. */
export type ArgumentCheck<Given> = (given: Given) => Violation[];

/** Arguments that cannot work. Pulumi shows the message without a stack trace. */
export class InvalidArguments extends pulumi.RunError {
  constructor(
    /** The component, as in `LifecycleHandler "shared"`. */
    readonly subject: string,
    /** Everything that is wrong with the arguments. */
    readonly violations: readonly Violation[],
  ) {
    super(`${subject} cannot be made:\n${violations.map((one) => `  ${explain(one)}`).join("\n")}`);
    this.name = "InvalidArguments";
    // Pulumi shows the stack of any error that is thrown once the program has been read, as errors about outputs are.
    this.stack = undefined;
  }
}

/**
 * Checks arguments before anything is made of them.
 * @throws InvalidArguments that lists everything that is wrong: argument, value, what is allowed, what to do.
 */
export function refuse<Given>(
  subject: string,
  checks: Readonly<Record<string, ArgumentCheck<Given>>>,
  given: Given,
): void {
  const violations = Object.values(checks).flatMap((find) => find(given));
  if (violations.length > 0) throw new InvalidArguments(subject, violations);
}

/**
 * The arguments of a component, ready for use: without null values, and checked before any resource is made of them,
 * first their types, then their values.
 * @throws InvalidArguments that lists everything that is wrong.
 */
export function accept<Args>(
  component: Component,
  checks: Readonly<Record<string, ArgumentCheck<{ readonly name: string; readonly args: Args }>>>,
  name: string,
  args: Args,
): Args {
  const subject = subjectOf(component, name);
  const violations = [...nameViolations(name), ...shapeViolations(component, args)];
  if (violations.length > 0) throw new InvalidArguments(subject, violations);
  const given = withoutNulls(args);
  refuse(subject, checks, { name, args: given });
  return given;
}

/** How errors name a component, as in `LifecycleHandler "shared"`. */
export function subjectOf(component: Component, name: unknown): string {
  return typeof name === "string" ? `${component} "${name}"` : component;
}

function nameViolations(name: unknown): Violation[] {
  if (typeof name === "string") return [];
  return [{ argument: "name", value: name, allowed: "a text", cure: "Give the component a name." }];
}

function explain({ allowed, argument, cure, value }: Violation): string {
  return `${argument} is ${shown(value)}; it must be ${allowed}. ${cure}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "not given";
  const text = readable(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Values of programs in JavaScript may be anything. A symbol stands for a value that is described instead of shown. */
function readable(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "undefined":
      return "undefined";
    case "symbol":
      return value.description ?? "a symbol";
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : readableObject(value);
  }
}

function readableObject(value: object): string {
  if (pulumi.Output.isInstance(value)) return "an output";
  if (Array.isArray(value)) return `[${value.map(readable).join(", ")}]`;
  // Values that have names may be secret.
  const names = Object.keys(value);
  return names.length === 0 ? "{}" : `{ ${names.join(", ")} }`;
}
