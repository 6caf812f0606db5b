import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import packageJson from "../../package.json";
import { root } from "../support/deployment";
import { sizeOf } from "./support/matrix";
import { run, succeed } from "./support/run";
import { pack, type Tarball } from "./support/tools";

const npmInstall = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefer-offline"];
const sdks = ["@pulumi/aws@7", "@pulumi/pulumi@3"];

/** Everything that the package exports, as a program and a policy pack take it. */
const program = `import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "graceful-asg";
import { gracefulPolicies, type PolicyChoices } from "graceful-asg/policy";

const choices: PolicyChoices = { "total-drain-time": { max: 900 } };
const args: Partial<GracefulAutoScalingGroupArgs> = { minSize: 1 };
export const all = [gracefulPolicies(choices), GracefulAutoScalingGroup, args];
// @ts-expect-error: types that are not found would allow anything
gracefulPolicies({ "no-such-rule": "mandatory" });
`;

describe("the tarball", () => {
  let scratch: string;
  let tarball: Tarball;
  before(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), "graceful-asg-consumers-"));
    tarball = await pack(scratch);
  });
  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  /** A project with packages of its own. */
  async function project(name: string, ...packages: string[]): Promise<string> {
    const folder = path.join(scratch, name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, private: true }));
    await succeed(folder, [...npmInstall, ...packages]);
    return folder;
  }

  it("passes publint and attw", async () => {
    await succeed(root, ["npx", "publint", "run", "--strict", tarball.file]);
    await succeed(root, ["npx", "attw", "--no-emoji", tarball.file]);
  });

  it("has compiled code and pages, and no sources, tests or chaos", () => {
    const strange = tarball.files.filter(
      (file) =>
        !/^(dist\/.*\.(js|d\.ts)|docs\/(design\/)?[\w-]+\.md|docs\/pictures\/[\w-]+\.svg|docs\/[\w-]+\.schema\.json|policy\/(package\.json|PulumiPolicy\.yaml|README\.md)|components\/documents\/(run-once|words\/\w+)\.[\w.]+|[A-Z]+(\.md)?|package\.json)$/.test(
          file,
        ) || file.includes("chaos"),
    );

    assert.deepEqual(strange, []);
    for (const file of [
      "dist/handler/core.js",
      "dist/policy/pack.js",
      "docs/changes.md",
      "LICENSE",
      "README.md",
    ])
      assert.ok(tarball.files.includes(file), file);
  });

  it("adds little to a project that has Pulumi", async () => {
    const folder = await project("added", "--legacy-peer-deps", tarball.file);
    const size = await sizeOf(path.join(folder, "node_modules"));

    console.log(`      ${(size / 1e6).toFixed(1)} MB installed, with what it depends on and without Pulumi`);
    assert.ok(size < 10e6, `${size} bytes`);
  });

  it("says in a sentence that the policy pack needs a package", async () => {
    const folder = await project("without-policy", tarball.file, ...sdks);
    const pack = path.join(folder, "node_modules/graceful-asg/policy");
    const host = path.join(folder, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    const { code, output } = await run(pack, [process.execPath, host, "127.0.0.1:1", pack]);

    assert.equal(code, 1);
    assert.match(output, /^[^\n]*npm install @pulumi\/policy\n$/);
  });

  it("compiles in every way in which TypeScript resolves modules", async () => {
    const folder = await project(
      "resolved",
      tarball.file,
      ...sdks,
      "@pulumi/policy@1",
      `typescript@${packageJson.devDependencies.typescript}`,
      "@types/node@20",
    );
    writeFileSync(path.join(folder, "index.ts"), program);
    const modules = { node: "commonjs", node16: "node16", nodenext: "nodenext", bundler: "es2022" };
    for (const [moduleResolution, module] of Object.entries(modules)) {
      // The declarations are the same in each way, and the check of them takes most of the time.
      const skipLibCheck = moduleResolution !== "node";
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: "es2020",
        module,
        moduleResolution,
        skipLibCheck,
      };
      const file = path.join(folder, `tsconfig.${moduleResolution}.json`);
      writeFileSync(file, JSON.stringify({ compilerOptions, files: ["index.ts"] }));
      const { output } = await run(folder, ["npx", "tsc", "-p", file]);
      // The types of @pulumi/policy 1.21 do not fit each other in any project.
      const own = output.split("\n").filter((line) => !line.startsWith("node_modules/@pulumi/policy/"));
      assert.deepEqual(own, [""], moduleResolution);
    }
  });

  it("has the files of the package that npm makes of a tag in git", async () => {
    const repository = path.join(scratch, "repository");
    copyRepository(repository);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: repository, stdio: "pipe" });
    git("init", "--quiet");
    git("add", "--all");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "all");
    git("tag", "v0");
    const folder = await project("of-git", `git+file://${repository}#v0`, ...sdks);
    const installed = path.join(folder, "node_modules/graceful-asg");
    const { stdout } = await succeed(folder, ["npx", "--no-install", "graceful-asg", "--version"]);

    assert.equal(stdout.trim(), packageJson.version);
    for (const file of tarball.files) assert.ok(readFileSync(path.join(installed, file)).length > 0, file);
  });
});

/** The files that git knows or would take. */
function copyRepository(copy: string): void {
  const options = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", options, { cwd: root, encoding: "utf8" });
  for (const file of listed.split("\n").filter(Boolean))
    cpSync(path.join(root, file), path.join(copy, file), { recursive: true });
}
