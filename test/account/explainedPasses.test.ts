import assert from "node:assert/strict";
import { extend, retry } from "../../cli/account";
import { OnFailure } from "../../components";
import { changed } from "../../simulator";
import { atSimulator } from "../support/account/atSimulator";
import { explainAt, explainedLines, idsIn, timelineIn } from "../support/account/explaining";
import { TestBed, withoutDrain } from "../support/testBed";

describe("graceful-asg explain", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  const lines = (instance?: string) => explainedLines(bed, instance === undefined ? {} : { instance });
  const titles = (all: readonly string[]) => all.filter((line) => /^(Launch|Termination), /.test(line));

  describe("of an instance that an operator holds", () => {
    /** The stop script fails after ten seconds, the first time. */
    beforeEach(async () => {
      bed = await TestBed.open({
        args: {
          targetGroup: { port: 80, deregistrationDelay: 0 },
          terminate: { script: "stop", timeout: 300, onFailure: OnFailure.Retain },
        },
        behaviour: (usual) =>
          changed(usual, {
            script: ({ run }) => ({ takes: 10_000, exitCode: run > 1 ? 0 : 3, heedsTerm: true }),
          }),
      });
      await bed.scaleIn(2, 1);
      await bed.pass(8);
      const [instance = ""] = idsIn(bed);
      await atSimulator(bed, (...to) => extend({ instance, for: 900_000, region: undefined }, ...to));
      await bed.pass(300);
    });
    const failed = [
      "  0 s  i-1  Terminating: it was selected; its target group deregisters it",
      "  0 s  i-1  Terminating:Wait: it waits at graceful-terminate-sns",
      "  1 s  handler  sends the document: the instance waits and no command is on its way",
      "  1 s  i-1  the document is sent",
      "  1 s  i-1  the stop script starts",
      "  11 s  i-1  the stop script ends with exit code 3",
      "  11 s  i-1  the command is Failed",
    ];
    const extended = [
      "  266 s  i-1  the wait at graceful-terminate-sns is extended by a heartbeat",
      "  266 s  handler  extends the hook: an operator holds the instance: until 2026-01-01T12:15:08Z; the script failed or ran too long",
    ];
    const held =
      "  12 s  handler  waits: an operator holds the instance: until 2026-01-01T12:15:08Z; the script failed or ran too long";

    it("says until when, and what the handler does when the hold ends", async () => {
      await bed.pass(900);
      const told = await lines();

      assert.deepEqual(titles(told), [
        "Termination, 2026-01-01 12:00:02 UTC to 2026-01-01 12:15:30 UTC, 15 min 27 s: retained for inspection",
      ]);
      assert.deepEqual(timelineIn(told), [
        ...failed,
        `${held} (13 times in 14 min 14 s)`,
        extended[0],
        `${extended[1]} (3 times in 8 min)`,
        "  506 s  i-1  the wait at graceful-terminate-sns is extended by a heartbeat",
        "  746 s  i-1  the wait at graceful-terminate-sns is extended by a heartbeat",
        "  927 s  handler  completes: the script failed or ran too long: retain",
        "  927 s  i-1  the action of graceful-terminate-sns is completed with ABANDON",
        "  927 s  i-1  Terminating:Retained: it is kept for inspection",
      ]);
    });

    it("tells of the run after a retry, while it goes on and when it has succeeded", async () => {
      const [instance = ""] = idsIn(bed);
      await atSimulator(bed, (...to) => retry({ instance, region: undefined }, ...to));
      await bed.pass(5);
      const again = [
        ...failed,
        `${held} (5 times in 3 min 14 s)`,
        ...extended,
        "  306 s  i-1  the document is sent",
        "  306 s  i-1  the stop script starts",
      ];
      assert.deepEqual(timelineIn(await lines()), again);
      await bed.pass(100);

      const told = await lines();
      assert.deepEqual(titles(told), [
        "Termination, 2026-01-01 12:00:02 UTC to 2026-01-01 12:05:49 UTC, 5 min 46 s: stopped cleanly, after 1 run that failed",
      ]);
      assert.deepEqual(timelineIn(told), [
        ...again,
        "  316 s  i-1  the stop script ends with exit code 0",
        "  317 s  i-1  the action of graceful-terminate-sns is completed with CONTINUE",
        "  317 s  handler  completes: the script succeeded",
        "  346 s  i-1  Terminated: it is gone",
      ]);
    });
  });

  describe("of an instance of a warm pool", () => {
    beforeEach(async () => {
      bed = await TestBed.open(
        withoutDrain({
          args: {
            launch: { script: "ready", timeout: 60 },
            maxSize: 1,
            warmPool: { maxGroupPreparedCapacity: 1, reuseOnScaleIn: true },
            targetGroup: { port: 80, deregistrationDelay: 0 },
          },
        }),
      );
      for (const desired of [0, 1, 0]) {
        bed.simulator.autoScaling.setDesired(bed.group, desired);
        await bed.pass(200);
      }
    });

    it("tells of each way, with the script of that way", async () => {
      const told = await lines();

      assert.equal(told[1], "It is Warmed:Stopped.");
      assert.deepEqual(
        titles(told).map((line) => line.replace(/^(\w+), .*: /, "$1: ")),
        [
          "Launch: in the warm pool",
          "Launch: in service",
          "Termination: back in the warm pool, stopped cleanly",
        ],
      );
      assert.deepEqual(
        timelineIn(told)
          .filter((line) => / i-1 {2}(\w+(:\w+)*: |the (\w+ )?script (starts|ends))/.test(line))
          .map((line) => line.replace(/^.* i-1 {2}/, "")),
        [
          "Warmed:Pending: it is launched into the warm pool",
          "Warmed:Pending:Wait: it waits at graceful-launch-sns",
          "the launch script starts",
          "the launch script ends with exit code 0",
          "Warmed:Stopped: it is in the warm pool",
          "Pending: it leaves the warm pool",
          "Pending:Wait: it waits at graceful-launch-sns",
          "the launch script starts",
          "the launch script ends with exit code 0",
          "InService: it is registered with the target group",
          "Warmed:Pending: it was selected and returns to the warm pool; its target group deregisters it",
          "Warmed:Pending:Wait: it waits at graceful-terminate-sns",
          "the stop script starts",
          "the stop script ends with exit code 0",
          "Warmed:Stopped: it is in the warm pool",
        ],
      );
    });

    it("has the phases of each way for the picture", async () => {
      const { text } = await explainAt(bed, { json: true });
      const { passages } = JSON.parse(text) as {
        readonly passages: readonly { readonly way?: { readonly end: string; readonly runs: number } }[];
      };

      assert.deepEqual(
        passages.map(({ way }) => [way?.end, way?.runs]),
        [
          ["in the warm pool", 1],
          ["InService", 1],
          ["in the warm pool", 1],
        ],
      );
    });
  });
});
