import { definitions, type Component, type Schema } from "#arguments";
import * as pulumi from "@pulumi/pulumi";

/** Arguments with one mistake, and the beginning of the line that names the mistake. */
export interface Mistake {
  readonly title: string;
  readonly args: unknown;
  readonly begins: string;
}

/** Every mistake that can be made at every argument of a component, as its schema describes them. */
export function mistakesOf(component: Component): Mistake[] {
  return inObject(definitionOf({ $ref: component }), "", (args) => args);
}

/** Puts a part into arguments that are otherwise right. */
type Embed = (part: unknown) => unknown;

function inObject(schema: Schema, path: string, embed: Embed): Mistake[] {
  const whole = rightObject(schema);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const here = path === "" ? name : `${path}.${name}`;
    const put: Embed = (part) => embed({ ...whole, [name]: part });
    const required = schema.required?.includes(name) ?? false;
    const misspelt = embed({ ...whole, [`${name}x`]: 1 });
    return [
      {
        title: `${here} misspelt`,
        args: misspelt,
        begins: `${here}x is 1; it must be left out or renamed: `,
      },
      ...(required
        ? [undefined, null].map((nothing) => ({
            title: `${here} ${String(nothing)}`,
            args: put(nothing),
            begins: `${here} is not given; it must be `,
          }))
        : []),
      ...inValue(property, here, put),
    ];
  });
}

function inValue(property: Schema, path: string, put: Embed): Mistake[] {
  const schema = definitionOf(property.else ?? property);
  const wrong = (title: string, value: unknown, shown: string): Mistake => {
    return { title: `${path} ${title}`, args: put(value), begins: `${path} is ${shown}; it must be ` };
  };
  const [value, shown] = schema.type === "string" || schema.enum ? [5, "5"] : ["five", '"five"'];
  return [
    wrong("of a wrong type", value, path.startsWith("environment") ? `of type ${typeof value}` : shown),
    ...(schema.type === "number" ? [wrong("NaN", NaN, "NaN"), wrong("infinite", Infinity, "Infinity")] : []),
    ...(property.else === undefined
      ? [wrong("an output", pulumi.output(rightValue(schema)), "an output")]
      : []),
    ...(schema.properties ? inObject(schema, path, put) : []),
    ...(schema.items
      ? inValue(schema.items, `${path}[1]`, (item) => put([rightValue(schema.items ?? {}), item]))
      : []),
    ...(schema.additionalProperties
      ? inValue(schema.additionalProperties, `${path}.KEY`, (one) => put({ KEY: one }))
      : []),
  ];
}

/** The least value that the schema allows. */
function rightValue(given: Schema): unknown {
  const schema = definitionOf(given.else ?? given);
  const { enum: members, type } = schema;
  if (members !== undefined) return members[0];
  switch (type) {
    case "string":
      return "text";
    case "number":
      return 1;
    case "boolean":
      return true;
    case "array":
      return [];
    case "object":
      return rightObject(schema);
    case undefined:
      return () => undefined;
  }
}

function rightObject({ properties = {}, required = [] }: Schema): Readonly<Record<string, unknown>> {
  return Object.fromEntries(required.map((name) => [name, rightValue(properties[name] ?? {})]));
}

function definitionOf(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (definitions[schema.$ref.split("/").at(-1) ?? ""] ?? {});
}
