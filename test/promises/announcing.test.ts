import assert from "node:assert/strict";
import { changed, isCommand, isHook, withDeliveries, type Behaviour } from "../../simulator";
import { bed, lines, open, results, starts, takes, tells, count } from "./outcomes";
import type { Setting } from "../support/testBed";

const announce = { script: "stop-pulling", timeout: 30 };

/** Workers behind a target group that takes five minutes to deregister an instance. */
const workers: NonNullable<Setting["args"]> = {
  targetGroup: { port: 8080, deregistrationDelay: 300 },
  terminate: { script: "stop", timeout: 60, announce },
};

const noEvents: Setting["behaviour"] = (usual) =>
  withDeliveries(
    usual,
    (one) => isHook(one) || isCommand(one),
    () => [],
  );

const announcing = (usual: Behaviour, seconds: number, exitCode = 0) =>
  changed(usual, { announceScript: () => ({ takes: seconds * 1000, exitCode, heedsTerm: true }) });

const told = () => bed.of("announceScript").filter(({ phase }) => phase === "started");
const sent = () => bed.of("command").filter(({ announces, status }) => announces && status === "Pending");
const hooksFired = () => bed.of("action").filter(({ phase }) => phase === "waiting");
const idsOf = (some: readonly { readonly instance: string }[]) => some.map(({ instance }) => instance).sort();
/** Seconds since the beginning. */
const secondsOf = ({ at }: { readonly at: number }) => (at - bed.simulator.context.began) / 1000;

