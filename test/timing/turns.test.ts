import assert from "node:assert/strict";
import fc from "fast-check";
import {
  check,
  describeTimeline,
  maxGlobalTimeout,
  maxHeartbeatTimeouts,
  scheduleOfTerminate,
  shortestTurnWait,
  timeline,
  worstCaseScaleIn,
  type DrainTimes,
  type Plan,
} from "../../timing";

/** A turn takes 450 s: 180 for the agent, 150 for the script, 120 for a lost completion. */
const turn = 450;
const planOf = (drain: DrainTimes, deregistrationDelay = 300, heartbeatTimeout?: number): Plan => ({
  targetGroups: [{ argument: "targetGroup.deregistrationDelay", deregistrationDelay }],
  terminate: { timeout: 120, ...(heartbeatTimeout === undefined ? {} : { heartbeatTimeout }) },
  drain,
});
const waitOf = (drain: DrainTimes) => scheduleOfTerminate(planOf(drain)).turnWait;

describe("the wait for a turn", () => {
  it("lasts until all other instances of a full group have deregistered and have had their turns", () => {
    assert.equal(waitOf({ maxConcurrent: 1, maxSize: 5 }), 300 + 4 * turn);
    assert.equal(waitOf({ maxConcurrent: 2, maxSize: 5 }), 300 + 2 * turn);
    assert.equal(waitOf({ maxConcurrent: 2, maxSize: 4 }), 300 + turn);
  });

  it("has time for one other instance at least, as a group may replace an instance before it has stopped", () => {
    for (const maxSize of [0, 1, 2]) assert.equal(waitOf({ maxConcurrent: 2, maxSize }), 300 + turn);
    assert.equal(shortestTurnWait({ timeout: 120 }, 0), turn);
  });

  it("is as long as somebody says, and nothing where scripts do not wait for each other", () => {
    assert.equal(waitOf({ maxConcurrent: 1, maxSize: 5, maxWait: 1000 }), 1000);
    assert.equal(scheduleOfTerminate({ terminate: { timeout: 120 } }).turnWait, 0);
    assert.equal(waitOf({ maxConcurrent: 1 }), 0);
  });

  it("is covered by the hook: by its timeout, or by heartbeats", () => {
    const covered = scheduleOfTerminate(planOf({ maxConcurrent: 1, maxSize: 5 }));
    assert.equal(covered.total, 300 + 5 * turn);
    assert.equal(covered.heartbeatTimeout, covered.total);
    assert.equal(covered.heartbeatInterval, undefined);
    const beating = scheduleOfTerminate(planOf({ maxConcurrent: 1, maxSize: 50 }));
    assert.deepEqual([beating.heartbeatTimeout, beating.heartbeatInterval], [7200, 2400]);
  });

  it("counts from the decision, as the worst case of a scale-in does", () => {
    assert.equal(worstCaseScaleIn(planOf({ maxConcurrent: 1, maxSize: 5 })), 300 + 5 * turn);
  });

  it("is in the timeline, in the order of time", () => {
    const steps = timeline(planOf({ maxConcurrent: 1, maxSize: 2 }));
    const text = describeTimeline(steps);

    assert.match(text, /^300 s Terminating:Wait: .* waits until fewer than 1 of those before it/m);
    assert.match(text, /^750 s its turn has come, or was given up after 750 s; the stop document is sent$/m);
    assert.match(text, /^1200 s the action is completed/m);
    assert.doesNotMatch(text, /first heartbeat/);
    const beating = timeline(planOf({ maxConcurrent: 1, maxSize: 50 }));
    assert.match(describeTimeline(beating), /until the turn and the budget of 150 s are over/);
    assert.deepEqual(
      steps.map(({ at }) => at),
      steps.map(({ at }) => at).sort((one, other) => one - other),
    );
  });
});

