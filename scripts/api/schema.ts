import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import * as path from "node:path";
import packageJson from "../../package.json";

export const root = path.resolve(__dirname, "../..");

/** The components that other languages can use. */
const names = ["GracefulAutoScalingGroup", "GracefulLifecycle", "LifecycleHandler"];

/** What Pulumi's analyzer finds in the types of the components. */
export function analyze() {
  const entry = { ...packageJson, main: "index.ts" };
  return new Analyzer(path.join(root, "components"), packageJson.name, entry, new Set(names)).analyze();
}

/** Schema of the components, as Pulumi gives it to other languages, as text. It names no versions, which releases change. */
export function componentSchema(): string {
  const { components, dependencies, typeDefinitions } = analyze();
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
