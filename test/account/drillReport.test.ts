import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Predictor } from "../../cli/rehearsal/prediction";
import { drillAt, linesOf, openGroup, reportIn, type DrillReport } from "../support/account/drilling";
import type { TestBed } from "../support/testBed";

describe("graceful-asg drill", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  describe("compared with a rehearsal", () => {
    const range = (max: number) => ({ min: 0, max });
    const predictor = (script: number): Predictor & { readonly played: (number | undefined)[] } => {
      const played: (number | undefined)[] = [];
      return {
        played,
        notes: ["It is assumed."],
        play: (seconds) => {
          played.push(seconds);
          return Promise.resolve({ toHook: range(1), script: range(script), whole: range(60) });
        },
      };
    };

    it("says which phases are slower, and plays the script for as long as it took", async () => {
      bed = await openGroup();
      const fast = predictor(5);

      const shown = await drillAt(bed, {}, { predict: () => Promise.resolve(fast) });

      const text = linesOf(bed, shown).join("\n");
      assert.match(text, /note: It is assumed\.\n/);
      assert.match(text, /predicted from a rehearsal of the stack\n/);
      assert.match(text, /the stop script {2}0\.0 to 5\.0 s {2}23\.9 s {2}slower\n/);
      assert.match(text, /the whole scale-in {2}0\.0 to 60\.0 s {2}55\.9 s {2}within\n/);
      assert.match(text, /from its end to the completion {2}- {2}0\.0 to 2\.7 s {2}not seen\n/);
      assert.deepEqual(fast.played.map(Math.round as (value: number | undefined) => number), [24]);
    });
  });

  describe("with a report", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
    after(() => {
      rmSync(folder, { recursive: true });
    });

    it("writes what it has seen, with the facts about AWS that it settles, as JSON", async () => {
      bed = await openGroup({ args: { launch: { script: "ready", timeout: 60 } } });
      const file = path.join(folder, "drill.json");

      const shown = await drillAt(bed, { report: file });

      assert.match(shown.text, new RegExp(`The report is in ${file}$`));
      const { facts, ...report } = JSON.parse(readFileSync(file, "utf8")) as DrillReport;
      assert.equal(report.schemaVersion, 1);
      assert.equal(report.verdict, "kept");
      assert.equal(report.timeline.length > 8, true);
      const value = (name: string) => facts.find((one) => one.name === name)?.value;
      const between = (name: string, least: number, most: number) => {
        const found = value(name);
        assert.ok(typeof found === "object" && "min" in found, name);
        assert.ok(found.min >= least && found.max <= most && found.min <= found.max, JSON.stringify(found));
      };
      between("commandListLag", 0, 12);
      between("hookToCommand", 0, 35);
      between("decisionToActivity", 2, 6);
      between("activityToHook", 0, 7);
      between("launchToAgent", 15, 50);
      between("launchToCommand", 20, 50);
      assert.equal(value("failedCommands"), "not seen");
      assert.deepEqual(value("commandRecordEmpty"), ["InstanceName", "CommandPlugins"]);
      assert.deepEqual(value("commandParametersEmpty"), ["sessionWait", "meant"]);
      assert.deepEqual(value("activityStatusCodes"), [
        "MidTerminatingLifecycleAction",
        "Successful",
        "InProgress",
        "MidLifecycleAction",
      ]);
      assert.match(
        JSON.stringify(value("activityCauses")),
        /taken out of service in response to a user request/,
      );
    });

    it("writes it as Markdown where the name says so", async () => {
      bed = await openGroup();
      const file = path.join(folder, "drill.md");

      await drillAt(bed, { report: file });

      const text = readFileSync(file, "utf8");
      assert.match(
        text,
        /^# Scale-in of web-\w+ in us-east-1, 2026-01-01T12:00:0\d\.\d+Z\n\nThe scale-in .* went as promised\./,
      );
      assert.match(
        text,
        /\n\| P1 \| kept \| the stop script ends before the instance goes on \| the stop script ended /,
      );
      assert.match(text, /\n\| launchToCommand \| .* \| not seen \|\n/);
      assert.match(text, /\n## Timeline\n\n```\n {5}2\.7 s {2}i-\w+ {2}Terminating/);
    });

    it("prints the report in place of the lines with --json", async () => {
      bed = await openGroup();

      const report = reportIn(await drillAt(bed, { json: true }));

      assert.equal(report.verdict, "kept");
      assert.equal(report.plan.transition, "terminate");
      assert.equal("json" in report.plan, false);
      assert.equal(report.calls["TerminateInstanceInAutoScalingGroup"], 1);
    });
  });
});
