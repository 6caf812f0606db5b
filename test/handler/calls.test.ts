import assert from "node:assert/strict";
import { createCalls, type CallPolicy, type Paces } from "../../handler/aws/calls";
import { isOutOfTime } from "../../handler/aws/errors";
import { Pace } from "../../handler/aws/pace";
import type { Clock } from "../../handler/clock";
import { Timeline } from "../support/history/timeline";

const throttled = () =>
  Object.assign(new Error("Rate exceeded"), { name: "Throttling", $metadata: { httpStatusCode: 400 } });
const failure = (httpStatusCode: number) =>
  Object.assign(new Error("failure"), { name: "InternalFailure", $metadata: { httpStatusCode } });
const patient: CallPolicy["patience"] = {
  read: Infinity,
  send: 0,
  cancel: 0,
  complete: 40_000,
  heartbeat: Infinity,
  replace: 0,
  ask: 0,
  protect: 0,
  tell: 0,
};

/** A service that takes `rate` calls a second; each call takes 100 ms. */
function service(timeline: Timeline, rate: number) {
  let tokens = rate;
  let filledAt = 0;
  const taken: number[] = [];
  const send = async () => {
    await timeline.sleep(100);
    tokens = Math.min(rate, tokens + ((timeline.now - filledAt) / 1000) * rate);
    filledAt = timeline.now;
    if (tokens < 1) throw throttled();
    tokens -= 1;
    taken.push(timeline.now);
  };
  return { send, taken };
}

/** Paces that draw nothing at random. */
function evenPaces(): Paces {
  const even = () => new Pace(() => 0.5);
  return {
    read: even(),
    send: even(),
    cancel: even(),
    complete: even(),
    heartbeat: even(),
    ask: even(),
    protect: even(),
    replace: even(),
    tell: even(),
  };
}

describe("calls", () => {
  const setUp = (until = 600_000, patience = patient) => {
    const timeline = new Timeline();
    const clock: Clock = {
      now: () => timeline.now,
      sleep: (milliseconds) => timeline.sleep(milliseconds),
      within: (_, promise) => promise,
    };
    return { timeline, make: createCalls(clock, evenPaces(), { until, patience }) };
  };
  const settled = async <T>(timeline: Timeline, calls: readonly Promise<T>[]) => {
    let results: PromiseSettledResult<T>[] | undefined;
    void Promise.allSettled(calls).then((all) => {
      results = all;
    });
    await new Promise(setImmediate);
    await timeline.play(() => results !== undefined);
    await new Promise(setImmediate);
    assert.ok(results);
    return results;
  };

  it("run side by side, twenty at most", async () => {
    const { make, timeline } = setUp();
    let running = 0;
    let most = 0;
    const send = async () => {
      most = Math.max(most, (running += 1));
      await timeline.sleep(100);
      running -= 1;
    };
    await settled(
      timeline,
      Array.from({ length: 100 }, () => make("read", send)),
    );

    assert.equal(most, 20);
    assert.equal(timeline.now, 500);
  });

  it("find the pace that AWS takes: a hundred at two a second take less than eighty seconds", async () => {
    const { make, timeline } = setUp();
    const { send, taken } = service(timeline, 2);
    const results = await settled(
      timeline,
      Array.from({ length: 100 }, () => make("heartbeat", send)),
    );

    assert.ok(results.every(({ status }) => status === "fulfilled"));
    assert.ok((taken.at(-1) ?? 0) < 80_000, `took ${taken.at(-1)} ms`);
  });

  it("of one kind do not slow down calls of another kind", async () => {
    const { make, timeline } = setUp();
    const { send } = service(timeline, 1);
    let readAt = 0;
    const heartbeats = Array.from({ length: 30 }, () => make("heartbeat", send));
    const read = make("read", () => Promise.resolve()).then(() => {
      readAt = timeline.now;
    });
    await settled(timeline, [...heartbeats, read]);

    assert.ok(readAt < 1_000, `read after ${readAt} ms`);
  });

  it("that AWS throttles are tried again as long as the policy says for their kind, or not at all", async () => {
    const { make, timeline } = setUp();
    let tries = 0;
    const refuse = () => {
      tries += 1;
      return Promise.reject(throttled());
    };
    const [sent] = await settled(timeline, [make("send", refuse)]);
    assert.equal(tries, 1);
    assert.equal(sent?.status, "rejected");

    const [completed] = await settled(timeline, [make("complete", refuse)]);
    assert.equal(completed?.status, "rejected");
    assert.ok(timeline.now >= 40_000 && timeline.now < 45_000, `gave up after ${timeline.now} ms`);
  });

  it("are tried three times where AWS fails or does not answer, once where AWS refuses", async () => {
    for (const [error, expected] of [
      [failure(500), 3],
      [Object.assign(new Error("reset"), { code: "ECONNRESET" }), 3],
      [Object.assign(new Error("late"), { name: "TimeoutError" }), 3],
      [failure(400), 1],
    ] as const) {
      const { make, timeline } = setUp();
      let tries = 0;
      const [result] = await settled(timeline, [
        make("read", () => {
          tries += 1;
          return Promise.reject(error);
        }),
      ]);

      assert.equal(tries, expected, error.message);
      assert.equal(result?.status, "rejected");
    }
  });

  it("are tried twice where the first try hangs, as there is no time for a third try", async () => {
    for (const [takes, expected] of [
      [5_000, 3],
      [5_001, 2],
    ] as const) {
      const { make, timeline } = setUp();
      await settled(timeline, [timeline.sleep(10_000)]);
      let tries = 0;
      await settled(timeline, [
        make("read", async () => {
          tries += 1;
          await timeline.sleep(takes);
          throw failure(500);
        }),
      ]);

      assert.equal(tries, expected);
    }
  });

  it("do not begin if their time is over while they wait for other calls", async () => {
    for (const [until, expected] of [
      [99, 20],
      [100, 40],
    ] as const) {
      const { make, timeline } = setUp(until);
      let begun = 0;
      const send = async () => {
        begun += 1;
        await timeline.sleep(100);
      };
      await settled(
        timeline,
        Array.from({ length: 60 }, () => make("read", send)),
      );

      assert.equal(begun, expected);
    }
  });

  it("are tried again after pauses that double, and slow down only where AWS throttles", async () => {
    const { make, timeline } = setUp();
    await settled(timeline, [make("read", () => Promise.reject(failure(500)))]);
    assert.equal(timeline.now, 200 + 400);
    await settled(timeline, [make("read", () => Promise.reject(failure(400)))]);
    await settled(timeline, [make("read", () => Promise.resolve())]);

    assert.equal(timeline.now, 600);
  });

  it("count the time in which they are tried again from their own beginning", async () => {
    const { make, timeline } = setUp();
    await settled(timeline, [make("read", () => timeline.sleep(50_000))]);
    await settled(timeline, [make("complete", () => Promise.reject(throttled()))]);

    assert.ok(timeline.now >= 90_000 && timeline.now < 95_000, `gave up after ${timeline.now} ms`);
  });

  it("do not begin once the time of the invocation is over, waiting turns included", async () => {
    const { make, timeline } = setUp(10_000);
    const { send, taken } = service(timeline, 2);
    const results = await settled(
      timeline,
      Array.from({ length: 100 }, () => make("heartbeat", send)),
    );

    assert.ok(taken.length > 10 && taken.every((at) => at <= 10_100));
    for (const result of results)
      if (result.status === "rejected") assert.ok(isOutOfTime(result.reason), String(result.reason));
  });
});

