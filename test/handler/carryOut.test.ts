import assert from "node:assert/strict";
import { OutOfTime } from "../../handler/aws/errors";
import { attempt, completeNow, completeOnce, heartbeat, logDecision } from "../../handler/carryOut";
import { because, completionOf } from "../../handler/decide";
import { recall } from "../../handler/memory";
import { handlerContext, type ContextChanges } from "../support/handlerContext";
import { PassingTime } from "../support/passingTime";
import { ids } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";

const now = 1_000_000;
const subject = {
  group: ids.group,
  hook: "graceful-terminate-sns",
  instance: ids.instance,
  transition: "terminate",
  token: ids.token,
} as const;
const { token: _, ...names } = subject;
const succeeded = completionOf("CONTINUE", "succeeded", because("succeeded"));
const failedCommand = { id: "c1", requestedAt: 0, status: "failed", output: "it does not stop" } as const;
const failed = completionOf("ABANDON", "failed", because("failed", "abandon"), { failed: failedCommand });
const overran = completionOf("CONTINUE", "overran", because("overran"), { cancels: "c1" });

/** Auto Scaling with given answers to completions; the last answer is repeated. */
function world(
  isThere: readonly (boolean | Error)[],
  state: string | undefined,
  changes: ContextChanges = {},
) {
  const { lines, log } = recordedLog();
  const clock = new PassingTime(now);
  const calls: string[] = [];
  let tries = 0;
  const { autoScaling, runCommand, ...rest } = changes;
  const context = {
    ...handlerContext({
      log,
      until: now + 60_000,
      autoScaling: {
        complete: ({ token }, result) => {
          calls.push(`complete ${token ?? ""} ${result}`);
          const answer = isThere[Math.min(tries, isThere.length - 1)];
          tries += 1;
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer === true);
        },
        describe: ([id = ""]) => {
          calls.push("describe");
          const details = { group: ids.group, lifecycleState: state ?? "", isHealthy: true };
          return Promise.resolve(new Map(state === undefined ? [] : [[id, details]]));
        },
        ...autoScaling,
      },
      runCommand: {
        cancel: (command, instance) => {
          calls.push(`cancel ${command} on ${instance}`);
          return Promise.resolve();
        },
        ...runCommand,
      },
      ...rest,
    }),
    clock,
  };
  return { context, calls, clock, lines, memory: () => recall(context.memory, subject) };
}

