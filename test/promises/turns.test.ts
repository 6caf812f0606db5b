import assert from "node:assert/strict";
import { changed, isCommand, isHook, withDeliveries, withIncidents, type Message } from "../../simulator";
import { bed, open, outcomes, results, scriptEnds, starts, takes, tells } from "./outcomes";
import type { Setting } from "../support/testBed";

/** Groups whose instances stop one after another. */
const inTurn: Setting["args"] = {
  maxSize: 5,
  terminate: { script: "etcdctl member remove", timeout: 60 },
  drain: { maxConcurrent: 1 },
};

const noEvents: Setting["behaviour"] = (usual) =>
  withDeliveries(
    usual,
    (one) => isHook(one) || isCommand(one),
    () => [],
  );

const isSweep = ({ what }: Message) => what === "Scheduled Event";

/** How many scripts ran at the same time, at most. */
function mostAtOnce(): number {
  const changes = bed
    .of("script")
    .flatMap(({ at, phase }) =>
      phase === "started" ? [{ at, by: 1 }] : phase === "ended" || phase === "killed" ? [{ at, by: -1 }] : [],
    );
  changes.sort((one, other) => one.at - other.at || one.by - other.by);
  let [now, most] = [0, 0];
  for (const { by } of changes) most = Math.max(most, (now += by));
  return most;
}

/** Milliseconds from the end of each script to the start of the next. */
function pauses(): number[] {
  const ends = scriptEnds();
  return starts()
    .slice(1)
    .map(({ at }, index) => at - (ends[index]?.at ?? 0));
}

