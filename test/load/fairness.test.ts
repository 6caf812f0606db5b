import assert from "node:assert/strict";
import { LifecycleHandler, GracefulAutoScalingGroup } from "../../components";
import { isSweep, withDeliveries } from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";
import { answersIn, cutOff, endsOf, scaleInAll, startsOf, times } from "../support/crowd";
import { groupArgs } from "../support/deployment";
import { manyGroups } from "../support/manyGroups";

/** How long the probe says busy, seconds: several heartbeats. */
const maxWait = 900;

/** Groups that wait, with a probe that says busy all the time. */
function busyGroups(count: number, latency: readonly [number, number]): Setting {
  return {
    program: () => {
      const handler = new LifecycleHandler("handler", { isBusy: () => Promise.resolve(true) });
      new GracefulAutoScalingGroup(
        "web",
        groupArgs({
          handler,
          minSize: 0,
          maxSize: 1000,
          targetGroup: { port: 8080, deregistrationDelay: 0 },
          terminate: {
            script: "true",
            timeout: 60,
            sessions: { ports: [22], maxWait },
            heartbeatTimeout: 300,
          },
        }),
      );
    },
    world: (world) => manyGroups(world, count),
    behaviour: (usual, random) => answersIn(usual, random, ...latency),
  };
}

describe("P12, one handler for many groups", function () {
  this.timeout(300_000);

  for (const [count, ...latency] of [
    [300, 80, 160],
    [60, 1000, 1000],
  ] as const) {
    it(`serves ${count} busy groups at ${latency.join(" to ")} ms a call: no heartbeat is late, no sweep is cut off`, async () => {
      const bed = await TestBed.open(busyGroups(count, latency));
      scaleInAll(bed, 1);
      await bed.pass(maxWait + 300);

      assert.equal(cutOff(bed), 0);
      assert.deepEqual(endsOf(bed), times(count, "call CONTINUE"));
      await bed.close();
    });
  }

  it("drains 3,000 instances of one group whose events are all lost, and no sweep is cut off", async () => {
    const bed = await TestBed.open({
      args: { maxSize: 3000, targetGroup: { port: 8080, deregistrationDelay: 0 } },
      behaviour: (usual, random) =>
        withDeliveries(
          answersIn(usual, random, 80, 160),
          (message) => !isSweep(message),
          () => [],
        ),
    });
    scaleInAll(bed, 3000);
    await bed.pass(1200);

    assert.equal(cutOff(bed), 0);
    assert.deepEqual(endsOf(bed), times(3000, "call CONTINUE"));
    assert.equal(startsOf(bed), 3000);
    await bed.close();
  });
});
