// @ts-nocheck
import assert from "node:assert/strict";
import { LifecycleHandler, GracefulAutoScalingGroup } from "../../components";
import { changed, type Conduct } from "../../rehearsal/box";
import { Stand, type Setting } from "../support/box";
import { groupArgs } from "../support/deployment";
import { manyGroups } from "../support/manyGroups";

/** Groups that wait, with a probe that says busy for hours. */
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
            sessions: { ports: [22], maxWait: 7200 },
            heartbeatTimeout: 300,
          },
        }),
      );
    },
    world: (world) => manyGroups(world, count),
    conduct: (usual, chance) => answersIn(usual, (about) => chance.between(about, ...latency)),
  };
}

function answersIn(usual: Conduct, draw: (about: string) => number): Conduct {
  return changed(usual, {
    callLatency: ({ caller, sequence }) => draw(`latency/${caller}/${sequence}`),
  });
}

/** Terminates the instances of all groups, so many each. */
function scaleInAll(stand: Stand, each: number): void {
  for (const group of stand.box.autoScaling.groups.values()) {
    stand.box.autoScaling.populate(group, each);
    stand.box.autoScaling.setDesired(group, 0);
  }
}

const ends = (stand: Stand) => stand.of("action").filter(({ phase }) => phase === "completed");
const timedOut = (stand: Stand) => ends(stand).filter(({ by }) => by === "timeout").length;
const cutOff = (stand: Stand) => stand.of("invocation").filter(({ phase }) => phase === "timedOut").length;

describe("P12, one handler is fair to all of its groups", function () {
  this.timeout(600_000);

  for (const [count, ...latency] of [
    [300, 80, 160],
    [60, 1000, 1000],
  ] as const) {
    it(`keeps ${count} busy groups at ${latency.join(" to ")} ms a call: no heartbeat is late, no sweep cut off`, async () => {
      const stand = await Stand.open(busyGroups(count, latency));
      scaleInAll(stand, 1);
      await stand.pass(7200 + 600);

      assert.equal(timedOut(stand), 0);
      assert.equal(cutOff(stand), 0);
      assert.equal(ends(stand).length, count);
      await stand.close();
    });
  }

  it("drains 3,000 instances of one group whose events are all lost, and no sweep is cut off", async () => {
    const stand = await Stand.open({
      args: { maxSize: 3000, targetGroup: { port: 8080, deregistrationDelay: 0 } },
      conduct: (usual, chance) =>
        changed(
          answersIn(usual, (about) => chance.between(about, 80, 160)),
          {
            deliveries: (message) => (message.what === "Scheduled Event" ? usual.deliveries(message) : []),
          },
        ),
    });
    scaleInAll(stand, 3000);
    await stand.pass(1200);

    assert.equal(cutOff(stand), 0);
    assert.equal(timedOut(stand), 0);
    assert.equal(ends(stand).length, 3000);
    assert.equal(stand.of("script").filter(({ phase }) => phase === "started").length, 3000);
    await stand.close();
  });
});