describe("a completion", () => {
  it("is counted once, when AWS has taken it", async () => {
    const broken = new Error("Rate exceeded");
    const { context, lines } = world([broken, true], "Terminating:Wait");
    const counted = () => lines.filter(({ outcome }) => outcome !== undefined);
    logDecision(context, subject, failed, 0);
    await assert.rejects(completeOnce(context, subject, failed, { since: 0 }), broken);
    assert.deepEqual(counted(), []);
    logDecision(context, subject, failed, 0);
    await completeOnce(context, subject, failed, { since: 0 });

    assert.deepEqual(counted(), [
      {
        level: "warn",
        message: `completed with ABANDON: ${failed.reason.text}`,
        ...names,
        decision: "complete",
        code: "failed",
        reason: failed.reason.text,
        elapsed: 1000,
        outcome: "failed",
      },
    ]);
  });

  it("is logged beforehand where the outcome is not good, with the output of the script, and without the token", () => {
    const { context, lines } = world([], undefined);
    logDecision(context, subject, succeeded, undefined);
    logDecision(context, subject, completionOf("CONTINUE", "skipped", because("neverServed")), undefined);
    logDecision(context, subject, completionOf("CONTINUE", "gone", because("machineGone")), undefined);
    assert.deepEqual(lines, []);
    logDecision(context, subject, failed, 998_499);
    logDecision(context, subject, overran, undefined);

    assert.deepEqual(lines, [
      {
        level: "warn",
        message: `completing: ${failed.reason.text}`,
        ...names,
        decision: "complete",
        code: "failed",
        reason: failed.reason.text,
        elapsed: 2,
      },
      { level: "warn", message: "the end of the output of c1", ...names, output: "it does not stop" },
      {
        level: "warn",
        message: `completing: ${overran.reason.text}`,
        ...names,
        decision: "complete",
        code: "overran",
        reason: overran.reason.text,
        elapsed: undefined,
      },
    ]);
  });

  it("is logged as information where the outcome is good", async () => {
    const { context, lines } = world([true], undefined);
    await completeOnce(context, subject, succeeded, {});

    assert.deepEqual(
      lines.map(({ level, message, outcome }) => [level, message, outcome]),
      [["info", "completed with CONTINUE: the script succeeded", "succeeded"]],
    );
  });

  it("cancels the open command first, and goes on if the cancellation fails", async () => {
    const { calls, context } = world([true], undefined);
    await completeOnce(context, subject, overran, {});
    assert.deepEqual(calls, [`cancel c1 on ${ids.instance}`, `complete ${ids.token} CONTINUE`]);

    const cancel = () => Promise.reject(new Error("no"));
    const other = world([true], undefined, { runCommand: { cancel } });
    assert.equal(await completeOnce(other.context, subject, overran, {}), true);
    assert.deepEqual(
      [other.lines[0]?.level, other.lines[0]?.message, other.lines[0]?.error, other.lines[0]?.instance],
      ["warn", "could not cancel c1", "Error: no", ids.instance],
    );
  });

  it("is tried three times, five seconds apart, while the instance waits", async () => {
    const waiting = world([false], "Terminating:Wait");
    await completeNow(waiting.context, subject, succeeded, {});
    assert.equal(waiting.calls.filter((one) => one === "describe").length, 3);
    assert.equal(waiting.clock.now(), now + 10_000);

    const later = world([false, true], "Terminating:Wait");
    await completeNow(later.context, subject, succeeded, {});
    assert.deepEqual(later.calls.length, 3);
    assert.equal(later.lines.length, 1);
  });

  it("is not tried again where the instance waits no more, or the time of the invocation is over", async () => {
    for (const state of ["Terminating:Proceed", "Pending:Wait", undefined]) {
      const { calls, context, lines } = world([false], state);
      await completeNow(context, subject, succeeded, {});
      assert.deepEqual([calls, lines], [[`complete ${ids.token} CONTINUE`, "describe"], []]);
    }
    const short = world([false], "Terminating:Wait", { until: now + 5_000 });
    await completeNow(short.context, subject, succeeded, {});
    assert.equal(short.clock.now(), now + 5_000);
  });

  it("counts the action as over once AWS has completed it, or has found no action for two minutes", async () => {
    const done = world([true], undefined);
    assert.equal(await completeOnce(done.context, subject, succeeded, {}), true);
    assert.equal(done.memory().isOver, true);

    const none = world([false], undefined);
    assert.equal(await completeOnce(none.context, subject, succeeded, {}), false);
    await none.clock.sleep(119_999);
    await completeOnce(none.context, subject, succeeded, {});
    assert.equal(none.memory().isOver, false);
    await none.clock.sleep(1);
    await completeOnce(none.context, subject, succeeded, {});
    assert.equal(none.memory().isOver, true);
  });

  it("forgets the hooks of the group where AWS finds no action", async () => {
    const { context } = world([false], undefined);
    context.memory.hooks.set(ids.group, { readAt: now, byRevision: new Map() });
    context.memory.hooks.set("other", { readAt: now, byRevision: new Map() });
    await completeOnce(context, subject, succeeded, {});

    assert.deepEqual([...context.memory.hooks.keys()], ["other"]);
  });
});

describe("a heartbeat", () => {
  it("is remembered if there was an action to extend", async () => {
    for (const isThere of [true, false]) {
      const { context, memory } = world([], undefined, {
        autoScaling: { heartbeat: () => Promise.resolve(isThere) },
      });
      await heartbeat(context, subject);

      assert.equal(memory().extendedAt, isThere ? now : undefined);
    }
  });
});

describe("a decision", () => {
  it("is a line of the log", () => {
    const { context, lines } = world([], undefined);
    logDecision(context, subject, { kind: "wait", reason: because("running") }, now - 7_400);

    assert.deepEqual(lines, [
      {
        level: "info",
        message: "wait: the script is running",
        ...names,
        decision: "wait",
        code: "running",
        reason: because("running").text,
        elapsed: 7,
      },
    ]);
  });

  it("says that the action is extended before the document is sent", () => {
    const { context, lines } = world([], undefined);
    const run = { kind: "run", reason: because("notStarted"), replaces: undefined } as const;
    for (const extend of [true, false]) logDecision(context, subject, { ...run, extend }, now);

    assert.deepEqual(
      lines.map((line) => line["extends"]),
      [true, undefined],
    );
  });
});

describe("an attempt", () => {
  it("returns the result of the step, or logs whether AWS or the handler failed", async () => {
    const { context, lines } = world([], undefined);
    const broken = Object.assign(new Error("reset"), { code: "ECONNRESET" });

    assert.equal(await attempt(context, subject, () => Promise.resolve("done")), "done");
    assert.equal(await attempt(context, subject, () => Promise.reject<string>(broken)), undefined);
    assert.equal(
      await attempt(context, subject, () => Promise.reject<string>(new TypeError("no"))),
      undefined,
    );
    assert.deepEqual(lines, [
      {
        level: "error",
        message: "a call to AWS failed; the next sweep tries again",
        ...names,
        error: "Error: reset",
      },
      {
        level: "error",
        message: "the handler itself failed; the next sweep tries again",
        ...names,
        error: "TypeError: no",
      },
    ]);
  });

  it("does not log that the time is over, which the sweep logs once", async () => {
    const { context, lines } = world([], undefined);

    assert.equal(await attempt(context, subject, () => Promise.reject<string>(new OutOfTime())), undefined);
    assert.deepEqual(lines, []);
  });
});
