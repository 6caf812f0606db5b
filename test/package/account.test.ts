import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { readProject } from "../../evaluate/project";
import type { World } from "../../simulator";
import { readStack } from "../../stack";
import { runBuilt } from "../support/account/built";
import { root } from "../support/deployment";
import { TestBed } from "../support/testBed";

// These tests are among the tests of the package, which are the only tests that begin with a whole build.
describe("the built command line on an account", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "graceful-asg-account-"));
  let world: World;
  let bed: TestBed;
  before(async () => {
    ({ world } = await readStack(readProject(root, "dev")));
  });
  beforeEach(async () => {
    bed = await TestBed.open({ world: () => world });
    bed.simulator.autoScaling.populate(bed.group, 2);
  });
  afterEach(() => bed.close());
  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  const name = () => bed.group.settings.name;
  const completions = () =>
    bed
      .of("action")
      .flatMap(({ by, phase, transition }) => (phase === "completed" ? [{ by, transition }] : []));

  it("scales in for real, as its rehearsal predicts, and explains afterwards what became of the instance", async () => {
    const file = path.join(scratch, "drill.json");

    const { code, errors, output } = await runBuilt(bed, [
      "drill",
      "--yes",
      "--stack",
      "dev",
      "--report",
      file,
    ]);

    assert.equal(code, 0, output + errors);
    assert.equal(errors, "");
    assert.match(output, /^A scale-in of 1 instance of web-\w+ \(us-east-1\), for real\n/);
    assert.match(output, /\n {2}deregistration +3\d\.\d s +\d+\.\d to 3\d\.\d s +within\n/);
    assert.match(
      output,
      /\nThe scale-in of 1 instance went as promised\. \(\d+ AWS calls of this command\)\n/,
    );
    assert.ok(output.endsWith(`\nThe report is in ${file}\n`));
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    assert.equal(report.verdict, "kept");
    assert.equal(report.predictedFrom, "rehearsal");
    for (const { phase, predicted, verdict } of report.phases) {
      assert.ok(predicted !== undefined, phase);
      assert.equal(verdict, "within", phase);
    }

    const [gone = ""] = report.plan.chosen;
    const explained = await runBuilt(bed, ["explain", gone, "--group", name()]);
    assert.equal(explained.code, 0, explained.errors);
    assert.match(
      explained.output,
      /^i-\w+ of web-\w+ .*\nIt is in no group any more\.\n\nTermination, .*: stopped cleanly\n/,
    );
  });

  it("leaves everything to the handler on Ctrl-C", async () => {
    const left = await runBuilt(bed, ["drill", "--yes"], "the stop script starts");

    assert.equal(left.code, 1, left.output);
    assert.equal(left.errors, "");
    assert.match(
      left.output,
      /\nYou have left\. Nothing was undone: 1 instance of web-\w+ is under way, and the handler takes it to the end by itself\.\n {2}i-\w+ {2}Terminating:Wait\nTo see on: graceful-asg status --group web-\w+ --watch, or graceful-asg explain i-\w+\n$/,
    );
    assert.deepEqual(
      completions().filter(({ transition }) => transition === "terminate"),
      [],
    );

    const status = await runBuilt(bed, ["status"]);
    assert.match(
      status.output,
      /^web-\w+: \d of 3 instances wait .*\n.*\n(.*\n)* +i-\w+ +graceful-terminate-sns .* waits: the script is running$/m,
    );
    assert.equal(status.code, 0);

    await bed.pass(120);
    assert.deepEqual(
      completions().filter(({ transition }) => transition === "terminate"),
      [{ by: "call", transition: "terminate" }],
    );
  });

  for (const [what, { args, says }] of Object.entries({
    "an instance that nobody knows": {
      args: ["explain", "i-00000000000000000"],
      says: /^error: INSTANCE is i-00000000000000000, which is in no Auto Scaling group of us-east-1; .*\n$/,
    },
    "a drill to which nobody can agree": {
      args: ["drill"],
      says: /^error: A drill asks before it changes anything, and nobody is at this terminal to answer\. Give --yes\.\n$/,
    },
    "a report that cannot be written": {
      args: ["drill", "--yes", "--report", "absent/drill.json"],
      says: /^error: --report absent\/drill\.json cannot be written .*\n$/,
    },
  }))
    it(`says in one sentence what is wrong: ${what}`, async () => {
      const { code, errors, output } = await runBuilt(bed, args);

      assert.equal(code, 1);
      assert.equal(output, "");
      assert.match(errors, says);
    });
});

/** What the tests read of a report. */
interface Report {
  readonly verdict: string;
  readonly predictedFrom: string;
  readonly plan: { readonly chosen: readonly string[] };
  readonly phases: readonly {
    readonly phase: string;
    readonly predicted?: object;
    readonly verdict: string;
  }[];
}