describe("terminate.announce", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  it("tells instances that they were chosen within a minute, long before they have deregistered", async () => {
    await open({ args: workers });
    await bed.scaleIn(3, 1);
    await bed.pass(500);

    assert.equal(told().length, 2);
    assert.ok(Math.max(...told().map(secondsOf)) < 62, told().map(secondsOf).join(" "));
    assert.deepEqual(idsOf(told()), idsOf(starts()));
    assert.ok(Math.min(...hooksFired().map(secondsOf)) >= 300);
    assert.deepEqual(results(), ["call CONTINUE", "call CONTINUE"]);
  });

  it("tells them though every event is lost, and once", async () => {
    await open({ args: workers, behaviour: noEvents });
    await bed.scaleIn(2);
    await bed.pass(900);

    assert.equal(sent().length, 2);
    assert.equal(told().length, 2);
    assert.deepEqual(results(), ["call CONTINUE", "call CONTINUE"]);
  });

  it("changes nothing where it fails or hangs, and the log says so", async () => {
    const ends: unknown[] = [];
    for (const [seconds, code] of [
      [1, 0],
      [1, 7],
      [600, 0],
    ] as const) {
      await open({ args: workers, behaviour: (usual) => takes(announcing(usual, seconds, code), 10) });
      await bed.scaleIn(1);
      await bed.pass(500);

      assert.equal(told().length, 1);
      assert.equal(starts().length, 1);
      assert.equal(tells("announceFailed"), seconds > 1 || code !== 0);
      assert.ok(!lines().some(({ outcome }) => outcome !== undefined && outcome !== "succeeded"));
      ends.push([results(), count("CompleteLifecycleAction"), count("RecordLifecycleActionHeartbeat")]);
      await bed.close();
    }
    await open();
    assert.deepEqual(ends, Array(3).fill([["call CONTINUE"], 1, 0]));
  });

  it("names each instance that failed, also in a command of several that succeeds as a whole", async () => {
    const failing = new Set<string>();
    await open({
      args: workers,
      behaviour: (usual) =>
        changed(usual, {
          announceScript: ({ instance }) => ({
            takes: 1_000,
            exitCode: failing.has(instance) ? 1 : 0,
            heedsTerm: true,
          }),
        }),
    });
    bed.simulator.autoScaling.populate(bed.group, 3);
    const [first = "", , third = ""] = bed.group.instances.keys();
    failing.add(first).add(third);
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await bed.pass(200);

    const named = bed.of("log").flatMap(({ entry }) => {
      const { code, instance } = entry as { readonly code?: string; readonly instance?: string };
      return code === "announceFailed" && instance !== undefined ? [instance] : [];
    });
    assert.deepEqual(named.sort(), [first, third].sort());
  });

  it("does not hold up the stop script, which starts beside an announcement that still runs", async () => {
    await open({
      args: {
        targetGroup: { port: 8080, deregistrationDelay: 70 },
        terminate: { script: "stop", timeout: 60, announce: { script: "slow", timeout: 3000 } },
      },
      behaviour: (usual) => takes(announcing(usual, 2_000), 10),
    });
    await bed.scaleIn(1);
    await bed.pass(200);

    assert.equal(told().length, 1);
    const [start] = starts();
    const [fired] = hooksFired();
    assert.ok(start && fired && start.at - fired.at < 2_500, "the stop script waited");
    assert.deepEqual(results(), ["call CONTINUE"]);
  });

  it("takes two commands for sixty instances", async () => {
    await open({ args: workers });
    await bed.scaleIn(60);
    await bed.pass(250);

    assert.equal(told().length, 60);
    assert.equal(new Set(sent().map(({ command }) => command)).size, 2);
    assert.equal(count("SendCommand"), 2);
  });

  it("costs the same few calls however long the deregistration takes", async () => {
    await open({ args: workers });
    await bed.scaleIn(2);
    await bed.pass(250);

    // One look by the first sweep that finds them, and a look at the end of the command.
    assert.deepEqual(bed.calls().sort(), [
      "DescribeLifecycleHooks",
      "ListCommandInvocations",
      "ListCommandInvocations",
      "ListCommandInvocations",
      "ListCommands",
      "SendCommand",
    ]);
  });

  it("costs no call where a group announces nothing", async () => {
    await open({ args: { ...workers, terminate: { script: "stop", timeout: 60 } } });
    await bed.scaleIn(2);
    await bed.pass(250);

    assert.deepEqual(bed.calls(), []);
  });

  it("runs once, though another process sends a second command as lists show the first one late", async () => {
    let invocations = 0;
    await open({
      args: workers,
      behaviour: (usual) =>
        changed(usual, {
          listingLag: () => 100_000,
          // The process that ran the first sweep is gone, and with it what it remembers.
          invocation: (facts) => ({
            ...usual.invocation(facts),
            crashesAfter: (invocations += 1) === 1 ? 2_000 : undefined,
          }),
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(500);

    assert.ok(sent().length >= 1);
    assert.equal(told().length, 1);
    assert.deepEqual(results(), ["call CONTINUE"]);
  });

  it("sends no announcement once the stop script was sent, at a Spot warning for one", async () => {
    await open({
      args: { ...workers, spot: true },
      behaviour: (usual) =>
        changed(usual, { instance: (facts) => ({ ...usual.instance(facts), interruptedAt: 1_000 }) }),
    });
    bed.simulator.autoScaling.populate(bed.group, 2);
    bed.group.desired = 0;
    await bed.pass(300);

    assert.equal(starts().length, 2);
    assert.equal(sent().length, 0);
  });

  it("tells instances that wait for their turn, without a target group too", async () => {
    await open({
      args: {
        targetGroup: undefined,
        maxSize: 4,
        terminate: { script: "stop", timeout: 120, announce },
        drain: { maxConcurrent: 1 },
      },
      behaviour: (usual) => takes(usual, 100),
    });
    await bed.scaleIn(4);
    await bed.pass(500);

    // The first has begun to stop when the first sweep comes.
    assert.equal(told().length, 3);
    assert.ok(Math.max(...told().map(secondsOf)) < 62);
    assert.equal(starts().length, 4);
    assert.deepEqual(results(), Array(4).fill("call CONTINUE"));
  });

  it("does not run on an instance that stays, though somebody sends the document", async () => {
    await open({ args: workers });
    bed.simulator.autoScaling.populate(bed.group, 1);
    const [instance = ""] = bed.group.instances.keys();
    const document = [...bed.world.documents.keys()].find((name) => name.includes("-announce-")) ?? "";
    bed.simulator.runCommand.send({
      document,
      instances: [instance],
      parameters: { group: ["web"], hook: ["graceful-terminate-sns"] },
      comment: "announce, 60 s",
      delivery: 30,
      maxErrors: "0",
      logGroup: undefined,
    });
    await bed.pass(30);

    assert.deepEqual(
      bed.of("announceScript").map(({ phase }) => phase),
      ["refused"],
    );
    assert.ok(tells("announceNotMeant"));
  });

  it("completes nothing, though somebody sends its document as the handler sends the stop document", async () => {
    await open({
      args: workers,
      behaviour: (usual) =>
        takes(
          announcing(
            withDeliveries(usual, isHook, () => []),
            1,
            7,
          ),
          20,
        ),
    });
    await bed.scaleIn(1);
    await bed.pass(315);
    const [{ instance } = { instance: "" }] = hooksFired();
    const document = [...bed.world.documents.keys()].find((name) => name.includes("-announce-")) ?? "";
    bed.simulator.runCommand.send({
      document,
      instances: [instance],
      parameters: { group: [bed.group.settings.name], hook: ["graceful-terminate-sns"] },
      comment: "terminate, 90 s",
      delivery: 30,
      maxErrors: "0",
      logGroup: undefined,
    });
    await bed.pass(10);
    assert.deepEqual(results(), []);
    await bed.pass(90);
    assert.equal(starts().length, 1);
    assert.deepEqual(results(), ["call CONTINUE"]);
  });
});

describe("terminate.announce with a warm pool that instances return to", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  it("tells instances each time that they return, and none that launches into the pool", async () => {
    await open({
      args: {
        ...workers,
        maxSize: 4,
        minSize: 0,
        launch: { script: "warm-up", timeout: 120 },
        warmPool: { poolState: "Running", reuseOnScaleIn: true, maxGroupPreparedCapacity: 2 },
      },
    });
    const { autoScaling } = bed.simulator;
    // The pool fills by launches, and each scale-in sends an instance back into it.
    autoScaling.setDesired(bed.group, 0);
    await bed.pass(400);
    for (let round = 1; round <= 2; round += 1) {
      autoScaling.setDesired(bed.group, 1);
      await bed.pass(400);
      autoScaling.setDesired(bed.group, 0);
      await bed.pass(900);
    }

    const returned = starts().filter(({ transition }) => transition === "terminate");
    const launched = starts().filter(({ transition }) => transition === "launch");
    assert.equal(returned.length, 2);
    assert.ok(
      launched.some(({ at }) => secondsOf({ at }) < 60),
      "no instance has launched into the pool",
    );
    assert.deepEqual(idsOf(told()), idsOf(returned));
    for (const [index, { at }] of told().entries()) {
      const stop = returned[index]?.at ?? 0;
      assert.ok(stop - at > 200_000 && stop - at < 300_000, `${stop - at}`);
    }
  });
});
