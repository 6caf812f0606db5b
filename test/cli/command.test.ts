import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { scriptIn } from "../../contract";
import { faults, faultsOf, rehearsable } from "../../simulator";
import { rehearse as playFaulty } from "../../cli/rehearsal/rehearsal";
import { readStack } from "../../stack";
import { summarize } from "../../cli/rehearsal/summary";
import { readProject } from "../../evaluate/project";
import { root } from "../support/deployment";

const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));

interface Said {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  /** Processor time, seconds. */
  readonly busy: number;
}

/** Arguments that `npm start` gives to Node.js: the module to load first, and the command to run. */
const preload = ["--require", "ts-node/register/transpile-only"];
const command = ["cli/main.ts", "rehearse"];

/** Runs the command as `npm start` does. */
function rehearse(...args: readonly string[]): Promise<Said> {
  const measured = [...preload, "--require", "./test/support/cpuTime.ts", ...command, ...args];
  const child = spawn(process.execPath, measured, {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  let busy = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  child.stdio[3]?.on("data", (chunk: Buffer) => (busy += chunk.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, output, errors, busy: Number(busy) });
    });
  });
}

/** A script of a word with its settings below the first line. */
function scriptOf(file: string, settings: readonly string[]): string {
  const [first = "", ...rest] = readFileSync(
    path.join(root, "components/documents/words", file),
    "utf8",
  ).split("\n");
  return [first, ...settings, ...rest].join("\n");
}

/** Runs a line of bash, whose pipes fail if any of their commands does. */
function runShell(line: string): { status: number | null; output: string; errors: string } {
  const { status, stderr, stdout } = spawnSync("bash", ["-o", "pipefail", "-c", line], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, output: stdout, errors: stderr };
}

