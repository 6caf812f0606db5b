import assert from "node:assert/strict";
import { decodeInstructions } from "../../contract";
import { isSweep, withDeliveries } from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";
import { answersIn, cutOff, endsOf, groupAt, hookOf, scaleIn, startsOf, times } from "../support/crowd";
import { manyGroups } from "../support/manyGroups";

const args: Setting["args"] = { targetGroup: { port: 8080, deregistrationDelay: 0 } };

/** Sweeps of a simulator: how long each took, seconds, and the calls that it made. */
function sweepsOf(bed: TestBed): { readonly seconds: number; readonly calls: readonly string[] }[] {
  const sweeps: { seconds: number; calls: string[] }[] = [];
  let open: { environment: string; calls: string[] } | undefined;
  for (const one of bed.simulator.events) {
    if (one.kind === "call" && one.caller === open?.environment) open.calls.push(one.action);
    if (one.kind !== "invocation" || one.trigger !== "Scheduled Event") continue;
    if (one.phase === "started") open = { environment: one.environment, calls: [] };
    else if (open !== undefined) sweeps.push({ seconds: (one.billed ?? 0) / 1000, calls: open.calls });
  }
  return sweeps;
}

describe("a sweep", function () {
  this.timeout(300_000);

  it("makes one call for each hundred of a thousand idle groups, and takes at most two seconds at 160 ms a call", async () => {
    const bed = await TestBed.open({
      args,
      world: (world) => manyGroups(world, 1000),
      behaviour: (usual, random) => answersIn(usual, random, 80, 160),
    });
    for (const group of bed.simulator.autoScaling.groups.values())
      bed.simulator.autoScaling.populate(group, 1);
    await bed.pass(180);
    const sweeps = sweepsOf(bed);
    await bed.close();

    assert.equal(sweeps.length, 3);
    for (const { calls, seconds } of sweeps) {
      assert.deepEqual(calls, times(10, "DescribeAutoScalingGroups"));
      assert.ok(seconds <= 2, `${seconds} s`);
    }
  });

  for (const [waiting, mostCalls] of [
    [1, 5],
    [100, 135],
  ] as const) {
    it(`reads only the pages that the waiting instances (${waiting}) need of 20,000 old commands`, async () => {
      const bed = await TestBed.open({
        args,
        behaviour: (usual, random) =>
          withDeliveries(
            answersIn(usual, random, 80, 160),
            (message) => !isSweep(message),
            () => [],
          ),
      });
      const { context, runCommand } = bed.simulator;
      const document = decodeInstructions(hookOf(groupAt(bed, 0)).notificationMetadata)?.document;
      assert.ok(document);
      // Sent so lately that by their times they could belong to the wait.
      for (let index = 0; index < 20_000; index += 1) {
        runCommand.remember({
          document,
          instances: [`i-0${String(index % 4000).padStart(16, "0")}`],
          requestedAt: context.began - 300_000 + index * 15,
          comment: "terminate, 150 s",
        });
      }
      scaleIn(bed, groupAt(bed, 0), waiting);
      await bed.pass(300);
      const sweeps = sweepsOf(bed);
      await bed.close();

      assert.deepEqual(endsOf(bed), times(waiting, "call CONTINUE"));
      assert.equal(startsOf(bed), waiting);
      assert.equal(cutOff(bed), 0);
      for (const { calls, seconds } of sweeps) {
        assert.ok(
          calls.filter((name) => !name.startsWith("Complete")).length <= mostCalls,
          `${calls.length} calls`,
        );
        assert.ok(seconds <= 20, `${seconds} s`);
      }
    });
  }
});