describe("a pace", () => {
  /** Instants of the next turns, ms. */
  const turns = async (pace: Pace, count: number) => {
    let now = 100;
    const clock: Clock = {
      now: () => now,
      sleep: (milliseconds) => {
        now += milliseconds;
        return Promise.resolve();
      },
      within: (_, promise) => promise,
    };
    const at: number[] = [];
    for (let index = 0; index < count; index += 1) {
      await pace.turn(clock, 1_000_000);
      at.push(now);
    }
    return at;
  };

  it("slows down once for all calls that were under way when AWS throttled the first", async () => {
    const pace = new Pace(() => 0.5);
    await turns(pace, 1);
    for (let index = 0; index < 20; index += 1) pace.throttled(0, 100);

    assert.deepEqual(await turns(pace, 3), [200, 300, 400]);
    pace.throttled(100, 400);
    assert.deepEqual(await turns(pace, 1), [550]);
  });

  it("shortens its pauses with each call that AWS takes, down to none", async () => {
    const after = async (taken: number) => {
      const pace = new Pace(() => 0.5);
      pace.throttled(0, 100);
      for (let index = 0; index < taken; index += 1) pace.taken();
      const [first = 0, second = 0] = await turns(pace, 2);
      return second - first;
    };

    assert.deepEqual([await after(0), await after(15), await after(16)], [100, 21, 0]);
  });

  it("draws each pause at random from half to one and a half times its length", async () => {
    for (const [random, expected] of [
      [0, 50],
      [1, 150],
    ] as const) {
      const pace = new Pace(() => random);
      pace.throttled(0, 100);
      const [first = 0, second = 0] = await turns(pace, 2);
      assert.equal(second - first, expected);
    }
  });

  it("gives no turn after the end, whether the time is over or the turn would come too late", async () => {
    const clock: Clock = { now: () => 100, sleep: () => Promise.resolve(), within: (_, promise) => promise };
    const pace = new Pace(() => 0.5);
    await assert.rejects(pace.turn(clock, 99), isOutOfTime);
    await pace.turn(clock, 100);
    pace.throttled(0, 100);
    await assert.rejects(pace.turn(clock, 199), isOutOfTime);
    await pace.turn(clock, 200);
  });

  it("grows its pauses up to two seconds, and forgets them as AWS takes calls", async () => {
    const pace = new Pace(() => 0.5);
    for (let at = 100; at < 20_100; at += 1_000) pace.throttled(at, at);
    const [first = 0, second] = await turns(pace, 2);
    assert.equal(second, first + 2_000);
    for (let index = 0; index < 100; index += 1) pace.taken();

    assert.deepEqual(await turns(pace, 3), [100, 100, 100]);
  });
});
