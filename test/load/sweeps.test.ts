import assert from "node:assert/strict";
import { decodeInstructions } from "../../contract";
import { isSweep, withDeliveries } from "../../simulator";
import { Stand, type Setting } from "../support/box";
import { answersIn, cutOff, endsOf, groupAt, hookOf, scaleIn, startsOf, times } from "../support/crowd";
import { manyGroups } from "../support/manyGroups";

const args: Setting["args"] = { targetGroup: { port: 8080, deregistrationDelay: 0 } };

/** Sweeps of a box: how long each took, seconds, and the calls that it made. */
function sweepsOf(stand: Stand): { readonly seconds: number; readonly calls: readonly string[] }[] {
  const sweeps: { seconds: number; calls: string[] }[] = [];
  let open: { environment: string; calls: string[] } | undefined;
  for (const one of stand.box.occurrences) {
    if (one.kind === "call" && one.caller === open?.environment) open.calls.push(one.action);
    if (one.kind !== "invocation" || one.trigger !== "Scheduled Event") continue;
    if (one.phase === "started") open = { environment: one.environment, calls: [] };
    else if (open !== undefined) sweeps.push({ seconds: (one.billed ?? 0) / 1000, calls: open.calls });
  }
  return sweeps;
}

describe("a sweep", function () {
  this.timeout(300_000);

  it("makes one call for each hundred of a thousand idle groups, and takes two seconds at 160 ms a call", async () => {
    const stand = await Stand.open({
      args,
      world: (world) => manyGroups(world, 1000),
      conduct: (usual, chance) => answersIn(usual, chance, 80, 160),
    });
    for (const group of stand.box.autoScaling.groups.values()) stand.box.autoScaling.populate(group, 1);
    await stand.pass(180);
    const sweeps = sweepsOf(stand);
    await stand.close();

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
    it(`reads what ${waiting} waiting need of 20,000 old commands, not all of them`, async () => {
      const stand = await Stand.open({
        args,
        conduct: (usual, chance) =>
          withDeliveries(
            answersIn(usual, chance, 80, 160),
            (message) => !isSweep(message),
            () => [],
          ),
      });
      const { stage, runCommand } = stand.box;
      const document = decodeInstructions(hookOf(groupAt(stand, 0)).notificationMetadata)?.document;
      assert.ok(document);
      // Sent so lately that they could be of the wait, for all that their times tell.
      for (let index = 0; index < 20_000; index += 1) {
        runCommand.remember({
          document,
          instances: [`i-0${String(index % 4000).padStart(16, "0")}`],
          requestedAt: stage.began - 300_000 + index * 15,
          comment: "terminate, 150 s",
        });
      }
      scaleIn(stand, groupAt(stand, 0), waiting);
      await stand.pass(300);
      const sweeps = sweepsOf(stand);
      await stand.close();

      assert.deepEqual(endsOf(stand), times(waiting, "call CONTINUE"));
      assert.equal(startsOf(stand), waiting);
      assert.equal(cutOff(stand), 0);
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
