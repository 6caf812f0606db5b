import type { PropertyDefinition, TypeDefinition } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as path from "node:path";
import { analyze, components } from "../analyze";
import { readCallbacks, type Callbacks } from "./callbacks";
import type { ArgumentsSchema, Schema } from "./schema";

/**
 * Reads what the components take from their types, as Pulumi's own analyzer understands them: the description of the
 * arguments that other languages get too, and with it the callbacks, which only JavaScript can give.
 */
export function readArguments(root: string): ArgumentsSchema {
  const analyzed = analyze(root);
  const callbacks = readCallbacks(path.join(root, "components/arguments"));
  const roots = Object.entries(analyzed.components).map(
    ([name, { inputs }]) => [name, objectOf(inputs, callbacks[`${name}Args`])] as const,
  );
  const types = Object.entries(analyzed.typeDefinitions).map(
    ([name, type]) => [name, typeOf(type, callbacks)] as const,
  );
  return {
    $id: "graceful-asg",
    components,
    definitions: Object.fromEntries([...roots, ...types]),
  };
}

function typeOf(
  { enum: members, name, properties = {} }: TypeDefinition,
  callbacks: Readonly<Record<string, Callbacks>>,
): Schema {
  return members === undefined
    ? objectOf(properties, callbacks[name])
    : { enum: members.map(({ value }) => value) };
}

function objectOf(
  properties: Readonly<Record<string, PropertyDefinition>>,
  callbacks: Callbacks = {},
): Schema {
  return {
    type: "object",
    properties: {
      ...Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, argument(one)])),
      ...Object.fromEntries(
        Object.entries(callbacks).map(([name, description]) => [
          name,
          { description: firstSentence(description), typeof: "function" },
        ]),
      ),
    },
    required: Object.keys(properties).filter((name) => properties[name]?.optional !== true),
    additionalProperties: false,
  };
}

/** An argument that need not be plain may be an output. */
function argument(definition: PropertyDefinition): Schema {
  const { description = "", plain = false } = definition;
  const known = knownArgument(definition);
  return {
    description: firstSentence(description),
    ...(plain ? known : { if: { typeof: "symbol" }, else: known }),
  };
}

function knownArgument(definition: PropertyDefinition): Schema {
  if ("$ref" in definition) return { $ref: `#/definitions/${localName(definition.$ref)}` };
  const { additionalProperties, items, type } = definition;
  switch (type) {
    case "string":
    case "number":
    case "boolean":
      return { type };
    case "array":
      return { type, items: argument(present(items)) };
    case "object":
      return { type, additionalProperties: argument(present(additionalProperties)) };
    case "integer":
      throw new Error("the analyzer knows no integers in TypeScript");
  }
}

function localName(ref: string): string {
  const [, name] = /^#\/types\/graceful-asg:index:(\w+)$/.exec(ref) ?? [];
  if (name === undefined)
    throw new Error(`no argument was of type ${ref} so far: say what the validator takes for it`);
  return name;
}

function present(definition: PropertyDefinition | undefined): PropertyDefinition {
  if (definition === undefined) throw new Error("a list or a map without the type of what is in it");
  return definition;
}

function firstSentence(description: string): string {
  return description.replaceAll(/\s+/g, " ").split(/(?<=\.) /)[0] ?? "";
}
