import assert from "node:assert/strict";
import { encodeInstructions } from "../../../contract";
import { onHookAction } from "../../../handler/hookAction";
import { recall } from "../../../handler/memory";
import { reconcileGroup, reconcileInstances, sweep } from "../../../handler/sweep";
import { reconcile } from "../../../handler/sweep/reconcile";
import { ids, instructionsFor } from "../../support/payloads";
import { hookName, sweepWorld, sweptAt, type Known } from "../../support/sweepWorld";
import { web } from "./webGroup";

/** Instances that were chosen one second after another, and take turns. */
const inTurn = (known: Known = {}): Known => ({
  groups: web("i-1", "i-2", "i-3"),
  instructions: { drain: { maxConcurrent: 1, maxWait: 900 } },
  activities: {
    "i-1": { startedAt: sweptAt - 100_000 },
    "i-2": { startedAt: sweptAt - 99_000 },
    "i-3": { startedAt: sweptAt - 98_000 },
  },
  ...known,
});
/** SSM's answer where it refuses the first instance. */
const refused = {
  kind: "refused",
  cause: "no agent",
  instances: ["i-1"],
  isUnknown: true,
  whole: false,
} as const;
/** That the handler itself failed nowhere. */
const isSound = ({ lines }: ReturnType<typeof sweepWorld>) =>
  !lines.some(({ message }) => message.startsWith("the handler itself failed"));
const sentTo = ({ jobs }: ReturnType<typeof sweepWorld>) => jobs.map(({ instances }) => instances.join());

