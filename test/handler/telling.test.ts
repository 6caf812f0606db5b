import assert from "node:assert/strict";
import type { LifecycleEvent } from "../../contract";
import type { Sent } from "../../handler/aws/refusal";
import { onHookAction } from "../../handler/hookAction";
import { recall } from "../../handler/memory";
import type { EmbeddedMetrics } from "../../handler/metrics";
import { reconcileInstances, sweep } from "../../handler/sweep";
import { handlerContext } from "../support/handlerContext";
import { hookAction } from "../support/hookAction";
import { ids, instructionsFor } from "../support/payloads";
import { hookName, sweepWorld, sweptAt, type Known } from "../support/sweepWorld";

const { document } = instructionsFor("terminate");
const place = { group: "web", hook: hookName, instance: "i-1" };
const seconds = 1000;

/** Events without the members that are the same in all of them. */
const shortOf = ({ detail: { handler: _, version: __, ...detail }, type }: LifecycleEvent) => ({
  type: type.replace(/^Graceful (Lifecycle Action )?/, ""),
  ...detail,
});

/** One instance in a sweep, and what is told and measured. */
function swept(known: Known = {}) {
  const told: LifecycleEvent[] = [];
  const put: EmbeddedMetrics[] = [];
  const world = sweepWorld({
    groups: { web: [{ id: "i-1" }] },
    ...known,
    changes: {
      ...known.changes,
      tell: (event) => told.push(event),
      putMetrics: (metrics) => put.push(metrics),
    },
  });
  return {
    ...world,
    told: () => told.map(shortOf),
    times: () =>
      put.map(({ CommandTime, CompletionLag, WaitTime }) => [WaitTime, CommandTime, CompletionLag]),
    memory: recall(world.context.memory, place),
  };
}

