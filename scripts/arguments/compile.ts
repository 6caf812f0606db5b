import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone";
import withTypeof from "ajv-keywords/dist/keywords/typeof";
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { ArgumentsSchema } from "./schema";

/**
 * Compiles the validators, so that a program that uses the components needs no compiler of schemas, and bundles them with
 * what names the nearest argument; writes the types of both and the schema itself beside them.
 */
export async function compile(schema: ArgumentsSchema, folder: string): Promise<void> {
  const { components, ...jsonSchema } = schema;
  const ajv = new Ajv({ allErrors: true, inlineRefs: false, code: { esm: true, source: true } });
  withTypeof(ajv);
  ajv.addSchema(jsonSchema);
  const refs = components.map((name) => [name, `${schema.$id}#/definitions/${name}`] as const);
  await build({
    stdin: {
      contents: [
        standaloneCode(ajv, Object.fromEntries(refs)),
        `export const validators = { ${components.join(", ")} };`,
        `export const definitions = ${JSON.stringify(schema.definitions)};`,
        'export { distance } from "fastest-levenshtein";',
      ].join("\n"),
      resolveDir: folder,
    },
    outfile: path.join(folder, "validators.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    minify: true,
    logLevel: "warning",
  });
  writeFileSync(path.join(folder, "validators.d.ts"), declarations(components));
}

function declarations(components: readonly string[]): string {
  return [
    readFileSync(path.join(__dirname, "schema.ts"), "utf8"),
    "/** Something that is wrong with arguments, as the validator found it. */",
    "export interface ShapeError {",
    "  readonly keyword: string;",
    "  /** JSON Pointer of the argument. */",
    "  readonly instancePath: string;",
    "  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string };",
    "}",
    "export interface Validator {",
    "  (value: unknown): boolean;",
    "  readonly errors?: readonly ShapeError[] | null;",
    "}",
    `export type Component = ${components.map((name) => JSON.stringify(name)).join(" | ")};`,
    "export declare const validators: Readonly<Record<Component, Validator>>;",
    'export declare const definitions: ArgumentsSchema["definitions"];',
    "/** How many letters have to be changed to make one text of another. */",
    "export declare function distance(one: string, other: string): number;",
    "",
  ].join("\n");
}