describe("a look at instances that take turns", () => {
  const swept = async (known: Known = {}) => {
    const world = sweepWorld(inTurn(known));
    await sweep(world.context);
    assert.ok(isSound(world));
    return world;
  };

  it("starts the script of the instance that was chosen first, and says why the others wait", async () => {
    const world = await swept({ groups: web("i-3", "i-2", "i-1") });

    assert.deepEqual(sentTo(world), ["i-1"]);
    const codes = world.lines.flatMap(({ code, instance }) => (code ? [`${instance ?? ""} ${code}`] : []));
    assert.deepEqual(codes.sort(), ["i-1 notStarted", "i-2 notItsTurn", "i-3 notItsTurn"]);
  });

  it("sends each instance a command of its own", async () => {
    const drain = { maxConcurrent: 2, maxWait: 900 };

    assert.deepEqual(sentTo(await swept({ instructions: { drain } })), ["i-1", "i-2"]);
  });

  it("starts nothing while the script of the turn runs", async () => {
    const running = { commands: [{ instance: "i-2", status: "running" }] } as const;

    assert.deepEqual(sentTo(await swept(running)), []);
    // Also where the activities are known, which say that another instance was chosen before.
    assert.deepEqual(sentTo(await swept({ ...running, group: { repeats: true } })), []);
  });

  it("reads the activities of instances that deregister only where a turn is to be given, without their history", async () => {
    const groups = { web: [{ id: "i-1" }, { id: "i-2", lifecycleState: "Terminating" }] };
    const running = await swept({ groups, commands: [{ instance: "i-1", status: "running" }] });
    const reads = ({ calls }: typeof running) => calls.filter((call) => call.startsWith("activities"));

    assert.deepEqual(reads(running), []);
    assert.deepEqual(reads(await swept({ groups })), ["activities web", "activities web"]);
    assert.deepEqual(reads(await swept({ groups: web("i-1", "i-2") })), ["activities web"]);
  });

  it("sends the document again to the instance whose turn it is, once", async () => {
    const world = await swept({
      commands: [{ instance: "i-2", status: "undelivered", requestedAt: sweptAt - 90_000 }],
    });

    assert.deepEqual(sentTo(world), ["i-2"]);
  });

  it("completes nothing with a heartbeat", async () => {
    const world = sweepWorld(
      inTurn({
        groups: web("i-1"),
        instructions: { execution: 3600, drain: { maxConcurrent: 1, maxWait: 900 } },
        heartbeatTimeout: 900,
        commands: [{ instance: "i-1", status: "running", requestedAt: sweptAt - 310_000 }],
      }),
    );
    const [group] = await world.context.autoScaling.groups("");
    assert.ok(group);
    const [due] = await reconcile(world.context, group, { isSweep: true });

    assert.ok(world.calls.includes("heartbeat i-1"));
    assert.deepEqual(
      due?.cases.map(({ isCompleted }) => isCompleted),
      [false],
    );
  });

  it("decides about each instance once", async () => {
    const world = sweepWorld(inTurn({ commands: [{ instance: "i-1", status: "succeeded" }] }));
    const [group] = await world.context.autoScaling.groups("");
    assert.ok(group);
    const [due] = await reconcile(world.context, group, { isSweep: true });

    assert.deepEqual(due?.cases.map(({ subject }) => subject.instance).sort(), ["i-1", "i-2", "i-3"]);
    assert.equal(world.calls.filter((call) => call === "complete i-1").length, 1);
  });

  it("passes the turn on in the look that completes the action", async () => {
    const world = await swept({ commands: [{ instance: "i-1", status: "succeeded" }] });

    assert.ok(world.calls.includes("complete i-1"));
    assert.deepEqual(sentTo(world), ["i-2"]);
  });

  it("keeps the turn of an instance whose action AWS does not complete", async () => {
    const world = await swept({
      commands: [{ instance: "i-1", status: "succeeded" }],
      fails: { "complete i-1": Object.assign(new Error("no"), { $metadata: {} }) },
    });

    assert.deepEqual(sentTo(world), []);
  });

  it("lets an instance that deregisters go first if it was chosen first, in any state of that", async () => {
    for (const lifecycleState of [
      "Terminating",
      "Warmed:Terminating",
      "Warmed:Pending",
      "ReplacingRootVolume",
    ]) {
      const groups = { web: [{ id: "i-1", lifecycleState }, { id: "i-2" }] };
      const world = await swept({ groups });
      assert.deepEqual(sentTo(world), [], lifecycleState);
      const later = await swept({ groups, activities: { "i-1": { startedAt: sweptAt } } });
      assert.deepEqual(sentTo(later), ["i-2"], lifecycleState);
    }
    const others = ["InService", "Terminating:Proceed", "Terminating:Retained", "Pending"];
    for (const lifecycleState of others) {
      const world = await swept({ groups: { web: [{ id: "i-1", lifecycleState }, { id: "i-2" }] } });
      assert.deepEqual(sentTo(world), ["i-2"], lifecycleState);
    }
  });

  it("lets nobody pass an instance whose activity is not listed, unless a launch may be on its way", async () => {
    const activities = () =>
      Promise.resolve(new Map([["i-2", { startedAt: sweptAt, cause: "", retainedBefore: false }]]));
    const changes = { autoScaling: { activities } };
    const known = (lifecycleState: string): Known => ({
      groups: { web: [{ id: "i-1", lifecycleState }, { id: "i-2" }] },
      changes,
    });

    assert.deepEqual(sentTo(await swept(known("Terminating:Wait"))), []);
    assert.deepEqual(sentTo(await swept(known("Terminating"))), []);
    assert.deepEqual(sentTo(await swept(known("Warmed:Pending"))), ["i-2"]);
    assert.deepEqual(sentTo(await swept(known("Warmed:Pending:Wait"))), ["i-2"]);
  });

  describe("where SSM refuses instances that have nothing to stop", () => {
    const nothingToStop = { cause: "in response to a launch failure" };
    /** A sweep of a world in which instances leave the group as their actions are completed. */
    const leaving = async (gone: readonly string[], known: Known = {}) => {
      const left = new Set(["i-1", "i-2", "i-3"]);
      const of = inTurn({
        sends: ({ instances }) => {
          const theirs = instances.filter((one) => gone.includes(one));
          if (theirs.length > 0) return { ...refused, instances: theirs };
          return { kind: "sent", commandId: "c9", requestedAt: sweptAt };
        },
        ...known,
      });
      const { activities = {} } = of;
      const world = sweepWorld({
        ...of,
        activities: { ...activities, "i-1": { ...activities["i-1"], ...nothingToStop } },
        changes: {
          ...known.changes,
          autoScaling: {
            complete: ({ instance }) => Promise.resolve(left.delete(instance)),
            group: (name) =>
              Promise.resolve({
                name,
                instances: [...left].map((id) => ({
                  id,
                  lifecycleState: "Terminating:Wait",
                  isHealthy: true,
                  isProtected: false,
                })),
                hasUnreadPool: false,
                repeats: false,
                busy: undefined,
                revisions: [],
              }),
          },
        },
      });
      await sweep(world.context);
      assert.ok(isSound(world));
      return sentTo(world);
    };

    it("passes the turn on at once", async () => {
      assert.deepEqual(await leaving(["i-1"]), ["i-1", "i-2"]);
    });

    it("passes it on though another instance that SSM refuses waits for its agent", async () => {
      const drain = { maxConcurrent: 2, maxWait: 900 };

      assert.deepEqual(await leaving(["i-1", "i-2"], { instructions: { drain } }), [
        "i-1",
        "i-2",
        "i-2",
        "i-3",
      ]);
    });

    it("passes it on where a probe was asked first", async () => {
      const probed = { instructions: { drain: { maxConcurrent: 1, maxWait: 900 }, maxWait: 120 } };

      assert.deepEqual(
        await leaving(["i-1"], { ...probed, changes: { isBusy: () => Promise.resolve(false) } }),
        ["i-1", "i-2"],
      );
    });
  });

  it("looks no second time where the action of an instance that SSM refuses is over already", async () => {
    const { calls } = await swept({
      activities: { "i-1": { cause: "in response to a launch failure" } },
      sends: () => refused,
      changes: { autoScaling: { complete: () => Promise.resolve(false) } },
      fails: { "group web": new Error("a second look") },
    });

    assert.ok(!calls.includes("group web"));
  });

  it("looks no second time where an instance that SSM refuses may still take its document", async () => {
    const { calls } = await swept({ sends: () => refused });

    assert.ok(!calls.includes("group web"));
  });
});

