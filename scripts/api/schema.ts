import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import * as path from "node:path";
import packageJson from "../../package.json";
import { analyze } from "../analyze";

export const root = path.resolve(__dirname, "../..");

/** Schema of the components, as Pulumi gives it to other languages, as text. It names no versions, which releases change. */
export function componentSchema(): string {
  const { components, dependencies, typeDefinitions } = analyze(root);
  const schema = generateSchema(
    packageJson.name,
    "",
    packageJson.description,
    components,
    typeDefinitions,
    dependencies.map(({ name }) => ({ name })),
  );
  return `${JSON.stringify(sorted({ ...schema, version: undefined }), undefined, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
