import assert from "node:assert/strict";
import * as path from "node:path";
import { root } from "./support/deployment";

/** Folders from the top of the house to its ground, and what each may import of the others. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["program", "components"],
  program: ["components"],
  components: ["contract", "timing"],
  handler: ["contract", "timing"],
  policy: ["contract", "timing"],
  rehearsal: ["components", "handler", "contract", "timing"],
  contract: ["timing"],
  timing: [],
};

/** A rule of dependency-cruiser. */
interface Rule {
  name: string;
  severity: "error";
  from: { path?: string; pathNot?: string };
  to: { path?: string | string[]; pathNot?: string; circular?: boolean; dependencyTypesNot?: "type-only"[] };
}

const folders = Object.keys(mayImport);

const layers: Rule[] = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder} imports only ${allowed.join(", ") || "itself"}`,
  severity: "error",
  from: { path: `^${folder}` },
  to: { path: folders.filter((one) => one !== folder && !allowed.includes(one)).map((one) => `^${one}`) },
}));

const packages: Rule[] = [
  {
    name: "timing imports nothing at all",
    severity: "error",
    from: { path: "^timing" },
    to: { pathNot: "^timing" },
  },
  {
    name: "nothing in the handler imports Pulumi",
    severity: "error",
    from: { path: "^(handler|contract)" },
    to: { path: "node_modules/@pulumi" },
  },
  {
    name: "only the handler's part for AWS and its entry import the AWS SDK",
    severity: "error",
    from: { pathNot: "^handler/(aws/|lambda)" },
    to: { path: "node_modules/@aws-sdk" },
  },
  {
    name: "the program imports the public API alone, so that anybody may copy it",
    severity: "error",
    from: { path: "^(program|index\\.ts)" },
    to: { path: "^components/(?!index\\.ts$)" },
  },
  {
    name: "only the program imports awsx",
    severity: "error",
    from: { pathNot: "^program" },
    to: { path: "node_modules/@pulumi/awsx" },
  },
  {
    name: "no policy imports a provider's package, which would take seconds to load",
    severity: "error",
    from: { path: "^policy" },
    to: { path: "node_modules/@pulumi/(aws|awsx|pulumi)/" },
  },
  {
    name: "only the runnable pack loads the policy package, which importers of the rules need not have",
    severity: "error",
    from: { path: "^policy", pathNot: "^policy/pack" },
    to: { path: "node_modules/@pulumi/policy", dependencyTypesNot: ["type-only"] },
  },
  { name: "there are no circles", severity: "error", from: {}, to: { circular: true } },
];

describe("the architecture", function () {
  this.timeout(60_000);

  it("lets imports point down only", async () => {
    const { cruise } = await import("dependency-cruiser");
    const result = await cruise(
      folders,
      {
        baseDir: root,
        ruleSet: { forbidden: [...layers, ...packages] },
        doNotFollow: { path: "node_modules" },
        tsPreCompilationDeps: true,
        validate: true,
      },
      undefined,
      { tsConfig: undefined },
    );
    assert.ok(typeof result.output === "object");
    const { summary } = result.output;

    assert.ok(summary.totalCruised > 50, `${summary.totalCruised} files`);
    assert.deepEqual(
      summary.violations.map(({ from, rule, to }) => `${rule.name}: ${path.normalize(from)} -> ${to}`),
      [],
    );
  });
});