describe("an event of instances that take turns", () => {
  it("looks at the whole group, and starts nothing for others", async () => {
    const world = sweepWorld(inTurn());
    await reconcileInstances(world.context, "web", hookName, ["i-2"]);

    assert.deepEqual(world.calls.slice(0, 3), ["describe i-2", "hooks web", "group web"]);
    assert.deepEqual(sentTo(world), []);
    await reconcileInstances(world.context, "web", hookName, ["i-1"]);
    assert.deepEqual(sentTo(world), ["i-1"]);
  });

  it("gives the event of a hook its turn, and no sweep's heartbeat slot", async () => {
    const world = sweepWorld(inTurn());
    const metadata = encodeInstructions(
      instructionsFor("terminate", { drain: { maxConcurrent: 1, maxWait: 900 } }),
    );
    const fired = (instance: string) =>
      onHookAction(world.context, {
        kind: "hookAction",
        group: "web",
        hook: hookName,
        transition: "terminate",
        instance,
        token: ids.token,
        time: sweptAt,
        route: { origin: undefined, destination: undefined },
        metadata,
      });
    await fired("i-2");
    assert.deepEqual(sentTo(world), []);
    await fired("i-1");

    assert.deepEqual(sentTo(world), ["i-1"]);
    assert.equal(recall(world.context.memory, { group: "web", hook: hookName, instance: "i-1" }).look, 0);
    assert.ok(isSound(world));
  });

  it("passes a turn on though another instance of the event goes on with its own", async () => {
    const world = sweepWorld(
      inTurn({
        instructions: { drain: { maxConcurrent: 2, maxWait: 900 } },
        commands: [
          { instance: "i-1", status: "succeeded" },
          { instance: "i-2", id: "c2", status: "running" },
        ],
      }),
    );
    await reconcileInstances(world.context, "web", hookName, ["i-1", "i-2"]);

    assert.deepEqual(sentTo(world), ["i-3"]);
  });

  it("starts nothing for others where its own instance goes on", async () => {
    for (const status of ["running", "undelivered"] as const) {
      const world = sweepWorld(
        inTurn({
          instructions: { drain: { maxConcurrent: 2, maxWait: 900 } },
          commands: [{ instance: "i-1", status, requestedAt: sweptAt - 90_000 }],
        }),
      );
      await reconcileInstances(world.context, "web", hookName, ["i-1"]);

      assert.deepEqual(sentTo(world), status === "running" ? [] : ["i-1"]);
    }
  });

  it("passes the turn on though AWS does not answer about an instance", async () => {
    const world = sweepWorld(
      inTurn({
        commands: [
          { instance: "i-1", status: "succeeded" },
          { instance: "i-3", id: "c3", status: "ended" },
        ],
        fails: { "end c3": Object.assign(new Error("no"), { $metadata: {} }) },
      }),
    );
    await reconcileInstances(world.context, "web", hookName, ["i-1"]);

    // An instance about which nothing is known may run its script.
    assert.deepEqual(sentTo(world), []);
    assert.ok(isSound(world));
  });

  it("looks at the group where one of several hooks is that of the event", async () => {
    const world = sweepWorld(inTurn());
    const [own] = await world.context.autoScaling.hooks("web");
    assert.ok(own);
    const hooks = [own, { ...own, name: "another" }];
    const both = sweepWorld(inTurn({ changes: { autoScaling: { hooks: () => Promise.resolve(hooks) } } }));
    await reconcileInstances(both.context, "web", hookName, ["i-1"]);
    assert.ok(both.calls.includes("group web"));
    assert.deepEqual(sentTo(both), ["i-1"]);

    const foreign = sweepWorld(inTurn());
    await reconcileInstances(foreign.context, "web", "another", ["i-1"]);
    assert.ok(!foreign.calls.includes("group web"));
  });

  it("looks at a group of which only some instances wait", async () => {
    const groups = { web: [{ id: "i-1" }, { id: "i-4", lifecycleState: "InService" }] };
    const world = sweepWorld(inTurn({ groups }));
    await reconcileGroup(world.context, "web", { isSweep: false });

    assert.deepEqual(sentTo(world), ["i-1"]);
  });

  it("asks for the hooks once: the next event knows that the instances take turns", async () => {
    const world = sweepWorld(inTurn());
    await reconcileInstances(world.context, "web", hookName, ["i-2"]);
    world.calls.length = 0;
    await reconcileInstances(world.context, "web", hookName, ["i-3"]);

    assert.equal(world.calls[0], "group web");
    assert.ok(!world.calls.includes("hooks web"));
    world.calls.length = 0;
    await reconcileInstances(world.context, "web", "another", ["i-3"]);
    assert.equal(world.calls[0], "describe i-3");
  });

  it("passes the turn on with the action that it completes, also where lists do not show the end yet", async () => {
    const end = { status: "failed", endedAt: sweptAt, output: "" } as const;
    const world = sweepWorld(inTurn({ ends: { c7: end } }));
    await reconcileInstances(world.context, "web", hookName, ["i-1"], {
      id: "c7",
      requestedAt: sweptAt - 30_000,
    });

    assert.ok(world.calls.includes("complete i-1"));
    assert.deepEqual(sentTo(world), ["i-2"]);
  });

  it("passes nothing on where somebody else has completed the action", async () => {
    const world = sweepWorld(
      inTurn({
        commands: [{ instance: "i-1", status: "succeeded" }],
        changes: { autoScaling: { complete: () => Promise.resolve(false) } },
      }),
    );
    await reconcileInstances(world.context, "web", hookName, ["i-1"]);

    assert.deepEqual(sentTo(world), []);
  });

  it("does nothing where no instance of the group waits, or the group is gone", async () => {
    const world = sweepWorld(inTurn({ groups: { web: [{ id: "i-1", lifecycleState: "Terminating" }] } }));
    for (const name of ["web", "gone"]) await reconcileGroup(world.context, name, { isSweep: false });

    assert.deepEqual(world.calls, ["group web", "group gone"]);
  });
});
