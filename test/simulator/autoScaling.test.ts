import assert from "node:assert/strict";
import { changed, withOtherHook } from "../../simulator";
import { Stand, type Setting } from "../support/box";

/** A world without a function: nobody completes anything. */
const alone: Setting = { world: (world) => ({ ...world, functions: [], subscriptions: [], rules: [] }) };
const terminate = { script: "stop", timeout: 120 };

describe("Auto Scaling in the box", () => {
  let stand: Stand;
  afterEach(() => stand.close());

  const open = async (setting: Setting = {}) => {
    stand = await Stand.open(setting);
    return stand;
  };
  const completed = () => stand.of("action").filter(({ phase }) => phase === "completed");
  const states = () => stand.of("instance").map(({ state }) => state);

  it("drains before the hook fires, for as long as the target group says", async () => {
    await open({ ...alone, args: { targetGroup: { port: 80, deregistrationDelay: 100 } } });
    await stand.scaleIn(1);
    await stand.pass(200);

    const [terminating, waiting] = stand.of("instance").slice(1);
    assert.equal(terminating?.state, "Terminating");
    assert.equal(waiting?.state, "Terminating:Wait");
    assert.equal(Math.round((waiting.at - terminating.at) / 1000), 101);
    assert.equal(stand.group.activities[0]?.statusCode, "MidTerminatingLifecycleAction");
    assert.equal(stand.group.activities[0].progress, 60);
  });

  it("may drain faster where the conduct says so", async () => {
    await open({ ...alone, conduct: (usual) => changed(usual, { draining: () => 0 }) });
    await stand.scaleIn(1);
    await stand.pass(10);

    assert.equal(states().at(-1), "Terminating:Wait");
  });

  it("applies the default result a little after the heartbeat timeout", async () => {
    await open({ ...alone, args: { targetGroup: { port: 80, deregistrationDelay: 0 } } });
    await stand.scaleIn(1);
    await stand.pass(1000);

    const [waiting] = stand.of("action");
    const [end] = completed();
    assert.ok(waiting && end);
    assert.equal(end.by, "timeout");
    assert.equal(end.result, "CONTINUE");
    assert.equal((end.at - waiting.at) / 1000, 450 + 3.5);
    assert.deepEqual(states().slice(-3), ["Terminating:Proceed", "ended", "Terminated"]);
  });

  it("starts the timer anew with a heartbeat, but never beyond a hundred timeouts", async () => {
    await open({ ...alone, args: { targetGroup: { port: 80, deregistrationDelay: 0 } } });
    await stand.scaleIn(1);
    await stand.pass(10);
    const [instance] = stand.group.instances.values();
    assert.ok(instance);
    for (let beat = 0; beat < 120; beat += 1) {
      const [action] = instance.actions;
      if (action) stand.box.autoScaling.lifecycle.actions.extend(instance, action, "test");
      await stand.pass(400);
    }

    const waited = ((completed()[0]?.at ?? 0) - (stand.of("action")[0]?.at ?? 0)) / 1000;
    assert.equal(waited, 100 * 450 + 3.5);
  });

  it("launches through the launch hook, and serves only after it", async () => {
    await open({ args: { launch: { script: "ready", timeout: 60 } } });
    stand.box.autoScaling.setDesired(stand.group, 1);
    await stand.pass(300);

    assert.deepEqual(states(), ["Pending", "Pending:Wait", "Pending:Proceed", "InService"]);
    const started = stand.of("script").find(({ phase }) => phase === "started");
    const ended = stand.of("script").find(({ phase }) => phase === "ended");
    const served = stand.of("instance").find(({ state }) => state === "InService");
    assert.ok(started && ended && served && started.at < ended.at && ended.at < served.at);
  });

  it("lets an abandoned launch pass the termination hook, and launches another", async () => {
    await open({ ...alone, args: { launch: { script: "ready", timeout: 60 } } });
    stand.box.autoScaling.setDesired(stand.group, 1);
    await stand.pass(30);
    const [instance] = stand.group.instances.values();
    const [action] = instance?.actions ?? [];
    assert.ok(instance && action);
    stand.box.autoScaling.lifecycle.actions.complete(instance, action, "ABANDON", "test");
    await stand.pass(120);

    const [launch, end] = stand.group.activities;
    assert.equal(launch?.statusCode, "Cancelled");
    assert.match(launch.statusMessage, /was abandoned: Lifecycle Action Completed with ABANDON Result$/);
    assert.ok(end);
    assert.match(end.cause, /an instance was taken out of service in response to a launch failure\.$/);
    assert.equal(instance.state, "Terminating:Wait");
    assert.equal(stand.group.launched, 2);
  });

  it("retains on ABANDON where the group's policy says so, and again after another termination", async () => {
    await open({ ...alone, args: { terminate: { ...terminate, onFailure: "retain" } } });
    await stand.scaleIn(1);
    const [instance] = stand.group.instances.values();
    assert.ok(instance);
    for (let round = 0; round < 2; round += 1) {
      await stand.pass(400);
      const [action] = instance.actions;
      assert.ok(action, `no action in round ${round}`);
      stand.box.autoScaling.lifecycle.actions.complete(instance, action, "ABANDON", "test");
      await stand.pass(10);
      assert.equal(instance.state, "Terminating:Retained");
      assert.equal(stand.group.activities.at(-1)?.statusCode, "Cancelled");
      stand.box.autoScaling.terminateAtRequest(instance, false);
    }
    assert.equal(new Set(stand.of("action").map(({ token }) => token)).size, 2);
  });

  it("waits for all hooks of a transition, and cancels the others when one abandons", async () => {
    await open({
      world: (world) => ({ ...withOtherHook(world), functions: [] }),
      conduct: (usual) => changed(usual, { otherHook: () => ({ after: 60_000, result: "ABANDON" }) }),
    });
    await stand.scaleIn(1);
    await stand.pass(330);
    const [instance] = stand.group.instances.values();
    assert.equal(instance?.actions.length, 2);
    await stand.pass(60);

    assert.deepEqual(
      completed().map(({ by, hook }) => `${hook} ${by ?? ""}`),
      ["somebody-elses-terminating other hook", "graceful-terminate-sns other hook"],
    );
    assert.equal(instance.actions.length, 0);
  });

  it("does not wait for a broken notification: the default result applies at once", async () => {
    await open({ world: (world) => ({ ...world, topics: new Set() }) });
    await stand.scaleIn(1);
    await stand.pass(400);

    assert.deepEqual(
      completed().map(({ by }) => by),
      ["broken notification"],
    );
  });

  it("lets waiting instances go on when their hook is deleted", async () => {
    await open({ ...alone, args: { launch: { script: "ready", timeout: 60 } } });
    await stand.scaleIn(1);
    await stand.pass(330);
    stand.box.autoScaling.deleteHook(stand.group, "graceful-terminate-sns");

    assert.deepEqual(
      completed().map(({ result }) => result),
      ["CONTINUE"],
    );
  });

  it("replaces a machine that crashes, by a health check some time later", async () => {
    await open({ ...alone, args: { minSize: 1 } });
    stand.box.autoScaling.populate(stand.group, 1);
    const [instance] = stand.group.instances.values();
    assert.ok(instance);
    stand.box.autoScaling.lifecycle.lost(instance, "test");
    await stand.pass(120);

    assert.match(
      stand.group.activities[0]?.cause ?? "",
      /an EC2 health check indicating it has been terminated or stopped/,
    );
    assert.equal(stand.group.launched, 2);
  });

  it("puts an event on the bus for each action, and publishes the same to the topic", async () => {
    await open();
    await stand.scaleIn(1);
    await stand.pass(330);

    assert.deepEqual(
      stand
        .of("message")
        .filter(({ what }) => what === "hook")
        .map(({ channel, fate }) => `${channel} ${fate}`),
      ["sns delivered"],
    );
  });
});