describe("what a sweep tells of the completions that it makes", () => {
  const succeeded = { commands: [{ instance: "i-1", id: "c1", status: "succeeded" }] } as const;

  it("is the command whose result decided, though a later command is on its way, and how long the instance waited", async () => {
    for (const [status, outcome] of [
      ["succeeded", "succeeded"],
      ["failed", "failed"],
    ] as const) {
      const { context, times, told } = swept({
        instructions: { onFailure: "retain" },
        commands: [
          { instance: "i-1", id: "c1", status, requestedAt: sweptAt - 40 * seconds },
          { instance: "i-1", id: "c2", status: "pending", requestedAt: sweptAt - 10 * seconds },
        ],
      });
      await sweep(context);

      const [event, retained] = told();
      assert.deepEqual(
        [event?.outcome, event?.commandId, event?.document, event?.instance],
        [outcome, "c1", document, "i-1"],
      );
      assert.equal(retained?.type, status === "failed" ? "Instance Retained" : undefined);
      assert.equal(times().length, 1);
    }
  });

  it("is the last command where no script told of its end, and no command where none was sent", async () => {
    const undeliverable = swept({
      commands: [{ instance: "i-1", id: "c1", status: "undelivered", requestedAt: sweptAt - 900 * seconds }],
      activities: { "i-1": { startedAt: sweptAt - 1000 * seconds } },
    });
    await sweep(undeliverable.context);
    const unreachable = swept({
      activities: { "i-1": { startedAt: sweptAt - 400 * seconds } },
      sends: () => ({
        kind: "refused",
        instances: ["i-1"],
        whole: false,
        isUnknown: false,
        cause: "no agent",
      }),
    });
    await sweep(unreachable.context);

    assert.deepEqual(
      [undeliverable, unreachable].map(({ told }) =>
        told().map(({ commandId, outcome, ...detail }) => [outcome, commandId, detail.document]),
      ),
      [[["unreachable", "c1", document]], [["unreachable", undefined, undefined]]],
    );
  });

  it("goes by the event that told when the wait began, unless that was another action, else by the activity", async () => {
    const waitOf = async (waitingSince: number | undefined, known: Known = {}) => {
      const { context, memory, times } = swept({ ...succeeded, ...known });
      memory.waitingSince = waitingSince;
      await sweep(context);
      return times()[0]?.[0];
    };
    // The policy reads the activity: it began 90 s ago, and the deregistration delay is 30 s.
    const read = {
      commands: [{ instance: "i-1", id: "c1", status: "failed" }],
      instructions: { onFailure: "retain" },
    };

    assert.equal(await waitOf(undefined), undefined);
    assert.equal(await waitOf(sweptAt - 500 * seconds), 500);
    assert.equal(await waitOf(undefined, read as Known), 60);
    assert.equal(await waitOf(sweptAt - 70 * seconds, read as Known), 70);
    assert.equal(await waitOf(sweptAt - 90 * seconds, read as Known), 90);
    assert.equal(await waitOf(sweptAt - 91 * seconds, read as Known), 60);
  });

  it("has the times of the command of whose end an event tells, if the command went to no other instance", async () => {
    const ended = { id: "c1", requestedAt: sweptAt - 20 * seconds, endedAt: sweptAt - 5 * seconds };
    const timesOf = async (instances: readonly string[]) => {
      const { context, times } = swept({
        groups: { web: instances.map((id) => ({ id })) },
        ends: { c1: { status: "succeeded", endedAt: ended.endedAt, output: "" } },
      });
      await reconcileInstances(context, "web", hookName, instances, ended);
      return times().map(([, ...rest]) => rest);
    };

    assert.deepEqual(await timesOf(["i-1"]), [[15, 5]]);
    assert.deepEqual(await timesOf(["i-1", "i-2"]), [
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});

describe("the beginning of an action, in a sweep", () => {
  const started = (id: string) => ({
    type: "Started",
    group: "web",
    hook: hookName,
    instance: id,
    transition: "terminate",
    document,
    commandId: "c9",
  });
  const undelivered = (early: boolean, age: number) => ({
    instance: "i-1",
    id: `c${age}`,
    status: "undelivered" as const,
    early,
    requestedAt: sweptAt - age * seconds,
  });

  it("is told with the first command of each instance", async () => {
    const { context, told } = swept({ groups: { web: [{ id: "i-1" }, { id: "i-2" }] } });
    await sweep(context);

    assert.deepEqual(told(), [started("i-1"), started("i-2")]);
  });

  it("is told once, and a command that a Spot warning sent counts for no beginning", async () => {
    for (const [commands, isTold] of [
      [[undelivered(true, 80)], true],
      [[undelivered(false, 80)], false],
      [[undelivered(true, 80), undelivered(false, 70)], false],
    ] as const) {
      const { context, jobs, told } = swept({
        commands,
        activities: { "i-1": { startedAt: sweptAt - 100 * seconds } },
      });
      await sweep(context);

      assert.equal(jobs.length, 1);
      assert.deepEqual(told(), isTold ? [started("i-1")] : []);
    }
  });
});

describe("what the event of a hook tells", () => {
  const refused: Sent = {
    kind: "refused",
    instances: [ids.instance],
    whole: false,
    isUnknown: true,
    cause: "no",
  };

  function world(answer: Sent) {
    const told: LifecycleEvent[] = [];
    const put: EmbeddedMetrics[] = [];
    const context = handlerContext({
      now: () => sweptAt,
      until: sweptAt,
      tell: (event) => told.push(event),
      putMetrics: (metrics) => put.push(metrics),
      autoScaling: {
        activities: () =>
          Promise.resolve(new Map([[ids.instance, { startedAt: 0, cause: "", retainedBefore: false }]])),
        complete: () => Promise.resolve(true),
      },
      runCommand: { send: () => Promise.resolve(answer), invocations: () => Promise.resolve([]) },
    });
    const event = (time: number, agentTimeout = 180) =>
      onHookAction(context, hookAction(time, { agentTimeout }));
    return { event, told: () => told.map(shortOf), put };
  }

  it("is the beginning of each action, once", async () => {
    const { event, told } = world({ kind: "sent", commandId: "c9", requestedAt: sweptAt - 10 * seconds });
    const begins = { group: ids.group, hook: hookName, instance: ids.instance, transition: "terminate" };
    const started = { type: "Started", ...begins, document, commandId: "c9" };
    await event(sweptAt - 20 * seconds);
    assert.deepEqual(told(), [started]);
    await event(sweptAt - 20 * seconds);
    await event(sweptAt - 10 * seconds);
    assert.equal(told().length, 1);

    await event(sweptAt - 9 * seconds);
    assert.equal(told().length, 2);
  });

  it("is the end of an action with the time since the event", async () => {
    const { event, put, told } = world(refused);
    await event(sweptAt - 50 * seconds, 40);

    assert.deepEqual(
      told().map(({ outcome, type, waitTime }) => [type, outcome, waitTime]),
      [["Failed", "unreachable", 50]],
    );
    assert.deepEqual(
      put.map(({ WaitTime }) => WaitTime),
      [50],
    );
  });
});
