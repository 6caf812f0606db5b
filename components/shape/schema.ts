import { definitions, type Schema } from "#arguments";
import type { Component } from "./component";
import type { Step } from "./path";

/** What a part of the arguments of a component may be, and whether it may be an output. */
export interface Expected {
  readonly schema: Schema;
  readonly description: string;
  readonly plain: boolean;
}

/** Looks up what the argument at a path may be; undefined for an unknown argument. */
export function expectedAt(component: Component, path: readonly Step[]): Expected | undefined {
  let found = expected({ $ref: `#/definitions/${component}` });
  for (const step of path) {
    const part = partOf(found.schema, step);
    if (part === undefined) return undefined;
    found = expected(part);
  }
  return found;
}

/** Paths of all arguments that have one of these names, as `expectedAt` would take them. */
export function pathsTo(
  component: Component,
  isName: (name: string) => boolean,
): readonly (readonly string[])[] {
  const search = (schema: Schema, above: readonly string[]): (readonly string[])[] =>
    Object.entries(expected(schema).schema.properties ?? {}).flatMap(([name, part]) => [
      ...(isName(name) ? [[...above, name]] : []),
      ...search(part, [...above, name]),
    ]);
  return search({ $ref: `#/definitions/${component}` }, []);
}

/** Says what an argument may be, to complete the sentence "it must be ...". */
export function inWords(schema: Schema): string {
  const { enum: members, items, type, ...rest } = expected(schema).schema;
  if (members !== undefined) return `one of ${members.join(", ")}`;
  if (rest.typeof !== undefined) return "a function";
  switch (type) {
    case "string":
      return "a text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "array":
      return `a list of ${several(items ?? {})}`;
    case "object":
      if (rest.properties === undefined)
        return `an object whose values are ${several(rest.additionalProperties || {})}`;
      return `an object with ${listed(Object.keys(rest.properties))}`;
    case undefined:
      return "a value";
  }
}

/** A list of names in words. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function several(schema: Schema): string {
  const { type } = expected(schema).schema;
  return type === "string" ? "texts" : type === "number" ? "numbers" : "objects";
}

function expected(schema: Schema): Expected {
  const known = schema.else ?? schema;
  const name = known.$ref?.split("/").at(-1);
  return {
    schema: name === undefined ? known : (definitions[name] ?? {}),
    description: schema.description ?? "",
    plain: schema.else === undefined,
  };
}

function partOf({ additionalProperties, items, properties }: Schema, step: Step): Schema | undefined {
  if (typeof step === "number") return items;
  return properties?.[step] ?? (additionalProperties || undefined);
}
