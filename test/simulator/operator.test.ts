import assert from "node:assert/strict";
import { withMishaps } from "../../simulator";
import {
  deleteWarmPool,
  detach,
  enterStandby,
  exitStandby,
  fillWarmPool,
  resumeProcesses,
  suspendProcesses,
} from "../../simulator/autoScaling/operator";
import { Stand, type Setting } from "../support/box";

/** A world without a function: nobody completes anything. */
const alone: Setting = {
  args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
  world: (world) => ({ ...world, functions: [], subscriptions: [], rules: [] }),
};

describe("somebody at the group in the box", () => {
  let stand: Stand;
  afterEach(() => stand.close());

  const open = async (setting: Setting = {}) => {
    stand = await Stand.open({ ...alone, ...setting });
    stand.box.autoScaling.populate(stand.group, 2);
    const [one, other] = stand.group.instances.values();
    assert.ok(one && other);
    return [one, other] as const;
  };
  const scaleIn = async (seconds = 30) => {
    stand.box.autoScaling.setDesired(stand.group, 0);
    await stand.pass(seconds);
  };
  const states = () => [...stand.group.instances.values()].map(({ state }) => state);

  it("suspends terminations: nothing is taken out before they are resumed, but what has begun goes on", async () => {
    const [one] = await open();
    stand.box.autoScaling.terminateAtRequest(one, true);
    await stand.pass(10);
    suspendProcesses(stand.group, "Terminate");
    await scaleIn();
    assert.deepEqual(states(), ["Terminating:Wait", "InService"]);

    resumeProcesses(stand.box.autoScaling, stand.group);
    await stand.pass(10);
    assert.deepEqual(states(), ["Terminating:Wait", "Terminating:Wait"]);
  });

  it("suspends health checks: nobody notices a machine that is gone", async () => {
    await open({ conduct: (usual) => withMishaps(usual, { kind: "stop", from: 1_000 }) });
    suspendProcesses(stand.group, "HealthCheck");
    await scaleIn(120);
    const health = [...stand.group.instances.values()].map((one) => [one.isRunning, one.health]);

    assert.deepEqual(health, [
      [false, "Healthy"],
      [false, "Healthy"],
    ]);
  });

  it("suspends launches", async () => {
    await open();
    suspendProcesses(stand.group, "Launch");
    stand.box.autoScaling.setDesired(stand.group, 3);
    await stand.pass(30);
    assert.equal(states().length, 2);

    resumeProcesses(stand.box.autoScaling, stand.group);
    await stand.pass(1);
    assert.equal(states().length, 3);
  });

  it("puts an instance into standby and takes it back without a hook", async () => {
    const [one] = await open({ args: { ...alone.args, launch: { script: "up", timeout: 60 } } });
    enterStandby(stand.box.autoScaling, one);
    await stand.pass(10);
    assert.deepEqual([one.state, stand.group.desired], ["Standby", 1]);

    exitStandby(stand.box.autoScaling, one);
    await stand.pass(10);
    assert.deepEqual([one.state, stand.group.desired], ["InService", 2]);
    assert.deepEqual(stand.of("action"), []);
  });

  it("detaches an instance without a hook, whose machine runs on", async () => {
    const [one] = await open();
    detach(stand.box.autoScaling, one);
    await stand.pass(10);
    await scaleIn();

    assert.deepEqual(states(), ["Terminating:Wait"]);
    assert.deepEqual([one.state, one.isRunning], ["Detached", true]);
    assert.equal(stand.of("action").length, 1);
  });

  it("terminates an instance at a request that comes while it is detached, and none that is", async () => {
    const [one, other] = await open();
    const { autoScaling } = stand.box;
    detach(autoScaling, one);
    autoScaling.terminateAtRequest(one, false);
    detach(autoScaling, other);
    stand.box.stage.clock.after(4_999, () => {
      autoScaling.terminateAtRequest(other, false);
    });
    await stand.pass(30);

    assert.deepEqual([one.state, other.state], ["Terminating:Wait", "Detached"]);
    assert.deepEqual([...stand.group.instances.keys()], [one.id]);
  });

  it("deletes a warm pool, whose stopped machines pass the hooks of a termination", async () => {
    await open();
    const [cold] = fillWarmPool(stand.box.autoScaling, stand.group, 1);
    assert.ok(cold);
    deleteWarmPool(stand.box.autoScaling, stand.group);
    await stand.pass(10);

    assert.deepEqual([cold.state, cold.isRunning], ["Warmed:Terminating:Wait", false]);
    assert.deepEqual(
      stand.of("action").map(({ instance, phase, transition }) => `${instance} ${phase} ${transition}`),
      [`${cold.id} waiting terminate`],
    );
  });
});
