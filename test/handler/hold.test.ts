import assert from "node:assert/strict";
import { writeHold } from "../../contract";
import { onHookAction } from "../../handler/hookAction";
import { recall } from "../../handler/memory";
import { sweep } from "../../handler/sweep";
import { handlerContext } from "../support/handlerContext";
import { hookAction } from "../support/hookAction";
import { ids } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";
import { hookName, sweepWorld, sweptAt, type Known } from "../support/sweepWorld";

const failed = { status: "failed", endedAt: sweptAt - 10_000, output: "it does not stop" } as const;
const inTenMinutes = writeHold(sweptAt + 600_000);

/** Some instances of one group whose scripts failed. */
function failing(
  holds: Readonly<Record<string, string>> | Error,
  instances: readonly string[] = ["i-1", "i-2"],
  changes: Known = {},
) {
  let reads = 0;
  const world = sweepWorld({
    groups: { web: instances.map((id) => ({ id })) },
    commands: instances.map((instance) => ({ instance, status: "ended", id: `c-${instance}` })),
    ends: Object.fromEntries(instances.map((id) => [`c-${id}`, failed])),
    ...changes,
    changes: {
      ec2: {
        holds: () => {
          reads += 1;
          return holds instanceof Error
            ? Promise.reject(holds)
            : Promise.resolve(new Map(Object.entries(holds)));
        },
      },
    },
  });
  const completed = () => world.calls.filter((call) => call.startsWith("complete"));
  return { ...world, completed, reads: () => reads };
}

describe("a sweep that finds scripts that failed", () => {
  it("gives up on the instances that no operator holds, and reads the tags of all with one call", async () => {
    const { completed, context, lines, reads } = failing({ "i-2": inTenMinutes, "i-9": "nonsense" });
    await sweep(context);

    assert.deepEqual(completed(), ["complete i-1"]);
    assert.equal(reads(), 1);
    const held = lines.filter(({ code }) => code === "held");
    assert.deepEqual(
      held.map(({ decision, instance, level }) => [instance, decision, level]),
      [["i-2", "wait", "info"]],
    );
  });

  it("reads no tag where nothing would fail", async () => {
    for (const status of ["pending", "running", "succeeded"] as const) {
      const { context, reads } = failing({}, ["i-1"], { commands: [{ instance: "i-1", status }] });
      await sweep(context);

      assert.equal(reads(), 0, status);
    }
  });

  it("keeps the hook of a held instance open", async () => {
    const { calls, completed, context } = failing({ "i-1": inTenMinutes }, ["i-1"], {
      activities: { "i-1": { startedAt: sweptAt - 150_000 } },
    });
    await sweep(context);
    await sweep(context);

    assert.deepEqual(completed(), []);
    assert.deepEqual(
      calls.filter((call) => call.startsWith("heartbeat")),
      ["heartbeat i-1"],
    );
  });

  it("ignores a malformed hold, and says so once", async () => {
    const { completed, context, lines, reads } = failing({ "i-1": "30m" });
    await sweep(context);

    assert.deepEqual(completed().sort(), ["complete i-1", "complete i-2"]);
    assert.equal(reads(), 1);
    assert.deepEqual(
      lines.filter(({ message }) => message.startsWith("ignored")),
      [
        {
          level: "warn",
          message: "ignored: the hold of the instance is no instant like 2026-01-01T00:30:00Z: 30m",
          group: "web",
          hook: hookName,
          instance: "i-1",
        },
      ],
    );
  });

  it("gives up where the role may not read tags, and logs the reason", async () => {
    for (const name of ["UnauthorizedOperation", "AccessDeniedException"]) {
      const denied = Object.assign(new Error("not allowed"), { name, $metadata: {} });
      const { completed, context, lines } = failing(denied);
      await sweep(context);

      assert.deepEqual(completed().sort(), ["complete i-1", "complete i-2"]);
      assert.deepEqual(
        lines.filter(({ error }) => error === `${name}: not allowed`),
        [
          {
            level: "warn",
            message: "could not read which instances operators hold",
            group: "web",
            hook: hookName,
            error: `${name}: not allowed`,
          },
        ],
      );
    }
  });

  it("waits two minutes for EC2 to answer, then gives up", async () => {
    const silent = Object.assign(new Error("no answer"), { name: "TimeoutError" });
    const { clock, completed, context, lines } = failing(silent, ["i-1"], { heartbeatTimeout: 7200 });
    await sweep(context);
    assert.deepEqual(completed(), []);
    assert.equal(lines.at(-1)?.code, "holdUnread");

    await clock.sleep(119_999);
    await sweep({ ...context, until: Infinity });
    assert.deepEqual(completed(), []);
    await clock.sleep(1);
    await sweep({ ...context, until: Infinity });
    assert.deepEqual(completed(), ["complete i-1"]);
  });

  it("counts these two minutes anew once EC2 has answered", async () => {
    const { context } = failing({ "i-1": inTenMinutes }, ["i-1"]);
    const memory = recall(context.memory, { group: "web", hook: hookName, instance: "i-1" });
    memory.holdUnreadSince = 0;
    await sweep(context);

    assert.equal(memory.holdUnreadSince, undefined);
  });

  it("takes no mistake of the handler itself for a missing answer", async () => {
    const { completed, context, lines } = failing(new Error("a mistake"), ["i-1"]);
    await sweep(context);

    assert.deepEqual(completed(), []);
    assert.ok(lines.some(({ error, level }) => level === "error" && error === "Error: a mistake"));
  });
});

describe("the event of a hook, where SSM refuses the instance for longer than the agent is asked", () => {
  const completionsFor = async (hold: string | undefined) => {
    const { lines, log } = recordedLog();
    const completions: string[] = [];
    const now = sweptAt;
    const context = handlerContext({
      log,
      now: () => now,
      until: now,
      autoScaling: {
        activities: () =>
          Promise.resolve(
            new Map([[ids.instance, { startedAt: now - 90_000, cause: "", retainedBefore: false }]]),
          ),
        complete: (_, result) => Promise.resolve(completions.push(result) > 0),
      },
      ec2: { holds: () => Promise.resolve(new Map(hold === undefined ? [] : [[ids.instance, hold]])) },
      runCommand: {
        send: () =>
          Promise.resolve({
            kind: "refused",
            instances: [],
            whole: true,
            isUnknown: false,
            cause: "no agent",
          }),
      },
    });
    await onHookAction(context, hookAction(now - 50_000, { agentTimeout: 40, onFailure: "abandon" }));
    return { codes: lines.map(({ code }) => code), completions };
  };

  it("applies the failure policy", async () => {
    assert.deepEqual((await completionsFor(undefined)).completions, ["ABANDON"]);
  });

  it("waits where an operator holds the instance", async () => {
    const { codes, completions } = await completionsFor(inTenMinutes);

    assert.deepEqual([codes.at(-1), completions], ["held", []]);
  });
});
