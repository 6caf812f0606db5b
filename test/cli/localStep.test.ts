import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { scriptFor } from "../../components/documents";
import { root } from "../support/deployment";
import { signalGroup } from "../support/signal";

/** A program that runs the text of a step as the command line does. */
const program = `
const [text, folder] = process.argv.slice(1);
void require("./cli/rehearsal/localStep").runStep(require("fs").readFileSync(text, "utf8"), folder, folder)
  .then((code) => { process.exitCode = code; });`;

const parameters: Readonly<Record<string, string>> = { action: "a", hook: "hook", meant: "yes" };

(process.platform === "linux" ? describe : describe.skip)("a step that is run locally", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a script as a command in a terminal, in a foreground group of its own. */
  const start = (script: string) => {
    const text = path.join(folder, "text");
    const step = scriptFor({
      transition: "terminate",
      script: { platform: "Linux", text: script },
      times: { timeout: 60 },
    });
    writeFileSync(
      text,
      step
        .replaceAll(/\{\{ (\w+) \}\}/g, (_, name: string) => parameters[name] ?? "")
        .replace(/^PLACES=.*$/m, `PLACES="${folder}/state"`),
    );
    const child = spawn(
      process.execPath,
      ["--require", "ts-node/register/transpile-only", "--eval", program, text, folder],
      { cwd: root, detached: true, stdio: ["ignore", "pipe", "inherit"] },
    );
    let output = "";
    child.stdout.setEncoding("utf8");
    const said = (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        child.stdout.on("data", (chunk: string) => {
          output += chunk;
          if (pattern.test(output)) resolve();
        });
      });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    const ctrlC = () => {
      signalGroup(child, "SIGINT");
    };
    return { ctrlC, ended, said };
  };

  it("ends at Ctrl-C, with its script and all processes that the script has started", async () => {
    const pids = path.join(folder, "pids");
    const asked = path.join(folder, "asked");
    const { ctrlC, ended, said } = start(
      [
        `trap 'touch ${asked}; exit 0' TERM`,
        `(trap '' TERM; while :; do sleep 1; done) & echo $! > ${pids}`,
        "echo up",
        "wait",
      ].join("\n"),
    );
    await said(/^up$/m);
    ctrlC();

    assert.equal(await ended, 130);
    assert.equal(readFileSync(asked, "utf8"), "");
    assert.ok(!isRunning(Number(readFileSync(pids, "utf8"))), "what the script has started goes on");
  });
});

/** A process that is dead may still be listed, as a zombie. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
