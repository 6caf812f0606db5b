import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { exemptShare, failureLines, isTooMuchExempt, outcomeLines } from "./generator/report";
import { drawRun } from "./generator/run";
import { add, minimize, nothing, playSeries } from "./generator/series";
import { root } from "../support/deployment";

describe("chaos", function () {
  this.timeout(240_000);

  it("breaks no promise in sixty-four runs", async () => {
    const outcome = await playSeries({ seed: "b", first: 0, count: 64, withSweep: true });

    assert.deepEqual(outcome.failures, []);
    assert.equal(outcome.runs, 64);
    assert.ok(outcome.actions > 150, `${outcome.actions} actions`);
    assert.ok(outcome.combinations.length > 40, `${outcome.combinations.length} combinations`);
    assert.ok(outcome.stacks.length > 30, `${outcome.stacks.length} stacks`);
    assert.ok(exemptShare(outcome) <= 5, outcomeLines(outcome, 0).join("\n"));
  });

  it("breaks promises without the sweep, and says how to replay a failure", async () => {
    const series = { seed: "without a sweep", first: 0, count: 12, withSweep: false };
    const { failures } = await playSeries(series);
    const [failure] = failures;
    assert.ok(failure);
    const minimal = await minimize(failure, false);
    const lines = failureLines(minimal, false);

    assert.ok(failures.some(({ broken }) => broken.some(({ promise }) => promise === "P4")));
    assert.ok(minimal.run.faults.length <= failure.run.faults.length);
    assert.match(lines[0] ?? "", /P\d+ is broken: /);
    assert.match(lines.slice(3).join("\n"), /Terminating: /);
    const [, command = ""] = /replay: (.*)$/.exec(lines[2] ?? "") ?? [];
    const replay = spawnSync("sh", ["-c", command], { cwd: root, encoding: "utf8" });
    assert.equal(replay.status, 1, replay.stderr);
    for (const line of lines) assert.ok(replay.stdout.includes(line), `${line}\n${replay.stdout}`);
  });

  it("counts a crowd that shares one fault once in the share of exempt actions", () => {
    const crowd = {
      ...nothing,
      runs: 1,
      actions: 60,
      exempt: { "AWS was unreachable": 60 },
      exemptShares: 1,
    };
    const others = {
      ...nothing,
      runs: 49,
      actions: 98,
      exempt: { "the machine was gone": 1 },
      exemptShares: 0.5,
    };
    const outcome = add(crowd, others);

    assert.equal(exemptShare(outcome), 3);
    assert.match(
      outcomeLines(outcome, 0).join("\n"),
      /^3\.00 % of the actions of a run are exempt on average/m,
    );
    assert.equal(exemptShare(nothing), 0);
  });

  it("judges the share of exempt actions by enough runs", () => {
    const outcome = (runs: number, exemptShares: number) => ({ ...nothing, runs, exemptShares });

    assert.ok(!isTooMuchExempt(outcome(199, 100)));
    assert.ok(!isTooMuchExempt(outcome(200, 10)));
    assert.ok(isTooMuchExempt(outcome(200, 10.5)));
  });

  it("draws the same run for the same seed and number", () => {
    assert.deepEqual(drawRun("1", 7), drawRun("1", 7));
    assert.notDeepEqual(drawRun("1", 7).seed, drawRun("1", 8).seed);
  });
});
