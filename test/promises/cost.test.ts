import assert from "node:assert/strict";
import { decodeInstructions, encodeInstructions, hooksTag, revisionsOf } from "../../contract";
import { changed, isCommand, isHook, withDeliveries, type World } from "../../simulator";
import { Stand, withoutDrain, type Setting } from "../support/box";

describe("P10, flat cost", function () {
  this.timeout(120_000);

  let stand: Stand;
  const open = async (setting: Setting = {}) => {
    stand = await Stand.open(withoutDrain(setting));
  };
  afterEach(() => stand.close());

  const count = (action: string) => stand.calls().filter((name) => name === action).length;
  const starts = () => stand.of("script").filter(({ phase }) => phase === "started");
  const completions = () => stand.of("action").filter(({ phase }) => phase === "completed");
  const allCompletedByCall = (instances: number) => {
    assert.equal(completions().length, instances);
    assert.deepEqual([...new Set(completions().map(({ by }) => by))], ["call"]);
    assert.equal(starts().length, instances);
  };

  it("makes two calls and two invocations for a drain that no sweep meets", async () => {
    await open({ scriptSeconds: 10, seed: "3" });
    await stand.scaleIn(1);
    await stand.pass(30);

    assert.deepEqual(stand.calls(), ["SendCommand", "CompleteLifecycleAction"]);
    const events = stand.of("invocation").filter(({ trigger }) => trigger !== "Scheduled Event");
    assert.equal(events.filter(({ phase }) => phase === "started").length, 2);
  });

  it("makes one call more for each sweep that finds an instance waiting, however many do: seven in five minutes", async () => {
    for (const instances of [1, 20]) {
      await open({ conduct: takes(300), args: { terminate: { script: "stop", timeout: 400 } } });
      await stand.scaleIn(instances);
      await stand.pass(500);

      allCompletedByCall(instances);
      assert.equal(count("ListCommandInvocations"), 5);
      assert.equal(stand.calls().length, 2 * instances + 5);
      await stand.close();
    }
  });

  it("reads hooks once, and again as soon as a deployment has changed them", async () => {
    await open({ conduct: takes(900), args: { terminate: { script: "stop", timeout: 1000 } } });
    await stand.scaleIn(2, 1);
    await stand.pass(200);
    assert.equal(count("DescribeLifecycleHooks"), 0);
    const [hook] = stand.group.hooks.values();
    const instructions = decodeInstructions(hook?.notificationMetadata);
    assert.ok(hook && instructions);
    const metadata = encodeInstructions({ ...instructions, onFailure: "abandon" });
    stand.box.autoScaling.putHook(stand.group, { ...hook, notificationMetadata: metadata });
    stand.group.tags = {
      ...stand.group.tags,
      [hooksTag]: revisionsOf([{ transition: "terminate", metadata }]),
    };
    await stand.pass(200);

    assert.equal(count("DescribeLifecycleHooks"), 1);
  });

  it("reads hooks on every sweep as long as they are not what the tags of their group say", async () => {
    await open({ conduct: takes(900), args: { terminate: { script: "stop", timeout: 1000 } } });
    await stand.scaleIn(2, 1);
    await stand.pass(60);
    stand.group.tags = { ...stand.group.tags, [hooksTag]: "terminate=00000000" };
    await stand.pass(180);

    assert.equal(count("DescribeLifecycleHooks"), 3);
  });

  it("heartbeats a drain of five hours at most sixteen times at a timeout of an hour", async () => {
    await open({
      scriptSeconds: 5 * 3600,
      conduct: takes(18_000),
      args: { terminate: { script: "drain", timeout: 20_000, heartbeatTimeout: 3600 } },
    });
    await stand.scaleIn(1);
    await stand.pass(18_600);

    allCompletedByCall(1);
    const heartbeats = count("RecordLifecycleActionHeartbeat");
    assert.ok(heartbeats >= 14 && heartbeats <= 16, `${heartbeats} heartbeats`);
    assert.ok(stand.calls().length <= 316 + heartbeats, `${stand.calls().length} calls`);
  });

  it("makes one call a sweep for groups at rest, and finds the one that waits among a hundred and twenty", async () => {
    await open({ conduct: (usual) => withDeliveries(usual, isHook, () => []), world: hundredTwenty });
    const groups = [...stand.box.autoScaling.groups.values()];
    const last = groups.at(-1);
    assert.ok(last && groups.length === 120);
    stand.box.autoScaling.populate(last, 1);
    await stand.pass(70);
    assert.deepEqual(stand.calls(), []);
    stand.box.autoScaling.setDesired(last, 0);
    await stand.pass(200);

    allCompletedByCall(1);
  });

  it("sends to fifty with a call and reads every page, so that none of sixty is lost or run twice", async () => {
    await open({
      conduct: (usual) =>
        withDeliveries(
          usual,
          (one) => isHook(one) || isCommand(one),
          () => [],
        ),
      scriptSeconds: 5,
    });
    await stand.scaleIn(60);
    await stand.pass(200);

    allCompletedByCall(60);
    assert.equal(count("SendCommand"), 2);
  });

  it("completes nothing of another group whose hook has the same name", async () => {
    // A sweep falls between the end of one group's scripts and that of the other's.
    await open({ world: twoGroups, conduct: takes(100) });
    const [one, other] = [...stand.box.autoScaling.groups.values()];
    assert.ok(one && other);
    for (const group of [one, other]) {
      stand.box.autoScaling.populate(group, 2);
      stand.box.autoScaling.setDesired(group, 0);
      await stand.pass(65);
    }
    await stand.pass(200);

    allCompletedByCall(4);
    const ends = stand.of("script").filter(({ phase }) => phase === "ended");
    for (const { at, instance } of completions())
      assert.ok(
        ends.some((end) => end.instance === instance && end.at < at),
        instance,
      );
  });
});

/** Scripts that take so many seconds, whatever they are. */
function takes(seconds: number): Setting["conduct"] {
  return (usual) =>
    changed(usual, { script: () => ({ takes: seconds * 1000, exitCode: 0, heedsTerm: true }) });
}

function twoGroups(world: World): World {
  return copies(world, 2);
}

function hundredTwenty(world: World): World {
  return copies(world, 120);
}

/** More groups like the one that there is, on the same handler. */
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
