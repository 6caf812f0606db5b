import assert from "node:assert/strict";
import * as path from "node:path";
import { root } from "./support/deployment";
import { UserProject } from "./support/project";

/** Folders from top to bottom, each with the folders that it may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["program", "components"],
  program: ["components"],
  cli: ["stack", "simulator", "evaluate", "policy", "handler", "contract", "timing"],
  stack: ["simulator", "evaluate", "components", "contract", "timing"],
  components: ["contract", "timing"],
  handler: ["contract", "timing"],
  policy: ["contract", "timing"],
  simulator: ["contract", "timing"],
  evaluate: [],
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

/** Matches the files of a folder, or a single file. */
function within(folder: string): string {
  return `^${folder.replace(".", "\\.")}(/|$)`;
}

const layers: Rule[] = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder} imports only ${allowed.join(", ") || "itself"}`,
  severity: "error",
  from: { path: within(folder) },
  to: { path: folders.filter((one) => one !== folder && !allowed.includes(one)).map(within) },
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
    name: "only the handler's part for AWS, its entry and the commands on an account import the AWS SDK",
    severity: "error",
    from: { pathNot: "^(handler/(aws/|lambda)|cli/account/)" },
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
  {
    name: "only the commands on an account load the handler, which needs the AWS SDK",
    severity: "error",
    from: { path: "^cli", pathNot: "^cli/account/" },
    to: { path: "^handler" },
  },
  { name: "there are no circles", severity: "error", from: {}, to: { circular: true } },
];

/** Files and imports that the rules about packages refuse. */
const refusedImports: readonly (readonly [file: string, imported: string])[] = [
  ["timing/planted.ts", "node:os"],
  ["handler/planted.ts", "@pulumi/pulumi"],
  ["contract/planted.ts", "@pulumi/aws"],
  ["handler/sweep/planted.ts", "@aws-sdk/client-ssm"],
  ["simulator/planted.ts", "@aws-sdk/client-auto-scaling"],
  ["components/planted.ts", "@aws-sdk/client-ssm"],
  ["cli/planted.ts", "@aws-sdk/client-ssm"],
  ["cli/planted.ts", "../handler"],
  ["index.ts", "./components/arn"],
  ["program/planted.ts", "../components/arn"],
  ["components/planted.ts", "@pulumi/awsx"],
  ["evaluate/planted.ts", "@pulumi/awsx"],
  ["policy/rules/planted.ts", "@pulumi/aws"],
  ["policy/planted.ts", "@pulumi/pulumi"],
  ["policy/rules/planted.ts", "@pulumi/policy"],
  ["evaluate/planted.ts", "./planted"],
];

const forbiddenArrows = folders.flatMap((from) =>
  folders.filter((to) => to !== from && !mayImport[from]?.includes(to)).map((to) => [from, to] as const),
);

/** Imports that break a rule, as `file -> imported file`, in a tree of folders. */
async function violations(baseDir: string): Promise<{ cruised: number; found: string[] }> {
  const { cruise } = await import("dependency-cruiser");
  const { output } = await cruise(
    folders,
    {
      baseDir,
      ruleSet: { forbidden: [...layers, ...packages] },
      doNotFollow: { path: "node_modules" },
      tsPreCompilationDeps: true,
      validate: true,
    },
    undefined,
    { tsConfig: undefined },
  );
  assert.ok(typeof output === "object");
  const { summary } = output;
  return {
    cruised: summary.totalCruised,
    found: summary.violations.map(({ from, rule, to }) => `${rule.name}: ${path.normalize(from)} -> ${to}`),
  };
}

describe("the architecture", function () {
  this.timeout(60_000);

  it("has imports that point down only", async () => {
    const { cruised, found } = await violations(root);

    assert.ok(cruised > 50, `${cruised} files`);
    assert.deepEqual(found, []);
  });

  it("refuses each import between folders that does not point down", async () => {
    const found = await violationsOf(
      forbiddenArrows.map(([from, to]) => {
        const file = from.endsWith(".ts") ? from : `${from}/to-${to.replace(".ts", "")}.ts`;
        return [file, `${from.endsWith(".ts") ? "./" : "../"}${to.replace(".ts", "")}`] as const;
      }),
    );

    for (const [from, to] of forbiddenArrows)
      assert.ok(
        found.some((line) => line.startsWith(`${ruleOf(from)}: ${from}`) && line.includes(` -> ${to}`)),
        `${from} -> ${to}`,
      );
  });

  for (const [file, imported] of refusedImports)
    it(`refuses ${imported} in ${file}`, async () => {
      const found = await violationsOf([[file, imported]]);

      assert.equal(found.length > 0, true);
      for (const line of found) assert.ok(line.includes(`: ${file} -> `), line);
    });

  it("passes imports that point down", async () => {
    const allowed = folders.flatMap((from) =>
      (mayImport[from] ?? []).map((to) =>
        from === "cli" && to === "handler"
          ? (["cli/account/to-handler.ts", "../../handler"] as const)
          : ([`${from}/to-${to}.ts`, `../${to}`] as const),
      ),
    );

    assert.deepEqual(await violationsOf(allowed.filter(([file]) => !file.startsWith("index.ts"))), []);
  });
});

function ruleOf(folder: string): string {
  return `${folder} imports only ${mayImport[folder]?.join(", ") || "itself"}`;
}

/** The violations of a tree with every folder and only the given imports. */
async function violationsOf(
  imports: readonly (readonly [file: string, imported: string])[],
): Promise<string[]> {
  const project = new UserProject();
  try {
    const files = new Map<string, string>(
      folders.map((folder) => [folder.endsWith(".ts") ? folder : `${folder}/index.ts`, "export {};\n"]),
    );
    files.set("components/arn.ts", "export {};\n");
    for (const [file, imported] of imports)
      files.set(file, `${files.get(file) ?? ""}import ${JSON.stringify(imported)};\n`);
    for (const [file, text] of files) project.write(file, text);
    project.link("node_modules", path.relative(project.folder, path.join(root, "node_modules")));
    return (await violations(project.folder)).found;
  } finally {
    project.remove();
  }
}
