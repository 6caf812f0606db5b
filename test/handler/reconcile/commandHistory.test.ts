import assert from "node:assert/strict";
import { recall } from "../../../handler/memory";
import { sweep } from "../../../handler/sweep";
import { sweepWorld, sweptAt, type Known } from "../../support/sweepWorld";
import { key, web } from "./webGroup";

describe("a sweep that reads commands", () => {
  const after = async (seen: number | undefined, changes: Known = {}) => {
    const queries: (number | undefined)[] = [];
    const { context } = sweepWorld({
      groups: web("i-1"),
      ...changes,
      changes: {
        runCommand: {
          invocations: (query) => {
            queries.push(query.after === undefined ? undefined : (sweptAt - query.after) / 1000);
            return Promise.resolve([]);
          },
        },
      },
    });
    if (seen !== undefined) context.memory.groups.set("web", sweptAt - seen * 1000);
    await sweep(context);
    return queries;
  };

  it("goes back as far as an action can take, with a last command and its end", async () => {
    const budget = 150;
    const drain = 30;
    const longest = drain + 2 * 180 + budget;

    assert.deepEqual(await after(undefined), [longest + budget + 2 * 120]);
  });

  it("goes back to the last sweep that saw no instance wait, and farther by the time of a Spot warning and of the drain", async () => {
    assert.deepEqual(await after(60), [390]);
  });

  it("goes back as far as the instance that needs the most", async () => {
    const queries: number[] = [];
    const { context } = sweepWorld({
      groups: web("i-1", "i-2"),
      changes: {
        runCommand: {
          invocations: ({ after: from = 0 }) => {
            queries.push((sweptAt - from) / 1000);
            return Promise.resolve([]);
          },
        },
      },
    });
    for (const [id, seen] of [
      ["i-1", 500],
      ["i-2", 60],
    ] as const) {
      context.memory.groups.set("web", sweptAt - seen * 1000);
      recall(context.memory, key(id));
    }
    await sweep(context);

    assert.deepEqual(queries, [830]);
  });

  it("finds a command of long ago where the activity is older than the list", async () => {
    const { calls, context } = sweepWorld({
      groups: web("i-1"),
      group: { repeats: true },
      activities: { "i-1": { startedAt: sweptAt - 931_000 } },
      changes: {
        runCommand: {
          invocations: ({ after: from, document, instance }) =>
            Promise.resolve(
              from === undefined && document.includes("terminate") && instance === "i-1"
                ? [{ id: "c1", instance, requestedAt: sweptAt - 930_500, status: "succeeded" }]
                : [],
            ),
        },
      },
    });
    await sweep(context);

    assert.equal(calls.at(-1), "complete i-1");
  });

  it("goes farther back where a wrong clock takes the action for older, whatever is remembered of the action", async () => {
    const { context, lines } = sweepWorld({
      groups: web("i-1"),
      instructions: { onFailure: "abandon" },
      activities: { "i-1": { startedAt: sweptAt - 1_500_000 } },
      changes: {
        runCommand: {
          invocations: ({ after: from }) =>
            Promise.resolve(
              from === undefined
                ? [{ id: "c1", instance: "i-1", requestedAt: sweptAt - 1_400_000, status: "succeeded" }]
                : [],
            ),
        },
      },
    });
    const own = recall(context.memory, key("i-1"));
    own.activity = { startedAt: sweptAt - 1_500_000, cause: "", retainedBefore: false };
    own.sent = { id: "c1", requestedAt: sweptAt - 1_400_000, status: "pending" };
    await sweep(context);

    assert.equal(lines.at(-1)?.message, "completed with CONTINUE: the script succeeded");
  });

  it("does not read a remembered activity again that the list covers", async () => {
    const { calls, context } = sweepWorld({ groups: web("i-1") });
    const activity = { startedAt: sweptAt - 930_000, cause: "", retainedBefore: false };
    recall(context.memory, key("i-1")).activity = activity;
    await sweep(context);

    assert.equal(calls.includes("activities web"), false);
  });

  it("reads all commands, once, where the activity is older than the list", async () => {
    const by = (seconds: number) => ({ activities: { "i-1": { startedAt: sweptAt - seconds * 1000 } } });

    assert.deepEqual(await after(undefined, by(930)), [930]);
    assert.deepEqual(await after(undefined, by(931)), [930, undefined]);
    assert.deepEqual(await after(60, by(391)), [390, undefined]);
  });
});
