import assert from "node:assert/strict";
import {
  changed,
  isCommand,
  isHook,
  noAnswer,
  outage,
  withCallErrors,
  withDeliveries,
  withIncidents,
} from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";

/** Seconds that the group of these tests drains; the script has 120 s. */
const drain = 30;

describe("the promises about stopping", function () {
  this.timeout(60_000);

  let bed: TestBed;
  const open = async (setting: Setting = {}) => {
    bed = await TestBed.open({
      ...setting,
      args: { targetGroup: { port: 8080, deregistrationDelay: drain }, ...setting.args },
    });
  };
  afterEach(() => bed.close());

  const noHookEvents: Setting["behaviour"] = (usual) => withDeliveries(usual, isHook, () => []);
  const noCommandEvents: Setting["behaviour"] = (usual) => withDeliveries(usual, isCommand, () => []);
  const starts = () => bed.of("script").filter(({ phase }) => phase === "started");
  const ends = () => bed.of("script").filter(({ phase }) => phase === "ended");
  const completions = () => bed.of("action").filter(({ phase }) => phase === "completed");
  const machineEnds = () => bed.of("instance").filter(({ state }) => state === "ended");
  const seconds = (at: number) => (at - bed.simulator.context.began) / 1000;

  describe("P1, an instance ends only after its script", () => {
    for (const [name, behaviour] of [
      ["on a good day", undefined],
      ["though the hook's event is lost", noHookEvents],
      ["though the command's event is lost", noCommandEvents],
      [
        "though SSM gives up the first command for each instance",
        (usual) =>
          changed(usual, { undelivered: ({ earlier }) => (earlier === 0 ? "Undeliverable" : undefined) }),
      ],
      [
        "though AWS refuses every second call",
        (usual, random) =>
          withCallErrors(usual, ({ caller, sequence }) =>
            random.happens(`refuses/${caller}/${sequence}`, 0.5) ? outage : undefined,
          ),
      ],
    ] as const satisfies readonly (readonly [string, Setting["behaviour"]])[]) {
      it(`holds ${name}`, async () => {
        await open(behaviour ? { behaviour } : {});
        await bed.scaleIn(3);
        await bed.pass(900);

        assert.equal(machineEnds().length, 3);
        for (const { at, instance } of machineEnds()) {
          const end = ends().find((one) => one.instance === instance);
          assert.ok(end && end.at < at, `${instance} ended before its script`);
        }
      });
    }

    for (const [name, behaviour] of [
      ["event", undefined],
      ["sweep", noHookEvents],
    ] as const) {
      it(`holds each time an instance refresh replaces the root volume, by the ${name}`, async () => {
        await open({
          ...(behaviour ? { behaviour } : {}),
          // An instance refresh replaces root volumes only where all overrides name an image.
          world: (world) => ({
            ...world,
            groups: world.groups.map((group) => ({ ...group, imageOverrides: ["ami-0123456789abcdef0"] })),
          }),
        });
        bed.simulator.autoScaling.populate(bed.group, 1);
        const [instance] = bed.group.instances.values();
        assert.ok(instance);
        for (const time of [1, 2]) {
          bed.simulator.autoScaling.lifecycle.replaceRootVolume(instance);
          await bed.pass(400);
          const passed = bed.of("instance").map(({ state }) => state);

          assert.deepEqual(passed.slice(-5), [
            "ReplacingRootVolume",
            "ReplacingRootVolume:Wait",
            "ReplacingRootVolume:Proceed",
            "RootVolumeReplaced",
            "InService",
          ]);
          assert.equal(ends().length, time);
          const renewal = bed.of("instance").findLast(({ state }) => state === "RootVolumeReplaced");
          assert.ok((ends().at(-1)?.at ?? Infinity) < (renewal?.at ?? 0));
        }
        assert.deepEqual(
          completions().map(({ by, result }) => `${by ?? ""} ${result ?? ""}`),
          ["call CONTINUE", "call CONTINUE"],
        );
      });
    }

    it("holds where the script outlasts the hook's own timeout several times", async () => {
      await open({
        scriptSeconds: 3000,
        args: { terminate: { script: "drain", timeout: 3600, heartbeatTimeout: 300 } },
      });
      await bed.scaleIn(1);
      await bed.pass(4000);

      const [end] = ends();
      const [machineEnd] = machineEnds();
      assert.ok(end && machineEnd && end.at < machineEnd.at);
      assert.deepEqual(
        completions().map(({ by, result }) => `${by ?? ""} ${result ?? ""}`),
        ["call CONTINUE"],
      );
    });
  });

  describe("P2, the script runs once per lifecycle action", () => {
    it("holds however often the event comes, and though the sweep, which sees no command yet, sends its own command", async () => {
      await open({
        behaviour: (usual) =>
          changed(
            withDeliveries(usual, isHook, ([first = 0]) => [first, first, first + 2_000, first + 50_000]),
            { listingLag: () => 70_000 },
          ),
        scriptSeconds: 100,
      });
      await bed.scaleIn(2);
      await bed.pass(600);

      assert.ok(bed.calls().filter((name) => name === "SendCommand").length > 4);
      assert.equal(starts().length, 2);
    });

    it("holds across a reboot, which makes the run a failure", async () => {
      await open({
        args: { terminate: { script: "stop", timeout: 120, onFailure: "abandon" } },
        behaviour: (usual) => withIncidents(usual, { kind: "reboot", from: 5_000, to: 30_000 }),
      });
      await bed.scaleIn(1);
      await bed.pass(600);

      assert.equal(starts().length, 1);
      assert.deepEqual(
        completions().map(({ result }) => result),
        ["ABANDON"],
      );
    });

    it("holds where a Spot warning has started the script long before the hook fires", async () => {
      await open({
        args: { spot: true },
        behaviour: (usual) =>
          changed(usual, {
            instance: (facts) => ({ ...usual.instance(facts), interruptedAt: 1_000 }),
          }),
      });
      bed.simulator.autoScaling.populate(bed.group, 1);
      bed.group.desired = 0;
      await bed.pass(300);

      const hook = bed.of("action").find(({ phase }) => phase === "waiting");
      assert.equal(starts().length, 1);
      assert.ok(hook && (starts()[0]?.at ?? Infinity) < hook.at - 10_000, "it waited for the hook");
      assert.equal(bed.of("script").filter(({ phase }) => phase === "joined").length, 1);
    });

    it("the handler leaves Spot instances of other groups alone", async () => {
      await open({
        args: { spot: true },
        world: (world) => ({
          ...world,
          groups: world.groups.map((group) => ({ ...group, hooks: [], deregistrationDelay: 0 })),
        }),
        behaviour: (usual) =>
          changed(usual, {
            instance: (facts) => ({ ...usual.instance(facts), interruptedAt: 1_000 }),
          }),
      });
      bed.simulator.autoScaling.populate(bed.group, 1);
      bed.group.desired = 0;
      await bed.pass(130);

      assert.deepEqual(bed.calls(), ["DescribeAutoScalingInstances", "DescribeLifecycleHooks"]);
      assert.deepEqual(starts(), []);
    });
  });

  describe("P3, an instance waits no longer than needed", () => {
    it("the instance goes on within 1.5 s of the script's end", async () => {
      await open();
      await bed.scaleIn(3);
      await bed.pass(300);

      for (const { at, instance } of completions()) {
        const end = ends().find((one) => one.instance === instance);
        assert.ok(end && at - end.at < 1_500, `${instance} waited ${at - (end?.at ?? 0)} ms`);
      }
      assert.equal(completions().length, 3);
    });

    it("the instance goes on within two sweeps where the event is lost", async () => {
      await open({ behaviour: noCommandEvents });
      await bed.scaleIn(3);
      await bed.pass(300);

      for (const { at, instance } of completions()) {
        const end = ends().find((one) => one.instance === instance);
        assert.ok(end && at - end.at < 122_000, `${instance} waited ${at - (end?.at ?? 0)} ms`);
      }
      assert.equal(completions().length, 3);
    });
  });

  describe("P4, nothing is stuck and the handler decides", () => {
    it("the next sweep starts a script that no event has started", async () => {
      await open({ behaviour: noHookEvents });
      await bed.scaleIn(2);
      await bed.pass(300);

      assert.ok(starts().every(({ at }) => seconds(at) < drain + 10 + 61));
      assert.ok(completions().every(({ by }) => by === "call"));
      assert.equal(completions().length, 2);
    });

    it("the handler applies the failure policy where the agent is away for longer than 180 s", async () => {
      await open({
        args: { terminate: { script: "stop", timeout: 120, onFailure: "abandon" } },
        behaviour: (usual) => withIncidents(usual, { kind: "agentAway", from: 0, to: 1e9 }),
      });
      await bed.scaleIn(1);
      await bed.pass(900);

      const [completion] = completions();
      const waited = seconds(completion?.at ?? 0) - seconds(bed.of("action")[0]?.at ?? 0);
      assert.deepEqual([completion?.by, completion?.result], ["call", "ABANDON"]);
      assert.ok(waited >= 180 && waited < 180 + 120, `waited ${waited} s`);
    });

    it("the handler gives up a call that AWS never answers, long before Lambda gives up the invocation", async () => {
      await open({
        behaviour: (usual) => changed(usual, { isUnanswered: ({ sequence }) => sequence === 1 }),
      });
      await bed.scaleIn(1);
      await bed.pass(300);

      assert.ok(bed.of("call").some(({ action, error }) => action === "SendCommand" && error === noAnswer));
      assert.ok(!bed.of("invocation").some(({ phase }) => phase === "timedOut" || phase === "failed"));
      assert.equal(starts().length, 1);
      assert.deepEqual(
        completions().map(({ by, result }) => `${by ?? ""} ${result ?? ""}`),
        ["call CONTINUE"],
      );
    });

    it("the handler recovers from an outage of SSM that takes less than the recovery time", async () => {
      await open({
        behaviour: (usual) =>
          withCallErrors(usual, ({ elapsed, service }) =>
            service === "ssm" && elapsed < (drain + 120) * 1000 ? outage : undefined,
          ),
      });
      await bed.scaleIn(2);
      await bed.pass(600);

      assert.deepEqual(
        completions().map(({ by, result }) => `${by ?? ""} ${result ?? ""}`),
        ["call CONTINUE", "call CONTINUE"],
      );
    });
  });
});
