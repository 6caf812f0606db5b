import assert from "node:assert/strict";
import { LifecycleHandler, GracefulAutoScalingGroup } from "../../components";
import { isSweep, withDeliveries } from "../../simulator";
import { Stand, type Setting } from "../support/box";
import { answersIn, cutOff, endsOf, scaleInAll, startsOf, times } from "../support/crowd";
import { groupArgs } from "../support/deployment";
import { manyGroups } from "../support/manyGroups";

/** For so long the probe says busy, seconds: several heartbeats. */
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
    conduct: (usual, chance) => answersIn(usual, chance, ...latency),
  };
}

describe("P12, one handler is fair to all of its groups", function () {
  this.timeout(300_000);

  for (const [count, ...latency] of [
    [300, 80, 160],
    [60, 1000, 1000],
  ] as const) {
    it(`keeps ${count} busy groups at ${latency.join(" to ")} ms a call: no heartbeat is late, no sweep cut off`, async () => {
      const stand = await Stand.open(busyGroups(count, latency));
      scaleInAll(stand, 1);
      await stand.pass(maxWait + 300);

      assert.equal(cutOff(stand), 0);
      assert.deepEqual(endsOf(stand), times(count, "call CONTINUE"));
      await stand.close();
    });
  }

  it("drains 3,000 instances of one group whose events are all lost, and no sweep is cut off", async () => {
    const stand = await Stand.open({
      args: { maxSize: 3000, targetGroup: { port: 8080, deregistrationDelay: 0 } },
      conduct: (usual, chance) =>
        withDeliveries(
          answersIn(usual, chance, 80, 160),
          (message) => !isSweep(message),
          () => [],
        ),
    });
    scaleInAll(stand, 3000);
    await stand.pass(1200);

    assert.equal(cutOff(stand), 0);
    assert.deepEqual(endsOf(stand), times(3000, "call CONTINUE"));
    assert.equal(startsOf(stand), 3000);
    await stand.close();
  });
});
