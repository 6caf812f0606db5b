import assert from "node:assert/strict";
import { decodeInstructions, encodeInstructions, hooksTag, revisionsOf } from "../../contract";
import { changed, isCommand, isHook, withDeliveries, type World } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

describe("P10, flat cost: the handler", function () {
  this.timeout(120_000);

  let bed: TestBed;
  const open = async (setting: Setting = {}) => {
    bed = await TestBed.open(withoutDrain(setting));
  };
  afterEach(() => bed.close());

  const count = (action: string) => bed.calls().filter((name) => name === action).length;
  const starts = () => bed.of("script").filter(({ phase }) => phase === "started");
  const completions = () => bed.of("action").filter(({ phase }) => phase === "completed");
  const allCompletedByCall = (instances: number) => {
    assert.equal(completions().length, instances);
    assert.deepEqual([...new Set(completions().map(({ by }) => by))], ["call"]);
    assert.equal(starts().length, instances);
  };

  it("needs two calls and two invocations for a drain that no sweep meets", async () => {
    await open({ scriptSeconds: 10, seed: "3" });
    await bed.scaleIn(1);
    await bed.pass(30);

    assert.deepEqual(bed.calls(), ["SendCommand", "CompleteLifecycleAction"]);
    const events = bed.of("invocation").filter(({ trigger }) => trigger !== "Scheduled Event");
    assert.equal(events.filter(({ phase }) => phase === "started").length, 2);
  });

  it("makes one call more for each sweep that finds waiting instances, however many: seven calls in five minutes", async () => {
    for (const instances of [1, 20]) {
      await open({ behaviour: takes(300), args: { terminate: { script: "stop", timeout: 400 } } });
      await bed.scaleIn(instances);
      await bed.pass(500);

      allCompletedByCall(instances);
      assert.equal(count("ListCommandInvocations"), 5);
      assert.equal(bed.calls().length, 2 * instances + 5);
      await bed.close();
    }
  });

  it("reads hooks once, and again as soon as a deployment has changed them", async () => {
    await open({ behaviour: takes(900), args: { terminate: { script: "stop", timeout: 1000 } } });
    await bed.scaleIn(2, 1);
    await bed.pass(200);
    assert.equal(count("DescribeLifecycleHooks"), 0);
    const [hook] = bed.group.hooks.values();
    const instructions = decodeInstructions(hook?.notificationMetadata);
    assert.ok(hook && instructions);
    const metadata = encodeInstructions({ ...instructions, onFailure: "abandon" });
    bed.simulator.autoScaling.putHook(bed.group, { ...hook, notificationMetadata: metadata });
    bed.group.tags = {
      ...bed.group.tags,
      [hooksTag]: revisionsOf([{ transition: "terminate", metadata }]),
    };
    await bed.pass(200);

    assert.equal(count("DescribeLifecycleHooks"), 1);
  });

  it("reads hooks on every sweep as long as they differ from the tags of their group", async () => {
    await open({ behaviour: takes(900), args: { terminate: { script: "stop", timeout: 1000 } } });
    await bed.scaleIn(2, 1);
    await bed.pass(60);
    bed.group.tags = { ...bed.group.tags, [hooksTag]: "terminate=00000000" };
    await bed.pass(180);

    assert.equal(count("DescribeLifecycleHooks"), 3);
  });

  it("sends at most sixteen heartbeats in a drain of five hours at a timeout of an hour", async () => {
    await open({
      scriptSeconds: 5 * 3600,
      behaviour: takes(18_000),
      args: { terminate: { script: "drain", timeout: 20_000, heartbeatTimeout: 3600 } },
    });
    await bed.scaleIn(1);
    await bed.pass(18_600);

    allCompletedByCall(1);
    const heartbeats = count("RecordLifecycleActionHeartbeat");
    assert.ok(heartbeats >= 14 && heartbeats <= 16, `${heartbeats} heartbeats`);
    assert.ok(bed.calls().length <= 316 + heartbeats, `${bed.calls().length} calls`);
  });

  it("makes one call a sweep for groups at rest, and finds the group that waits among a hundred and twenty", async () => {
    await open({ behaviour: (usual) => withDeliveries(usual, isHook, () => []), world: hundredTwenty });
    const groups = [...bed.simulator.autoScaling.groups.values()];
    const last = groups.at(-1);
    assert.ok(last && groups.length === 120);
    bed.simulator.autoScaling.populate(last, 1);
    await bed.pass(70);
    assert.deepEqual(bed.calls(), []);
    bed.simulator.autoScaling.setDesired(last, 0);
    await bed.pass(200);

    allCompletedByCall(1);
  });

  it("sends to fifty instances with a call and reads every page, so that no script of sixty is lost or run twice", async () => {
    await open({
      behaviour: (usual) =>
        withDeliveries(
          usual,
          (one) => isHook(one) || isCommand(one),
          () => [],
        ),
      scriptSeconds: 5,
    });
    await bed.scaleIn(60);
    await bed.pass(200);

    allCompletedByCall(60);
    assert.equal(count("SendCommand"), 2);
  });

  it("completes no action of another group whose hook has the same name", async () => {
    // A sweep falls between the ends of the scripts of the two groups.
    await open({ world: twoGroups, behaviour: takes(100) });
    const [one, other] = [...bed.simulator.autoScaling.groups.values()];
    assert.ok(one && other);
    for (const group of [one, other]) {
      bed.simulator.autoScaling.populate(group, 2);
      bed.simulator.autoScaling.setDesired(group, 0);
      await bed.pass(65);
    }
    await bed.pass(200);

    allCompletedByCall(4);
    const ends = bed.of("script").filter(({ phase }) => phase === "ended");
    for (const { at, instance } of completions())
      assert.ok(
        ends.some((end) => end.instance === instance && end.at < at),
        instance,
      );
  });
});

/** Every script takes this many seconds. */
function takes(seconds: number): Setting["behaviour"] {
  return (usual) =>
    changed(usual, { script: () => ({ takes: seconds * 1000, exitCode: 0, heedsTerm: true }) });
}

function twoGroups(world: World): World {
  return copies(world, 2);
}

function hundredTwenty(world: World): World {
  return copies(world, 120);
}

/** Copies of the group, on the same handler. */
function copies(world: World, count: number): World {
  const groups = world.groups.flatMap((group) =>
    Array.from({ length: count }, (_, index) => ({
      ...group,
      name: `${group.name}-${index}`,
      arn: `${group.arn}-${index}`,
    })),
  );
  return { ...world, groups };
}