describe("check of drain", () => {
  const found = (plan: Plan) => check(plan).map(({ argument }) => argument);

  it("takes whole numbers of 1 or more at once", () => {
    for (const maxConcurrent of [1, 2, 1e6])
      assert.deepEqual(found(planOf({ maxConcurrent, maxSize: 5 })), []);
    for (const maxConcurrent of [0, -1, 1.5, NaN, Infinity])
      assert.deepEqual(found(planOf({ maxConcurrent, maxSize: 5 })), ["drain.maxConcurrent"]);
    const [violation] = check(planOf({ maxConcurrent: 0, maxSize: 5 }));
    assert.match(violation?.allowed ?? "", /a whole number, 1 or more/);
    assert.match(violation?.cure ?? "", /leave drain out/);
  });

  it("asks for maxWait where the size is not known", () => {
    const [violation] = check(planOf({ maxConcurrent: 1 }));

    assert.equal(violation?.argument, "drain.maxWait");
    assert.equal(violation.value, undefined);
    assert.match(violation.allowed, /greatest number of instances is not known/);
    assert.match(violation.cure, /750 s for each instance/);
  });

  it("takes both ends of the range of maxWait and nothing beyond", () => {
    const most = maxGlobalTimeout - turn;
    for (const maxWait of [750, most]) assert.deepEqual(found(planOf({ maxConcurrent: 1, maxWait })), []);
    for (const maxWait of [749, most + 1, 800.5])
      assert.deepEqual(found(planOf({ maxConcurrent: 1, maxWait })), ["drain.maxWait"]);
    const cureOf = (maxWait: number) => check(planOf({ maxConcurrent: 1, maxWait }))[0]?.cure ?? "";
    assert.match(cureOf(749), /^Raise it/);
    assert.match(cureOf(750.5), /^Shorten it/);
    assert.match(cureOf(most + 1), /^Shorten it/);
  });

  it("leaves a turn that is too long by itself to the check of the other times", () => {
    const longest = maxGlobalTimeout - 120 - 180 - 30;
    const drained = (timeout: number): Plan => ({
      terminate: { timeout },
      drain: { maxConcurrent: 1, maxSize: 1 },
    });

    assert.equal(check(drained(longest))[0]?.argument, "drain.maxConcurrent, maxSize");
    assert.ok(!found(drained(longest + 1)).some((argument) => argument.startsWith("drain")));
  });

  it("leaves 48 hours for the last of a full group, to the instance", () => {
    const most = Math.floor((maxGlobalTimeout - turn - 300) / turn) + 1;

    assert.deepEqual(found(planOf({ maxConcurrent: 1, maxSize: most })), []);
    const [violation, ...others] = check(planOf({ maxConcurrent: 1, maxSize: most + 1 }));
    assert.deepEqual(others, []);
    assert.equal(violation?.argument, "drain.maxConcurrent, maxSize");
    assert.equal(violation.value, `1 and ${most + 1}`);
    assert.match(violation.allowed, /Auto Scaling ends every wait after 172800 s/);
    assert.match(violation.cure, /drain\.maxWait/);
    // 172,350 s are left for the turns of the others; exactly that is not too long.
    const exact = planOf({ maxConcurrent: 1, maxSize: (maxGlobalTimeout - turn) / turn + 1 }, 0);
    assert.equal(scheduleOfTerminate(exact).total, maxGlobalTimeout);
    assert.deepEqual(found(exact), []);
  });

  it("leaves a hundred heartbeat timeouts, and names the argument that may be longer", () => {
    const room = maxHeartbeatTimeouts * 300 - turn;

    assert.deepEqual(found(planOf({ maxConcurrent: 1, maxWait: room }, 300, 300)), []);
    const [violation] = check(planOf({ maxConcurrent: 1, maxWait: room + 1 }, 300, 300));
    assert.equal(violation?.argument, "drain.maxWait");
    assert.match(violation.allowed, /100 heartbeat timeouts of 300 s/);
  });

  it("lets pass what Auto Scaling waits for, and nothing else", () => {
    const plans = fc.record({
      maxConcurrent: fc.integer({ min: 1, max: 10 }),
      maxSize: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
      maxWait: fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(plans, fc.constantFrom(undefined, 300, 7200), (drain, heartbeatTimeout) => {
        const plan = planOf(drain, 60, heartbeatTimeout);
        const { globalTimeout, total, turnWait } = scheduleOfTerminate(plan);
        const isKnown = drain.maxWait !== undefined || drain.maxSize !== undefined;
        const isPossible = isKnown && total <= globalTimeout && turnWait >= 60 + turn;
        assert.equal(check(plan).length === 0, isPossible);
      }),
    );
  });
});
