import assert from "node:assert/strict";
import type { Context } from "../../handler/context";
import { probe } from "../../handler/probe";
import { sweep } from "../../handler/sweep";
import { Timeline } from "../support/history/timeline";
import { sweepWorld, sweptAt, type Known } from "../support/sweepWorld";

/** A sweep in virtual time, with a probe that takes `takes` ms for each instance and answers `isBusy`. */
async function swept(instances: number, takes: number, isBusy: (id: string) => boolean, known: Known = {}) {
  const timeline = new Timeline();
  const groups = { web: Array.from({ length: instances }, (_, index) => ({ id: `i-${index}` })) };
  const asked: { id: string; at: number; callsBefore: readonly string[] }[] = [];
  const sentAt: number[] = [];
  let running = 0;
  let most = 0;
  const world = sweepWorld({
    groups,
    instructions: { maxWait: 600, execution: 720 },
    heartbeatTimeout: 1050,
    ...known,
    sends: () => {
      sentAt.push(timeline.now);
      return { kind: "sent", commandId: "c9", requestedAt: timeline.now };
    },
  });
  const context: Context = {
    ...world.context,
    isBusy: async ({ instanceId }) => {
      asked.push({ id: instanceId, at: timeline.now, callsBefore: [...world.calls] });
      most = Math.max(most, (running += 1));
      await timeline.sleep(takes);
      running -= 1;
      return isBusy(instanceId);
    },
    clock: {
      now: () => sweptAt + timeline.now,
      sleep: (milliseconds) => timeline.sleep(milliseconds),
      within: (milliseconds, promise) =>
        Promise.race([promise, timeline.sleep(milliseconds).then(() => undefined)]),
    },
    until: known.changes?.until ?? world.context.until,
  };
  const play = async () => {
    let isOver = false;
    void sweep(context).then(() => {
      isOver = true;
    });
    await new Promise(setImmediate);
    await timeline.play(() => isOver);
    await new Promise(setImmediate);
    assert.ok(isOver);
  };
  await play();
  return { ...world, context, asked, sentAt, most, play, timeline };
}

describe("the probe", () => {
  it("is asked about twenty instances side by side, and scripts start as answers come", async () => {
    const { asked, jobs, most, sentAt } = await swept(60, 2_000, () => false);

    assert.equal(most, 20);
    assert.deepEqual(
      asked.map(({ at }) => at),
      [...Array<number>(20).fill(0), ...Array<number>(20).fill(2_000), ...Array<number>(20).fill(4_000)],
    );
    assert.deepEqual(sentAt, [5_000, 6_000]);
    assert.deepEqual(
      jobs.map(({ instances }) => instances.length),
      [40, 20],
    );
  });

  it("holds a script up where it says busy, and only there", async () => {
    const { jobs, lines } = await swept(3, 10, (id) => id === "i-1");

    assert.deepEqual(
      jobs.map(({ instances }) => instances),
      [["i-0", "i-2"]],
    );
    assert.deepEqual(
      lines.map(({ instance, message }) => [instance, message.replace(/^sent.*/, "sent")]),
      [
        ["i-0", "run: the instance waits and no command is on its way"],
        ["i-1", "wait: the instance is busy"],
        ["i-2", "run: the instance waits and no command is on its way"],
        [undefined, "sent"],
      ],
    );
    // 600 s from the beginning of the wait: the activity began 90 s ago, and 30 s of it were the drain.
    assert.equal(jobs[0]?.parameters.sessionWait, "540");
  });

  it("takes at most 15 s of a sweep, which logs how many instances are left; the next sweep begins with these instances", async () => {
    const { asked, context, lines, play } = await swept(80, 7_500, () => true);

    assert.equal(asked.length, 40);
    assert.ok(asked.every(({ at }) => at < 15_000));
    const says = "isBusy takes too long: 40 instances are asked by the next sweep";
    assert.deepEqual(lines.at(-1), { level: "warn", message: says });
    asked.length = 0;
    Object.assign(context, { until: context.until + 600_000 });
    await play();
    assert.deepEqual(
      asked.map(({ id }) => id),
      Array.from({ length: 40 }, (_, index) => `i-${index + 40}`),
    );
  });

  it("does not delay an extension that is due, and no second extension follows", async () => {
    for (const isBusy of [false, true]) {
      const { asked, calls, sentAt } = await swept(1, 5_000, () => isBusy, {
        heartbeatTimeout: 300,
        activities: { "i-0": { startedAt: sweptAt - 230_000 } },
      });

      assert.ok(asked[0]?.callsBefore.includes("heartbeat i-0"));
      const all = calls.filter((call) => /^(heartbeat|send)/.test(call));
      assert.deepEqual(all, isBusy ? ["heartbeat i-0"] : ["heartbeat i-0", "send i-0"]);
      assert.deepEqual(sentAt, isBusy ? [] : [5_000]);
    }
  });

  it("has its time from the beginning of the wait, even after commands that ended without a result", async () => {
    const { jobs } = await swept(1, 10, () => false, {
      commands: [{ instance: "i-0", status: "undelivered", requestedAt: sweptAt - 40_000 }],
    });

    assert.equal(jobs[0]?.parameters.sessionWait, "540");
  });

  it("is not asked once the time of the invocation is over", async () => {
    const { asked } = await swept(80, 4_000, () => true, { changes: { until: sweptAt + 6_000 } });

    assert.equal(asked.length, 40);
  });

  it("lets instances that it is not asked about start with its first answers", async () => {
    const { sentAt } = await swept(3, 8_000, () => true, {
      // The time in which the probe may hold up the script is over.
      activities: { "i-1": { startedAt: sweptAt - 640_000 } },
    });

    assert.deepEqual(sentAt, [8_000]);
  });
});

describe("an answer of the probe", () => {
  const ask = (isBusy: Context["isBusy"], within?: Context["clock"]["within"]) => {
    const { context, lines } = sweepWorld();
    const clock = { now: () => 0, sleep: () => Promise.resolve(), within: within ?? context.clock.within };
    const subject = {
      group: "web",
      hook: "graceful-terminate-sns",
      instance: "i-1",
      transition: "terminate",
      token: undefined,
    } as const;
    return { lines, answer: probe({ ...context, isBusy, clock }, subject) };
  };

  it("is busy where the callback returns a truthy value", async () => {
    for (const [said, expected] of [
      [true, true],
      [false, false],
      [0, false],
      ["yes", true],
    ] as const)
      assert.equal(await ask(() => Promise.resolve(said)).answer, expected);
    assert.equal(await ask(undefined).answer, false);
  });

  it("is busy where the callback throws, rejects or takes 10 s", async () => {
    const late = (milliseconds: number) => {
      assert.equal(milliseconds, 10_000);
      return Promise.resolve(undefined);
    };
    for (const [{ answer, lines }, error] of [
      [ask(() => Promise.reject(new Error("later"))), "Error: later"],
      [
        ask(() => {
          throw new Error("at once");
        }),
        "Error: at once",
      ],
      [ask(() => new Promise(() => undefined), late), "Error: no answer within 10 s"],
    ] as const) {
      assert.equal(await answer, true);
      assert.deepEqual(lines, [
        {
          level: "warn",
          message: "isBusy failed and counts as busy",
          group: "web",
          hook: "graceful-terminate-sns",
          instance: "i-1",
          error,
        },
      ]);
    }
  });
});