describe("drain.maxConcurrent: 1, five instances that go at once", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  it("stop one after another, each as soon as the one before has stopped", async () => {
    await open({ args: inTurn });
    await bed.scaleIn(5);
    await bed.pass(400);

    assert.equal(mostAtOnce(), 1);
    assert.equal(starts().length, 5);
    assert.deepEqual(results(), Array(5).fill("call CONTINUE"));
    assert.ok(Math.max(...pauses()) < 3_000, pauses().join(" "));
  });

  it("stop one after another though every event is lost", async () => {
    await open({ args: inTurn, behaviour: noEvents });
    await bed.scaleIn(5);
    await bed.pass(900);

    assert.equal(mostAtOnce(), 1);
    assert.equal(starts().length, 5);
    assert.deepEqual(results(), Array(5).fill("call CONTINUE"));
  });

  it("stop two at a time where two may, and the next starts when either of them has stopped", async () => {
    await open({
      args: { ...inTurn, drain: { maxConcurrent: 2 } },
      behaviour: (usual) =>
        changed(usual, {
          script: ({ run }) => ({ takes: run % 2 === 0 ? 50_000 : 10_000, exitCode: 0, heedsTerm: true }),
        }),
    });
    await bed.scaleIn(5);
    await bed.pass(400);

    assert.equal(mostAtOnce(), 2);
    assert.equal(starts().length, 5);
    assert.deepEqual(results(), Array(5).fill("call CONTINUE"));
  });

  it("stop in the order in which Auto Scaling chose them, though a later one has fewer connections to drain", async () => {
    let drained = 0;
    await open({
      args: { ...inTurn, targetGroup: { port: 8080, deregistrationDelay: 100 } },
      behaviour: (usual) =>
        changed(usual, {
          listingLag: () => 29_000,
          draining: (_, delay) => delay - 25_000 * (drained++ % 4),
        }),
    });
    await bed.scaleIn(5);
    await bed.pass(900);

    const chosen = bed.of("instance").filter(({ state }) => state === "Terminating");
    const ids = chosen.map(({ instance }) => instance).sort();
    assert.equal(mostAtOnce(), 1);
    assert.deepEqual(
      starts().map(({ instance }) => instance),
      ids,
    );
  });

  it("pass a turn on when a script fails, whatever the failure policy is", async () => {
    for (const onFailure of ["continue", "abandon", "retain"] as const) {
      await open({
        args: { ...inTurn, terminate: { script: "stop", timeout: 60, onFailure } },
        behaviour: (usual) => takes(usual, 20, 1),
      });
      await bed.scaleIn(3);
      await bed.pass(500);

      assert.equal(mostAtOnce(), 1);
      assert.equal(starts().length, 3);
      assert.ok(Math.max(...pauses()) < 5_000, pauses().join(" "));
      await bed.close();
    }
    await open();
  });

  it("pass a turn on though another hook still holds the instance that has stopped", async () => {
    await open({
      args: inTurn,
      behaviour: (usual) => changed(usual, { otherHook: () => ({ after: 900_000, result: "CONTINUE" }) }),
      world: (world) => ({
        ...world,
        groups: world.groups.map((group) => ({
          ...group,
          hooks: [
            ...group.hooks,
            {
              name: "other",
              lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
              heartbeatTimeout: 3600,
              defaultResult: "CONTINUE",
            },
          ],
        })),
      }),
    });
    await bed.scaleIn(4);
    await bed.pass(300);

    assert.equal(mostAtOnce(), 1);
    assert.equal(starts().length, 4);
    assert.ok(Math.max(...pauses()) < 3_000, pauses().join(" "));
  });

  it("pass by a machine that is gone", async () => {
    let first = true;
    await open({
      args: inTurn,
      behaviour: (usual) =>
        changed(usual, {
          instance: (facts) => {
            const usually = usual.instance(facts);
            if (!first) return usually;
            first = false;
            return { ...usually, incidents: [{ kind: "termination", from: 0 }] };
          },
        }),
    });
    await bed.scaleIn(3);
    await bed.pass(400);

    assert.equal(starts().length, 2);
    assert.equal(mostAtOnce(), 1);
    assert.deepEqual(results(), Array(3).fill("call CONTINUE"));
    assert.ok(Math.max(...starts().map(({ at }) => at)) - bed.simulator.context.began < 200_000);
  });

  it("wait for one whose agent does not answer until its failure policy applies", async () => {
    let silent = "";
    await open({
      args: inTurn,
      behaviour: (usual) =>
        changed(usual, {
          instance: (facts) => {
            const usually = usual.instance(facts);
            // Instances that are chosen at the same instant take turns in the order of their ids.
            if (silent !== "" && silent < facts.id) return usually;
            silent = facts.id;
            return usually;
          },
          handling: (facts) =>
            facts.instance === silent ? { ...usual.handling(facts), failsWith: 1 } : usual.handling(facts),
        }),
    });
    await bed.scaleIn(3);
    await bed.pass(900);

    assert.equal(starts().length, 2);
    assert.equal(mostAtOnce(), 1);
    assert.deepEqual(outcomes().sort(), ["succeeded", "succeeded", "unreachable"]);
    assert.ok((starts()[0]?.at ?? 0) - bed.simulator.context.began > 180_000);
  });

  it("start all the same when their wait for the turn is over, and the log says so", async () => {
    await open({
      args: { ...inTurn, drain: { maxConcurrent: 1, maxWait: 390 } },
      behaviour: (usual) => takes(withIncidents(usual, { kind: "agentAway", from: 0, to: 300_000 }), 55),
    });
    await bed.scaleIn(5);
    await bed.pass(1_500);

    assert.ok(tells("turnIsLate"));
    assert.ok(mostAtOnce() > 1);
    assert.equal(results().length, 5);
  });

  it("keep their hook open by heartbeats where their wait outlasts its timeout", async () => {
    await open({
      args: { ...inTurn, terminate: { script: "stop", timeout: 400, heartbeatTimeout: 300 } },
      behaviour: (usual) => takes(usual, 390),
    });
    await bed.scaleIn(5);
    await bed.pass(2_400);

    assert.equal(mostAtOnce(), 1);
    assert.deepEqual(results(), Array(5).fill("call CONTINUE"));
  });

  it("never wait for their turn at a Spot warning", async () => {
    await open({
      args: { ...inTurn, spot: true },
      behaviour: (usual) =>
        changed(usual, { instance: (facts) => ({ ...usual.instance(facts), interruptedAt: 1_000 }) }),
    });
    bed.simulator.autoScaling.populate(bed.group, 3);
    bed.group.desired = 0;
    await bed.pass(300);

    assert.equal(starts().length, 3);
    assert.equal(mostAtOnce(), 3);
  });

  it("cost eight calls each, whatever their number, where no sweep meets them", async () => {
    for (const instances of [2, 3]) {
      await open({
        args: inTurn,
        behaviour: (usual) =>
          takes(
            withDeliveries(usual, isSweep, () => []),
            5,
          ),
      });
      await bed.scaleIn(instances);
      await bed.pass(100);

      assert.equal(results().length, instances);
      const { DescribeScalingActivities, ...made } = tally(bed.of("call").map(({ action }) => action));
      // At the event of a hook, unless the process knows the activity already.
      assert.ok(DescribeScalingActivities && DescribeScalingActivities <= instances);
      assert.deepEqual(made, {
        // At the event of a hook and at the end of each command.
        DescribeAutoScalingGroups: 2 * instances,
        ListCommandInvocations: 2 * instances,
        // At the end of a command, as the command of a turn does not name its lifecycle action.
        ListCommands: instances,
        SendCommand: instances,
        CompleteLifecycleAction: instances,
      });
      await bed.close();
    }
    await open();
  });
});

function tally(names: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of names) found[name] = (found[name] ?? 0) + 1;
  return found;
}
