import assert from "node:assert/strict";
import { withIncidents } from "../../simulator";
import {
  deleteWarmPool,
  detach,
  enterStandby,
  exitStandby,
  fillWarmPool,
  resumeProcesses,
  suspendProcesses,
} from "../../simulator/autoScaling/operator";
import { TestBed, type Setting } from "../support/testBed";

/** A world without a function: nobody completes lifecycle actions. */
const alone: Setting = {
  args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
  world: (world) => ({ ...world, functions: [], subscriptions: [], rules: [] }),
};

describe("an operator of a group in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (setting: Setting = {}) => {
    bed = await TestBed.open({ ...alone, ...setting });
    bed.simulator.autoScaling.populate(bed.group, 2);
    const [one, other] = bed.group.instances.values();
    assert.ok(one && other);
    return [one, other] as const;
  };
  const scaleIn = async (seconds = 30) => {
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await bed.pass(seconds);
  };
  const states = () => [...bed.group.instances.values()].map(({ state }) => state);

  it("suspends terminations: no instance is terminated before they are resumed, but a termination that has begun goes on", async () => {
    const [one] = await open();
    bed.simulator.autoScaling.terminateAtRequest(one, true);
    await bed.pass(10);
    suspendProcesses(bed.group, "Terminate");
    await scaleIn();
    assert.deepEqual(states(), ["Terminating:Wait", "InService"]);

    resumeProcesses(bed.simulator.autoScaling, bed.group);
    await bed.pass(10);
    assert.deepEqual(states(), ["Terminating:Wait", "Terminating:Wait"]);
  });

  it("suspends health checks: Auto Scaling does not notice a machine that is gone", async () => {
    await open({ behaviour: (usual) => withIncidents(usual, { kind: "stop", from: 1_000 }) });
    suspendProcesses(bed.group, "HealthCheck");
    await scaleIn(120);
    const health = [...bed.group.instances.values()].map((one) => [one.isRunning, one.health]);

    assert.deepEqual(health, [
      [false, "Healthy"],
      [false, "Healthy"],
    ]);
  });

  it("suspends launches", async () => {
    await open();
    suspendProcesses(bed.group, "Launch");
    bed.simulator.autoScaling.setDesired(bed.group, 3);
    await bed.pass(30);
    assert.equal(states().length, 2);

    resumeProcesses(bed.simulator.autoScaling, bed.group);
    await bed.pass(1);
    assert.equal(states().length, 3);
  });

  it("puts an instance into standby and takes it back without a hook", async () => {
    const [one] = await open({ args: { ...alone.args, launch: { script: "up", timeout: 60 } } });
    enterStandby(bed.simulator.autoScaling, one);
    await bed.pass(10);
    assert.deepEqual([one.state, bed.group.desired], ["Standby", 1]);

    exitStandby(bed.simulator.autoScaling, one);
    await bed.pass(10);
    assert.deepEqual([one.state, bed.group.desired], ["InService", 2]);
    assert.deepEqual(bed.of("action"), []);
  });

  it("detaches an instance without a hook, whose machine runs on", async () => {
    const [one] = await open();
    detach(bed.simulator.autoScaling, one);
    await bed.pass(10);
    await scaleIn();

    assert.deepEqual(states(), ["Terminating:Wait"]);
    assert.deepEqual([one.state, one.isRunning], ["Detached", true]);
    assert.equal(bed.of("action").length, 1);
  });

  it("terminates an instance on request while it is being detached, and no instance that is detached", async () => {
    const [one, other] = await open();
    const { autoScaling } = bed.simulator;
    detach(autoScaling, one);
    autoScaling.terminateAtRequest(one, false);
    detach(autoScaling, other);
    bed.simulator.context.clock.after(4_999, () => {
      autoScaling.terminateAtRequest(other, false);
    });
    await bed.pass(30);

    assert.deepEqual([one.state, other.state], ["Terminating:Wait", "Detached"]);
    assert.deepEqual([...bed.group.instances.keys()], [one.id]);
  });

  it("deletes a warm pool, whose stopped machines wait at the hooks on termination", async () => {
    await open();
    const [cold] = fillWarmPool(bed.simulator.autoScaling, bed.group, 1);
    assert.ok(cold);
    deleteWarmPool(bed.simulator.autoScaling, bed.group);
    await bed.pass(10);

    assert.deepEqual([cold.state, cold.isRunning], ["Warmed:Terminating:Wait", false]);
    assert.deepEqual(
      bed.of("action").map(({ instance, phase, transition }) => `${instance} ${phase} ${transition}`),
      [`${cold.id} waiting terminate`],
    );
  });
});
