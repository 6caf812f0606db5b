import { validators, type ShapeError } from "#arguments";
import type { Component } from "./component";
import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../../timing";
import { knownArguments, type KnownArguments } from "./known";
import { nearestName, placesOf } from "./nearest";
import { pathOf, valueAt, written, type Step } from "./path";
import { expectedAt, inWords, listed, type Expected } from "./schema";

/** Finds what is missing, unknown or of a wrong type in the arguments of a component, at every depth. */
export function shapeViolations(component: Component, args: unknown): Violation[] {
  const known = knownArguments(args);
  const validate = validators[component];
  const errors = validate(known.value) ? [] : (validate.errors ?? []);
  const found = errors.flatMap((error) => violation(component, known, error));
  // The validator treats each symbol as an output.
  const strange = known.strange.flatMap((path) => ofWrongType(component, path, valueAt(known.value, path)));
  return [...found, ...strange.filter(({ argument }) => found.every((one) => one.argument !== argument))];
}

function violation(component: Component, known: KnownArguments, error: ShapeError): Violation[] {
  const path = pathOf(known.value, error.instancePath);
  const value = valueAt(known.value, path);
  const { additionalProperty, missingProperty } = error.params;
  switch (error.keyword) {
    case "required":
      return missingProperty === undefined ? [] : missing(component, [...path, missingProperty]);
    case "additionalProperties":
      // A resource has more outputs than the argument asks for.
      if (additionalProperty === undefined || known.resources.has(value)) return [];
      return unknown(component, path, additionalProperty, valueAt(value, [additionalProperty]));
    case "type":
    case "enum":
    case "typeof":
      return ofWrongType(component, path, known.resources.get(value) ?? value);
    default:
      // A failure inside a condition has an error of its own.
      return [];
  }
}

function missing(component: Component, path: readonly Step[]): Violation[] {
  const expected = expectedAt(component, path);
  if (expected === undefined) return [];
  return [
    {
      argument: written(path),
      value: undefined,
      allowed: inWords(expected.schema),
      cure: `Give it: ${expected.description}`,
    },
  ];
}

function unknown(component: Component, path: readonly Step[], name: string, value: unknown): Violation[] {
  const names = Object.keys(expectedAt(component, path)?.schema.properties ?? {});
  const owner = path.length === 0 ? component : written(path);
  return [
    {
      argument: written([...path, name]),
      value: typeof value === "string" && /password|secret|token|key/i.test(name) ? hidden(value) : value,
      allowed: `left out or renamed: ${owner} has no such argument`,
      cure: suggestion(component, path, name, names),
    },
  ];
}

function suggestion(
  component: Component,
  path: readonly Step[],
  name: string,
  names: readonly string[],
): string {
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `Did you mean ${written([...path, nearest])}?`;
  const places = placesOf(component, name);
  if (places.length > 0) return `Did you mean ${places.join(" or ")}?`;
  return `Its arguments are ${listed(names)}.`;
}

function ofWrongType(component: Component, path: readonly Step[], value: unknown): Violation[] {
  const expected = expectedAt(component, path);
  if (expected === undefined) return [];
  const { plain, schema } = expected;
  const words = path.length === 0 ? "an object with arguments" : inWords(schema);
  return [
    {
      argument: path.length === 0 ? "args" : written(path),
      value: path[0] === "environment" ? hidden(value) : shown(value),
      allowed: typeof value === "symbol" && plain ? `${words} as a plain value` : words,
      cure: cure(value, expected),
    },
  ];
}

function cure(value: unknown, { description, plain, schema: { enum: members, type } }: Expected): string {
  if (typeof value === "symbol" && plain)
    return "Outputs are known too late: give what the program or its configuration says.";
  if (pulumi.Resource.isInstance(value)) return "Give one of its outputs, id or arn for one.";
  if (type === "array" && !Array.isArray(value)) return "Put it in square brackets.";
  if (type === "string" && ["number", "boolean"].includes(typeof value)) return "Put it in quotes.";
  if ((type === "number" || type === "boolean") && typeof value === "string")
    return "Give it without quotes.";
  if (members !== undefined) return "Take one of these.";
  return description === "" ? "Change it, or leave it out." : `Its documentation says: ${description}`;
}

function shown(value: unknown): unknown {
  return pulumi.Resource.isInstance(value) ? Symbol(`a resource (${value.constructor.name})`) : value;
}

/** Shows only the type of a value that may be secret. */
function hidden(value: unknown): unknown {
  return typeof value === "symbol" || value === undefined || value === null
    ? value
    : Symbol(`of type ${Array.isArray(value) ? "list" : typeof value}`);
}
