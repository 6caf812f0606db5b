import assert from "node:assert/strict";
import type { BusyInstance } from "../../../contract";
import type { Said } from "../../../handler/busy/answer";
import { busyGroup, idsOf, instancesOf, sweptAt } from "./group";

describe("a sweep that asks the callback", () => {
  const seconds = 1_000;
  const failed = {
    level: "warn",
    message: "isBusy failed; protections stay as they are",
    group: "web",
    error: "Error: no connection",
  };

  /** A group whose callback gives these answers, and what it was asked. */
  const groupWith = (
    instances: ReturnType<typeof instancesOf>,
    isBusy: (instance: BusyInstance) => unknown,
    remembered: Readonly<Record<string, Said>> = {},
  ) => {
    const asked: BusyInstance[] = [];
    const world = busyGroup("protect", instances, {
      isBusy: (instance) => {
        asked.push(instance);
        return Promise.resolve(isBusy(instance));
      },
    });
    const { busy } = world.context.memory;
    for (const [instance, said] of Object.entries(remembered)) busy.set(`web ${instance}`, said);
    return { ...world, asked, busy };
  };
  const fails = () => {
    throw new Error("no connection");
  };

  it("protects whom it calls busy, releases whom it calls idle, and remembers what it said", async () => {
    const { asked, busy, lines, protections, tend } = groupWith(
      [...instancesOf(["i-1", "i-2"]), ...instancesOf(["i-3", "i-4"], { isProtected: true })],
      ({ instanceId }) => (["i-1", "i-3"].includes(instanceId) ? "yes" : undefined),
    );
    await tend();

    assert.deepEqual(
      asked,
      ["i-1", "i-2", "i-3", "i-4"].map((instanceId) => ({ instanceId, groupName: "web", hookName: "" })),
    );
    assert.deepEqual(protections, [
      ["web", "i-1", true],
      ["web", "i-4", false],
    ]);
    assert.deepEqual(Object.fromEntries(busy), {
      "web i-1": { answer: "busy", askedAt: sweptAt },
      "web i-2": { answer: "idle", askedAt: sweptAt },
      "web i-3": { answer: "busy", askedAt: sweptAt },
      "web i-4": { answer: "idle", askedAt: sweptAt },
    });
    assert.deepEqual(
      lines.map(({ message }) => message),
      ["protected i-1", "released i-4"],
    );
  });

  it("releases all instances, and says so, where there is no callback", async () => {
    const { lines, protections, tend } = busyGroup(
      "protect",
      instancesOf(["i-1"], { isProtected: true }),
      {},
    );
    await tend();

    assert.deepEqual(protections, [["web", "i-1", false]]);
    assert.deepEqual(lines, [
      {
        level: "warn",
        message: "nothing tells which instances are busy: the handler has no isBusy",
        group: "web",
      },
      { level: "info", message: "released i-1", group: "web", decision: "release" },
    ]);
  });

  it("leaves protections as they are where the callback fails and nothing is remembered", async () => {
    const { busy, lines, protections, tend } = groupWith(
      [...instancesOf(["i-1"], { isProtected: true }), ...instancesOf(["i-2"])],
      fails,
    );
    await tend();

    assert.deepEqual(protections, []);
    assert.deepEqual(lines, [failed]);
    assert.deepEqual(Object.fromEntries(busy), { "web i-1": { answer: "busy", askedAt: sweptAt } });
  });

  it("keeps to the latest answers, for ten minutes, where the callback fails", async () => {
    const { protections, tend } = groupWith(
      [...instancesOf(["i-1", "i-2"], { isProtected: true }), ...instancesOf(["i-3"])],
      fails,
      {
        "i-1": { answer: "busy", askedAt: sweptAt - 600 * seconds },
        "i-2": { answer: "busy", askedAt: sweptAt - 600 * seconds - 1 },
        "i-3": { answer: "busy", askedAt: sweptAt - 1 },
      },
    );
    await tend();

    assert.deepEqual(protections, [
      ["web", "i-3", true],
      ["web", "i-2", false],
    ]);
  });

  it("takes a protection for no answer where it remembers one", async () => {
    const { protections, tend } = groupWith(instancesOf(["i-1"], { isProtected: true }), fails, {
      "i-1": { answer: "idle", askedAt: sweptAt - 1 },
    });
    await tend();

    assert.deepEqual(protections, [["web", "i-1", false]]);
  });

  it("waits five seconds for an answer", async () => {
    const { context, lines, tend } = groupWith(instancesOf(["i-1"]), () => true);
    const times: number[] = [];
    const within = (milliseconds: number) => {
      times.push(milliseconds);
      return Promise.resolve(undefined);
    };
    await tend({ clock: { now: () => sweptAt, sleep: (time) => context.clock.sleep(time), within } });

    assert.deepEqual(times, [5 * seconds]);
    assert.deepEqual(lines, [{ ...failed, error: "Error: no answer within 5 s" }]);
  });

  it("asks for twenty seconds, and for no longer than the invocation may take", async () => {
    for (const [until, expected] of [
      [sweptAt + 60 * seconds, ["i-1", "i-2"]],
      [sweptAt + 10 * seconds, ["i-1"]],
    ] as const) {
      const { asked, clock, tend } = groupWith(instancesOf(idsOf(4)), () => clock.sleep(10 * seconds));
      await tend({ until });

      assert.deepEqual(
        asked.map(({ instanceId }) => instanceId),
        expected,
      );
    }
  });

  it("begins with the instances that were asked longest ago", async () => {
    const said = (ago: number): Said => ({ answer: "idle", askedAt: sweptAt - ago });
    const { asked, tend } = groupWith(instancesOf(idsOf(5)), () => false, {
      "i-1": said(20),
      "i-2": said(10),
      "i-4": said(40),
      "i-5": said(30),
    });
    await tend();

    assert.deepEqual(
      asked.map(({ instanceId }) => instanceId),
      ["i-3", "i-4", "i-5", "i-1", "i-2"],
    );
  });
});
