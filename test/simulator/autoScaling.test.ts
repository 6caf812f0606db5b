import assert from "node:assert/strict";
import { changed, withOtherHook } from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";

/** A world without a function: nobody completes lifecycle actions. */
const alone: Setting = { world: (world) => ({ ...world, functions: [], subscriptions: [], rules: [] }) };
const terminate = { script: "stop", timeout: 120 };

describe("Auto Scaling in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (setting: Setting = {}) => {
    bed = await TestBed.open(setting);
    return bed;
  };
  const completed = () => bed.of("action").filter(({ phase }) => phase === "completed");
  const states = () => bed.of("instance").map(({ state }) => state);

  it("drains before the hook fires, for as long as the target group says", async () => {
    await open({ ...alone, args: { targetGroup: { port: 80, deregistrationDelay: 100 } } });
    await bed.scaleIn(1);
    await bed.pass(200);

    const [terminating, waiting] = bed.of("instance").slice(1);
    assert.equal(terminating?.state, "Terminating");
    assert.equal(waiting?.state, "Terminating:Wait");
    assert.equal(Math.round((waiting.at - terminating.at) / 1000), 101);
    assert.equal(bed.group.activities[0]?.statusCode, "MidTerminatingLifecycleAction");
    assert.equal(bed.group.activities[0].progress, 60);
  });

  it("drains faster where the behaviour says so", async () => {
    await open({ ...alone, behaviour: (usual) => changed(usual, { draining: () => 0 }) });
    await bed.scaleIn(1);
    await bed.pass(10);

    assert.equal(states().at(-1), "Terminating:Wait");
  });

  it("applies the default result a little after the heartbeat timeout", async () => {
    await open({ ...alone, args: { targetGroup: { port: 80, deregistrationDelay: 0 } } });
    await bed.scaleIn(1);
    await bed.pass(1000);

    const [waiting] = bed.of("action");
    const [end] = completed();
    assert.ok(waiting && end);
    assert.equal(end.by, "timeout");
    assert.equal(end.result, "CONTINUE");
    assert.equal((end.at - waiting.at) / 1000, 450 + 3.5);
    assert.deepEqual(states().slice(-3), ["Terminating:Proceed", "ended", "Terminated"]);
  });

  it("starts the timer anew with a heartbeat, but never beyond a hundred timeouts", async () => {
    await open({ ...alone, args: { targetGroup: { port: 80, deregistrationDelay: 0 } } });
    await bed.scaleIn(1);
    await bed.pass(10);
    const [instance] = bed.group.instances.values();
    assert.ok(instance);
    for (let beat = 0; beat < 120; beat += 1) {
      const [action] = instance.actions;
      if (action) bed.simulator.autoScaling.lifecycle.actions.extend(instance, action, "test");
      await bed.pass(400);
    }

    const waited = ((completed()[0]?.at ?? 0) - (bed.of("action")[0]?.at ?? 0)) / 1000;
    assert.equal(waited, 100 * 450 + 3.5);
  });

  it("launches an instance through the launch hook, and puts it into service only after the hook", async () => {
    await open({ args: { launch: { script: "ready", timeout: 60 } } });
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(300);

    assert.deepEqual(states(), ["Pending", "Pending:Wait", "Pending:Proceed", "InService"]);
    const started = bed.of("script").find(({ phase }) => phase === "started");
    const ended = bed.of("script").find(({ phase }) => phase === "ended");
    const served = bed.of("instance").find(({ state }) => state === "InService");
    assert.ok(started && ended && served && started.at < ended.at && ended.at < served.at);
  });

  it("terminates an abandoned launch through the termination hook, and launches another instance", async () => {
    await open({ ...alone, args: { launch: { script: "ready", timeout: 60 } } });
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(30);
    const [instance] = bed.group.instances.values();
    const [action] = instance?.actions ?? [];
    assert.ok(instance && action);
    bed.simulator.autoScaling.lifecycle.actions.complete(instance, action, "ABANDON", "test");
    await bed.pass(120);

    const [launch, end] = bed.group.activities;
    assert.equal(launch?.statusCode, "Cancelled");
    assert.match(launch.statusMessage, /was abandoned: Lifecycle Action Completed with ABANDON Result$/);
    assert.ok(end);
    assert.match(end.cause, /an instance was taken out of service in response to a launch failure\.$/);
    assert.equal(instance.state, "Terminating:Wait");
    assert.equal(bed.group.launched, 2);
  });

  it("retains an instance on ABANDON where the group's policy says so, and again after another termination", async () => {
    await open({ ...alone, args: { terminate: { ...terminate, onFailure: "retain" } } });
    await bed.scaleIn(1);
    const [instance] = bed.group.instances.values();
    assert.ok(instance);
    for (let round = 0; round < 2; round += 1) {
      await bed.pass(400);
      const [action] = instance.actions;
      assert.ok(action, `no action in round ${round}`);
      bed.simulator.autoScaling.lifecycle.actions.complete(instance, action, "ABANDON", "test");
      await bed.pass(10);
      assert.equal(instance.state, "Terminating:Retained");
      assert.equal(bed.group.activities.at(-1)?.statusCode, "Cancelled");
      bed.simulator.autoScaling.terminateAtRequest(instance, false);
    }
    assert.equal(new Set(bed.of("action").map(({ token }) => token)).size, 2);
  });

  it("waits for all hooks of a transition, and cancels the other hooks when a hook abandons", async () => {
    await open({
      world: (world) => ({ ...withOtherHook(world), functions: [] }),
      behaviour: (usual) => changed(usual, { otherHook: () => ({ after: 60_000, result: "ABANDON" }) }),
    });
    await bed.scaleIn(1);
    await bed.pass(330);
    const [instance] = bed.group.instances.values();
    assert.equal(instance?.actions.length, 2);
    await bed.pass(60);

    assert.deepEqual(
      completed().map(({ by, hook }) => `${hook} ${by ?? ""}`),
      ["somebody-elses-terminating other hook", "graceful-terminate-sns other hook"],
    );
    assert.equal(instance.actions.length, 0);
  });

  it("does not wait for a broken notification: the default result applies at once", async () => {
    await open({ world: (world) => ({ ...world, topics: new Set() }) });
    await bed.scaleIn(1);
    await bed.pass(400);

    assert.deepEqual(
      completed().map(({ by }) => by),
      ["broken notification"],
    );
  });

  it("ends the wait of instances when their hook is deleted", async () => {
    await open({ ...alone, args: { launch: { script: "ready", timeout: 60 } } });
    await bed.scaleIn(1);
    await bed.pass(330);
    bed.simulator.autoScaling.deleteHook(bed.group, "graceful-terminate-sns");

    assert.deepEqual(
      completed().map(({ result }) => result),
      ["CONTINUE"],
    );
  });

  it("replaces a machine that crashes, after a health check some time later", async () => {
    await open({ ...alone, args: { minSize: 1 } });
    bed.simulator.autoScaling.populate(bed.group, 1);
    const [instance] = bed.group.instances.values();
    assert.ok(instance);
    bed.simulator.autoScaling.lifecycle.lost(instance, "test");
    await bed.pass(120);

    assert.match(
      bed.group.activities[0]?.cause ?? "",
      /an EC2 health check indicating it has been terminated or stopped/,
    );
    assert.equal(bed.group.launched, 2);
  });

  it("puts an event on the bus for each action, and publishes the same to the topic", async () => {
    await open();
    await bed.scaleIn(1);
    await bed.pass(330);

    assert.deepEqual(
      bed
        .of("message")
        .filter(({ what }) => what === "hook")
        .map(({ channel, fate }) => `${channel} ${fate}`),
      ["sns delivered"],
    );
  });
});
