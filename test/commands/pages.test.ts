import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import { handledBlocks } from "../support/commands";
import { root } from "../support/deployment";
import { blocksOf } from "../support/markdown";
import { run, succeed } from "../package/support/run";

/** A program whose stop script can run anywhere. */
const program = `import { GracefulAutoScalingGroup } from "graceful-asg";

new GracefulAutoScalingGroup("web", {
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  instance: {},
  minSize: 1,
  maxSize: 4,
  targetGroup: { port: 8080, deregistrationDelay: 60 },
  terminate: { script: "echo stopped", timeout: 120 },
  scriptLogs: true,
});
`;

describe("a block of commands in the pages", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "graceful-asg-commands-"));
  const places = { clone: path.join(scratch, "clone"), project: path.join(scratch, "project") };
  let tarball: string | undefined;
  const environment = readerOf(scratch);

  before(async () => {
    const listed = await succeed(root, ["git", "ls-files", "--cached", "--others", "--exclude-standard"]);
    for (const file of listed.stdout.split("\n").filter(Boolean))
      cpSync(path.join(root, file), path.join(places.clone, file), { recursive: true });
    execFileSync("git", ["init", "--quiet"], { cwd: places.clone });
    const policies = blocksOf("policy/README.md").find(({ language }) => language === "json");
    writeFileSync(path.join(places.clone, "policies.json"), policies?.text ?? "");
    mkdirSync(places.project);
    for (const [file, text] of Object.entries({
      "package.json": JSON.stringify({
        name: "reader",
        main: "index.ts",
        devDependencies: { typescript: "^5.9.0", "@types/node": "^20.0.0" },
      }),
      "Pulumi.yaml": "name: reader\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config:\n  aws:region: us-east-1\n",
      "index.ts": program,
    }))
      writeFileSync(path.join(places.project, file), text);
  });
  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  /** Packs the clone, and makes the stack that a reader has. */
  async function prepareProject(): Promise<string> {
    const { stdout } = await succeed(places.clone, [
      "npm",
      "pack",
      "--silent",
      "--pack-destination",
      scratch,
    ]);
    await succeed(places.project, ["bash", "-ec", "pulumi stack init dev"], environment);
    return path.join(scratch, stdout.trim().split("\n").at(-1) ?? "");
  }

  for (const { block, commands, handling } of handledBlocks()) {
    const name = `${block.page}:${block.line}: ${commands.split("\n").join("; ").slice(0, 80)}`;
    if (handling.kind !== "run") {
      const why = handling.kind === "part" ? `by .ci/run, ${handling.parts.join(" and ")}` : handling.because;
      it(`does not run here (${why}): ${name}`, () => {
        assert.notEqual(why, "");
      });
      continue;
    }
    it(`runs in a ${handling.where}: ${name}`, async () => {
      if (handling.where === "project") tarball ??= await prepareProject();
      const { code, output } = await run(
        places[handling.where],
        ["bash", "-ec", typed(commands, handling.instead, tarball)],
        environment,
      );

      assert.equal(code, handling.code ?? 0, output);
      assert.match(output, handling.says);
    });
  }
});

/** The environment of a reader, who has a home folder, an account, and says yes to `pulumi up`. */
function readerOf(home: string): Readonly<Record<string, string>> {
  return {
    HOME: home,
    npm_config_cache: path.join(homedir(), ".npm"),
    PULUMI_HOME: process.env["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi"),
    PULUMI_CREDENTIALS_PATH: home,
    // As if each block were typed into the same shell.
    PULUMI_CONFIG_PASSPHRASE: "choose-one",
    PULUMI_SKIP_CONFIRMATIONS: "true",
  };
}

function typed(commands: string, instead: Readonly<Record<string, string>> = {}, tarball = ""): string {
  let text = commands;
  for (const [find, replace] of Object.entries(instead)) {
    if (!text.includes(find))
      throw new Error(`${JSON.stringify(find)} is not in ${JSON.stringify(commands)}`);
    text = text.replaceAll(find, replace.replace("TARBALL", tarball));
  }
  return text;
}
