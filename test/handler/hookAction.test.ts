import assert from "node:assert/strict";
import type { Instructions } from "../../contract";
import type { Job } from "../../handler/aws/runCommand";
import type { Sent } from "../../handler/aws/refusal";
import { onHookAction } from "../../handler/hookAction";
import type { Activity } from "../../handler/situation";
import type { HookAction } from "../../handler/trigger";
import { handlerContext, type ContextChanges } from "../support/handlerContext";
import { hookAction } from "../support/hookAction";
import { PassingTime } from "../support/passingTime";
import { ids, instructionsFor } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";

const now = Date.UTC(2026, 0, 1);
const launchFailure = "an instance was taken out of service in response to a launch failure.";

/** An event that has just come. */
const action = (instructions: Partial<Instructions> = {}, changes: Partial<HookAction> = {}) =>
  hookAction(now - 1_000, instructions, changes);

const refused: Sent = {
  kind: "refused",
  instances: [ids.instance],
  whole: false,
  isUnknown: true,
  cause: "no agent",
};
const taken: Sent = { kind: "sent", commandId: ids.command, requestedAt: now };

/** AWS with given answers to commands; the last answer is repeated. */
function world(answers: readonly Sent[], changes: ContextChanges = {}) {
  const { lines, log } = recordedLog();
  const clock = new PassingTime(now);
  const jobs: Job[] = [];
  const looks: { history: boolean; at: number }[] = [];
  const completions: { token: string | undefined; result: string }[] = [];
  let activity: Partial<Activity> = {};
  const { autoScaling, runCommand, ...rest } = changes;
  const context = {
    ...handlerContext({
      log,
      until: now + 20_000,
      autoScaling: {
        activities: (_, __, [instance = ""], history) => {
          looks.push({ history, at: clock.now() });
          const found = { startedAt: now - 31_000, cause: "", ...activity };
          const retainedBefore = history && activity.retainedBefore === true;
          return Promise.resolve(new Map([[instance, { ...found, retainedBefore }]]));
        },
        complete: ({ token }, result) => {
          completions.push({ token, result });
          return Promise.resolve(true);
        },
        ...autoScaling,
      },
      runCommand: {
        send: (job) => {
          jobs.push(job);
          return Promise.resolve(answers[Math.min(jobs.length, answers.length) - 1] ?? taken);
        },
        invocations: () => Promise.resolve([]),
        ...runCommand,
      },
      ...rest,
    }),
    clock,
  };
  return {
    context,
    clock,
    lines,
    jobs,
    looks,
    completions,
    because: (known: Partial<Activity>) => {
      activity = known;
    },
  };
}