describe("graceful-asg rehearse", function () {
  // The tests measure processor time where it matters; this timeout is for a busy machine.
  this.timeout(180_000);
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("plays a scale-in of the dev stack, start to end", async () => {
    const { busy, code, errors, output } = await rehearse();

    assert.equal(code, 0, errors);
    for (const line of [
      /^Rehearsing a scale-in of 3 instances of group web-\w+ in stack dev$/m,
      /33\.3 s {2}i-\w{6} {2}Terminating:Wait: it waits at graceful-terminate-sns$/m,
      /the stop script starts$/m,
      /the stop script ends with exit code 0$/m,
      /is completed with CONTINUE$/m,
      /^ {2}stopped cleanly {2}3$/m,
      /^ {2}SendCommand +3$/m,
      /^ {2}CompleteLifecycleAction +3$/m,
      /^ {2}at worst it may take 480 s$/m,
      /^ {2}each machine would be shut down .* no stop script runs$/m,
    ]) {
      assert.match(output, line);
    }
    assert.ok(!output.includes("\u001b"), "colours in spite of NO_COLOR");

    assert.ok(busy < 20, `took ${busy} s of a processor`);
  });

  it("plays a scale-out, waiting for the agent", async () => {
    const { code, output } = await rehearse("--transition", "launch", "--instances", "2");

    assert.equal(code, 0);
    assert.match(output, /SSM does not know the agent/);
    assert.match(output, /^ {2}in service {2}2$/m);
  });

  it("plays each fault that it lists", async () => {
    const { world } = await readStack(readProject(root, "dev"));
    const ends: string[] = [];
    for (const name of rehearsable) {
      const settings = {
        transition: "terminate",
        instances: 1,
        scriptSeconds: undefined,
        faults: [name],
        seed: "1",
        group: undefined,
      } as const;
      const { ends: end } = summarize(await playFaulty(world, settings));
      ends.push(`${name}: ${Object.keys(end).join()}`);
    }

    assert.deepEqual(ends, [
      "lost-hook-event: stopped cleanly",
      "repeated-hook-event: stopped cleanly",
      "late-hook-event: stopped cleanly",
      "lost-command-event: stopped cleanly",
      "repeated-command-event: stopped cleanly",
      "late-command-event: stopped cleanly",
      "lost-sweeps: stopped cleanly",
      "overlapping-sweeps: stopped cleanly",
      "repeated-sweeps: stopped cleanly",
      "foreign-messages: stopped cleanly",
      "throttling: stopped cleanly",
      "failing-calls: stopped cleanly",
      "unanswered-calls: stopped cleanly",
      "hanging-calls: stopped cleanly",
      "lost-answers: stopped cleanly",
      "slow-calls: stopped cleanly",
      "few-auto-scaling-calls: stopped cleanly",
      "few-commands: stopped cleanly",
      "ssm-outage: stopped cleanly",
      "auto-scaling-outage: stopped cleanly",
      "long-ssm-outage: ended without stop script",
      "long-auto-scaling-outage: stopped, but the hook timed out",
      "slow-lists: stopped cleanly",
      "unnamed-refusals: stopped cleanly",
      "denied-send: ended without stop script",
      "document-gone: ended without stop script",
      "function-crashes: stopped cleanly",
      "function-throttled: stopped cleanly",
      "slow-function-starts: stopped cleanly",
      "agent-away: ended without stop script",
      "agent-restart: stopped cleanly",
      "slow-agent: stopped cleanly",
      "no-agent: ended without stop script",
      "undelivered-command: stopped cleanly",
      "agent-fails-first: stopped cleanly",
      "agent-fails-second: stopped cleanly",
      "busy-agent: stopped cleanly",
      "long-busy-agent: ended without stop script",
      "late-step: stopped cleanly",
      "lost-report: stopped cleanly",
      "cancelled-command: stopped cleanly",
      "crash: stop script cut off",
      "machine-stopped: stop script cut off",
      "reboot: stop script cut off",
      "untagged-instance: ended without stop script",
      "spot-interruption: stopped cleanly",
      "no-logs-endpoint: stopped cleanly",
      "refused-script-logs: stopped cleanly",
      "script-fails: stop script failed (exit 1)",
      "script-overruns: stop script failed (exit 143)",
      "script-hangs: stop script failed (exit 137)",
      "early-drain: stopped cleanly",
      "other-hook: stopped cleanly",
      "abandoning-hook: stopped cleanly",
      "broken-topic: ended without stop script",
      "changed-hooks: stopped cleanly",
      "second-hook: stop script ran 2 times",
      "forged-event: stopped cleanly",
      "document-by-hand: stopped cleanly",
      "retirement: ended without stop script",
      "rebalance: stopped cleanly",
      "false-announcement: stopped cleanly",
    ]);
  });

  it("prints the same for the same seed, and something else for another seed", async () => {
    const [one, same, other] = await Promise.all(
      ["7", "7", "8"].map((seed) => rehearse("--json", "--seed", seed, "--fault", "throttling")),
    );

    assert.ok(one && same && other);
    assert.equal(one.output, same.output);
    assert.notEqual(one.output, other.output);
    assert.equal((JSON.parse(one.output) as { summary: { instances: number } }).summary.instances, 3);
  });

  it("shows a hundred instances in a bar and a summary", async () => {
    const { busy, code, output } = await rehearse("--instances", "100");

    assert.equal(code, 0);
    assert.match(output, /^ {2}stopped cleanly {2}100$/m);

    assert.ok(busy < 30, `took ${busy} s of a processor`);
  });

  it("draws pictures that need no other files", async () => {
    const svg = path.join(folder, "picture.svg");
    const html = path.join(folder, "picture.html");
    await rehearse("--picture", svg, "--instances", "2");
    const { output } = await rehearse("--picture", html, "--fault", "lost-hook-event");

    assert.match(output, /The picture is in /);
    const picture = readFileSync(svg, "utf8");
    assert.match(picture, /^<svg /);
    assert.match(picture, /<title>Scale-in of 2 instances of web-/);
    assert.match(picture, /prefers-color-scheme:dark/);
    assert.equal(
      picture.match(/class="script"/g)?.length,
      2 + 1,
      "a bar for each instance and one in the legend",
    );
    assert.doesNotMatch(picture, /NaN|undefined|https?:\/\/(?!www\.w3\.org)/);
    assert.match(readFileSync(html, "utf8"), /^<!doctype html>[\s\S]*<svg [\s\S]*mark lost[\s\S]*<table>/);
  });

  it("runs the script of the document on request", async () => {
    const { code, output } = await rehearse("--run-scripts");

    assert.match(output, /graceful-asg: the terminate script starts and may take 120 s/);
    assert.match(output, /graceful-asg: the terminate script ended with exit code (5|127|1|0)/);
    assert.equal(code === 0, /ended with exit code 0/.test(output));
  });

  it("prints the script of each transition on request, as it is", async () => {
    const { code, output } = await rehearse("--show-document");

    assert.equal(code, 0);
    const headings = output.split("\n").filter((line) => /^# (terminate|launch): /.test(line));
    assert.match(
      headings[0] ?? "",
      /^# terminate: document \S+, which stops the systemd unit application\.service$/,
    );
    assert.match(
      headings[1] ?? "",
      /^# launch: document \S+, which waits until http:\/\/localhost:8080\/health answers 200$/,
    );
    const [, stop = "", ready = ""] = output.split(/^# (?:terminate|launch): .*\n/m);
    assert.equal(
      stop,
      `${scriptOf("systemdUnit.sh", ["UNITS='application.service'", "TIME='109'", "ADJUST='yes'"])}\n`,
    );
    assert.match(ready, /^#!\/bin\/sh\nURL='http:\/\/localhost:8080\/health'\n/);
    for (const text of [stop, ready]) assert.equal(spawnSync("sh", ["-n"], { input: text }).status, 0);
  });

  it("prints the whole documents as JSON, in which the same scripts are", async () => {
    const { code, output } = await rehearse("--show-document", "--json");

    assert.equal(code, 0);
    const documents = JSON.parse(output) as Record<
      string,
      { name: string; content: { mainSteps: { inputs: { runCommand: string[] } }[] } }
    >;
    assert.deepEqual(Object.keys(documents), ["terminate", "launch"]);
    const step = documents["terminate"]?.content.mainSteps[0]?.inputs.runCommand.join("\n") ?? "";
    assert.match(scriptIn(step) ?? "", /^#!\/bin\/sh\nUNITS='application\.service'\n/);
  });

  it("prints a script of the user's own as it was written, and names the word in a rehearsal", async () => {
    const own = ["-c", "graceful-asg:terminateUnit=", "-c", "graceful-asg:terminateScript=stop {{ x }} $$"];
    const shown = await rehearse("--show-document", ...own);
    const played = await rehearse();

    assert.match(
      shown.output,
      /^# terminate: document \S+, which runs the terminate script .*\nstop \{\{ x \}\} \$\$\n\n# launch/,
    );
    assert.match(played.output, /^ {2}The terminate script stops the systemd unit application\.service\.$/m);
  });

  it("exits with 1 where a script did not run, with 0 where that is allowed, and names the alarm", async () => {
    const [refused, allowed] = await Promise.all([
      rehearse("--fault", "no-agent"),
      rehearse("--fault", "no-agent", "--allow-failures"),
    ]);

    assert.deepEqual([refused.code, allowed.code], [1, 0]);
    for (const { output } of [refused, allowed])
      assert.match(output, /^Alarms\n {2}web-handler-unclean-ends-\w+ {2}An instance went on without/m);
  });

  it("ends a scale-out that never succeeds when the requested instances have ended", async () => {
    const { code, output } = await rehearse("--transition", "launch", "--fault", "no-agent");

    assert.equal(code, 1);
    assert.match(output, /^ {2}ended without launch script {2}3$/m);
    assert.ok(output.split("\n").length < 200, output);
  });

  it("ends quietly when its reader closes the pipe", () => {
    const line = `${[process.execPath, ...preload, ...command].join(" ")} --json --instances 100 | head -n 1`;
    const { output, errors, status } = runShell(line);

    assert.deepEqual([status, output, errors], [0, "{\n", ""]);
  });

  for (const [args, line] of [
    [
      ["--instances", "0"],
      "option '--instances <number>' argument '0' is invalid. It must be a whole number from 1 to 5000.",
    ],
    [
      ["--script-seconds", "x"],
      "option '--script-seconds <seconds>' argument 'x' is invalid. It must be a whole number from 0 to 172800.",
    ],
    [
      ["--transition", "sideways"],
      "option '--transition <transition>' argument 'sideways' is invalid. Allowed choices are terminate, launch.",
    ],
    [
      ["--fault", "bad-luck"],
      `option '--fault <name>' argument 'bad-luck' is invalid. It must be one of ${rehearsable.join(", ")}.`,
    ],
    [
      ["--picture", "x.png"],
      "option '--picture <file>' argument 'x.png' is invalid. It must be the name of a file that ends in .svg or .html.",
    ],
    [
      ["--picture", "absent/x.svg"],
      "--picture absent/x.svg cannot be written (ENOENT). Name a file in a folder that exists.",
    ],
    [
      ["--show-document", "--run-scripts", "--transition", "launch", "--instances", "2"],
      "--show-document prints the script of each transition and plays nothing. Leave out --transition, --instances, --run-scripts.",
    ],
    [
      ["--run-scripts", "--json", "--fault", "throttling"],
      "--run-scripts runs the script once in this machine's shell and plays nothing. Leave out --json, --fault.",
    ],
    [
      ["--transition", "launch", "--fault", "early-drain"],
      `--fault is early-drain, which means nothing for launch; it must be one of ${faultsOf("launch").join(", ")}.`,
    ],
    [["--nonsense"], "unknown option '--nonsense'"],
    [["--group", "jobs"], '--group is "jobs"; it must be one of web-346622c.'],
  ] as const) {
    it(`says in one line what is wrong with ${args.join(" ")}`, async () => {
      const { code, errors } = await rehearse(...args);

      assert.equal(code, 1);
      assert.equal(errors.trim(), `error: ${line}`);
    });
  }

  it("lists every fault with its description", async () => {
    const { output } = await rehearse("--help");

    for (const name of rehearsable)
      assert.ok(output.includes(`${name} `) && output.includes(faults[name].simulates ?? "?"), name);
  });
});