describe("the handler, after the event of a hook", () => {
  it("sends the document at once, with the sealed token and the beginning of the action", async () => {
    const { context, jobs, lines } = world([taken]);
    await onHookAction(context, action());
    const [job] = jobs;
    const place = { group: ids.group, hook: "graceful-terminate-sns", instance: ids.instance };

    assert.equal(jobs.length, 1);
    assert.equal(job?.document, instructionsFor("terminate").document);
    assert.deepEqual([job.delivery, job.budget, job.early, job.logGroup], [30, 150, false, undefined]);
    assert.equal(context.seal.open(job.parameters.action, place), ids.token);
    assert.equal(job.parameters.since, String((now - 16_000) / 1000));
    assert.deepEqual(
      lines.map(({ elapsed, level, message }) => [level, message.replace(/ \S+ as .*/, ""), elapsed]),
      [
        ["info", "run: the instance waits and no command is on its way", 1],
        ["info", "sent", undefined],
      ],
    );
  });

  it("ignores a hook of another handler, or of no handler", async () => {
    const { context, lines } = world([]);
    await onHookAction(context, action({ handler: "another", document: "another-web" }));
    await onHookAction(context, action({}, { metadata: undefined }));

    assert.deepEqual(
      lines.map(({ instance, level, message }) => [level, message, instance]),
      Array(2).fill(["info", "ignored: the hook is not for this handler", ids.instance]),
    );
  });

  it("reads the state before it acts on an old event", async () => {
    const described: (readonly string[])[] = [];
    const describe = (instances: readonly string[]) => {
      described.push(instances);
      return Promise.resolve(new Map());
    };
    const { context, jobs } = world([taken], { autoScaling: { describe } });
    await onHookAction(context, action({}, { time: now - 60_001 }));
    assert.deepEqual([jobs.length, described], [0, [[ids.instance]]]);

    await onHookAction(context, action({}, { time: now - 60_000 }));
    assert.deepEqual([jobs.length, described.length], [1, 1]);
  });

  it("reads the state before it acts on an event older than 5 s where the policy retains, as the instance may pass the hook again", async () => {
    for (const [transition, onFailure, age, starts] of [
      ["terminate", "retain", 5_000, 1],
      ["terminate", "retain", 5_001, 0],
      ["terminate", "continue", 5_001, 1],
      ["launch", "retain", 5_001, 1],
    ] as const) {
      const { context, jobs } = world([taken], {
        autoScaling: { describe: () => Promise.resolve(new Map()) },
      });
      await onHookAction(context, action({ onFailure }, { time: now - age, transition }));

      assert.equal(jobs.length, starts, `${transition} ${onFailure} ${age}`);
    }
  });

  it("gives up on launch once the agent was asked for long enough, if the invocation lasts so long", async () => {
    const { clock, completions, context } = world([refused], { until: now + 1_000_000 });
    await onHookAction(context, action({ onFailure: "abandon" }, { transition: "launch", time: now }));

    assert.deepEqual(completions, [{ token: ids.token, result: "ABANDON" }]);
    assert.ok(clock.now() - now < 400_000);
  });

  it("waits on launch for an agent that boots, as long as the invocation lasts", async () => {
    const booting = world([refused, refused, taken]);
    await onHookAction(booting.context, action({}, { transition: "launch" }));
    assert.deepEqual([booting.jobs.length, booting.clock.now() - now], [3, 10_000]);

    const never = world([refused]);
    await onHookAction(never.context, action({}, { transition: "launch" }));
    assert.deepEqual([never.jobs.length, never.clock.now() - now], [5, 20_000]);
  });

  it("leaves an instance that SSM refuses on terminate to the sweep, and remembers since when SSM refuses", async () => {
    const { clock, context, jobs, lines } = world([refused]);
    await onHookAction(context, action());

    assert.deepEqual([jobs.length, clock.now()], [1, now]);
    assert.equal(lines.at(-1)?.message, "wait: SSM refuses the command: no agent");
    assert.deepEqual(
      [...context.memory.actions.values()].map(({ refusedSince }) => refusedSince),
      [now],
    );
  });

  it("waits for the sweep where SSM refuses and Auto Scaling shows no activity yet", async () => {
    let looks = 0;
    const activities = () => {
      looks += 1;
      return looks === 1 ? Promise.resolve(new Map()) : Promise.reject(new Error("a second look"));
    };
    const { completions, context, lines } = world([refused], { autoScaling: { activities } });
    await onHookAction(context, action());

    assert.deepEqual([lines.at(-1)?.code, looks, completions], ["activityNotListed", 1, []]);
  });

  it("continues, by the token, for an instance that SSM refuses and that never served", async () => {
    const { because, completions, context } = world([refused]);
    because({ cause: launchFailure });
    await onHookAction(context, action());

    assert.deepEqual(completions, [{ token: ids.token, result: "CONTINUE" }]);
  });

  it("continues for an instance that SSM refuses and that is stopped in the warm pool, but not on launch", async () => {
    const out = world([refused]);
    await onHookAction(out.context, action({}, { route: { origin: "WarmPool", destination: "EC2" } }));
    assert.deepEqual(out.completions, [{ token: ids.token, result: "CONTINUE" }]);
    assert.deepEqual(out.looks, []);

    const into = world([refused, taken]);
    await onHookAction(
      into.context,
      action({}, { route: { origin: "WarmPool", destination: "AutoScalingGroup" }, transition: "launch" }),
    );
    assert.deepEqual([into.completions, into.jobs.length], [[], 2]);
  });

  it("looks for an earlier retention where the policy retains, and only there", async () => {
    for (const onFailure of ["retain", "continue"] as const) {
      const { because, completions, context, looks } = world([refused]);
      because({ retainedBefore: true });
      await onHookAction(context, action({ onFailure }));

      const retains = onFailure === "retain";
      assert.deepEqual(
        looks.map(({ history }) => history),
        [retains],
      );
      assert.equal(completions.length, retains ? 1 : 0);
    }
  });

  it("asks the probe where the probe may hold up the script, and starts nothing on a busy instance", async () => {
    const asked: unknown[] = [];
    const answers = [true, false];
    const isBusy = (query: unknown) => {
      asked.push(query);
      return Promise.resolve(answers.shift());
    };
    const { context, jobs, lines } = world([taken], { isBusy });
    await onHookAction(context, action({ maxWait: 60 }));
    assert.equal(jobs.length, 0);
    assert.equal(lines.at(-1)?.message, "wait: the instance is busy");
    await onHookAction(context, action({ maxWait: 60 }));
    assert.equal(jobs.length, 1);
    await onHookAction(context, action({ maxWait: 0 }));

    assert.equal(jobs.length, 2);
    const query = {
      instanceId: ids.instance,
      groupName: ids.group,
      hookName: "graceful-terminate-sns",
    };
    assert.deepEqual(asked, [query, query]);
  });

  it("logs whether AWS or the handler failed, and leaves the instance to the sweep", async () => {
    const broken = Object.assign(new Error("Rate exceeded"), { name: "Throttling", $metadata: {} });
    for (const [error, says] of [
      [broken, "a call to AWS failed"],
      [new TypeError("no"), "the handler itself failed"],
    ] as const) {
      const { context, lines } = world([taken], { runCommand: { send: () => Promise.reject(error) } });
      await onHookAction(context, action());

      assert.equal(lines.at(-1)?.message, `${says}; the next sweep tries again`);
      assert.deepEqual([lines.at(-1)?.level, lines.at(-1)?.instance], ["error", ids.instance]);
    }
  });

  it("remembers the hook for sweeps, if the hook's metadata name the heartbeat timeout", async () => {
    const { context } = world([taken]);
    await onHookAction(context, action());
    assert.equal(context.memory.hooks.size, 0);

    await onHookAction(context, action({ heartbeatTimeout: 450 }));
    const known = context.memory.hooks.get(ids.group);
    const [hook, ...others] = [...(known?.byRevision.values() ?? [])].flat();
    assert.equal(known?.readAt, now);
    assert.deepEqual([hook?.heartbeatTimeout, hook?.name, others], [450, "graceful-terminate-sns", []]);
  });
});
