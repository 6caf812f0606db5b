import assert from "node:assert/strict";
import { check, constraints, maxAgentTimeout, maxExecution, outside, type Plan } from "../../timing";

const draining = (deregistrationDelay: number) => ({
  targetGroups: [{ argument: "targetGroup.deregistrationDelay", deregistrationDelay }],
});
const possible: Plan = { ...draining(300), terminate: { timeout: 120 }, launch: { timeout: 300 } };
const found = (plan: Partial<Plan>) => check({ ...possible, ...plan }).map(({ argument }) => argument);

describe("check", () => {
  it("finds nothing wrong with a possible plan", () => {
    assert.deepEqual(check(possible), []);
  });

  it("takes both ends of each range and nothing beyond", () => {
    for (const deregistrationDelay of [0, 3600]) assert.deepEqual(found(draining(deregistrationDelay)), []);
    for (const deregistrationDelay of [-1, 3601, 1.5, NaN]) {
      assert.deepEqual(found(draining(deregistrationDelay)), ["targetGroup.deregistrationDelay"]);
    }
    for (const timeout of [5, maxExecution]) assert.deepEqual(found({ terminate: { timeout } }), []);
    for (const timeout of [4, maxExecution + 1]) {
      assert.deepEqual(found({ terminate: { timeout } }), ["terminate.timeout"]);
    }
    for (const agentTimeout of [180, maxAgentTimeout]) {
      assert.deepEqual(found({ terminate: { timeout: 5, agentTimeout } }), []);
    }
    for (const agentTimeout of [179, maxAgentTimeout + 1, 180.5]) {
      assert.deepEqual(found({ launch: { timeout: 5, agentTimeout } }), ["launch.agentTimeout"]);
    }
    const [violation] = check({ terminate: { timeout: 5, agentTimeout: 179 } });
    assert.match(violation?.allowed ?? "", /^a whole number of seconds from 180 to \d+$/);
    assert.equal(
      violation?.cure,
      "Give how long an SSM agent that does not answer is asked, or leave it out: it is derived from the timeout.",
    );
    for (const heartbeatTimeout of [300, 7200]) {
      assert.deepEqual(found({ terminate: { timeout: 120, heartbeatTimeout } }), []);
    }
    for (const heartbeatTimeout of [299, 7201]) {
      assert.deepEqual(found({ terminate: { timeout: 120, heartbeatTimeout } }), [
        "terminate.heartbeatTimeout",
      ]);
    }
  });

  it("leaves 48 hours for the whole wait, to the second", () => {
    const maxWait = maxExecution - 1000;

    assert.deepEqual(found({ terminate: { timeout: 1000, maxWait } }), []);
    assert.deepEqual(found({ terminate: { timeout: 1001, maxWait } }), [
      "terminate.timeout + terminate.sessions.maxWait",
    ]);
  });

  it("leaves a hundred heartbeat timeouts for the whole wait, to the second", () => {
    const timeout = 100 * 300 - 900 - 150;

    assert.deepEqual(found({ terminate: { timeout, heartbeatTimeout: 300 } }), []);
    assert.deepEqual(found({ terminate: { timeout: timeout + 1, heartbeatTimeout: 300 } }), [
      "terminate.heartbeatTimeout",
    ]);
  });

  it("checks launch like terminate", () => {
    assert.deepEqual(found({ launch: { timeout: 4 } }), ["launch.timeout"]);
  });

  it("takes a wait for sessions that leaves room for the shortest script", () => {
    const sessions = (maxWait: number) => found({ terminate: { timeout: 5, maxWait } });

    for (const maxWait of [1, maxExecution - 5]) assert.deepEqual(sessions(maxWait), []);
    for (const maxWait of [0, maxExecution - 4]) {
      assert.deepEqual(sessions(maxWait), ["terminate.sessions.maxWait"]);
    }
  });

  it("blames a short heartbeat timeout for a wait of 48 hours, but not for a longer wait", () => {
    const times = (timeout: number) => ({ timeout, maxWait: maxExecution - 1000, heartbeatTimeout: 300 });

    assert.deepEqual(found({ terminate: times(1000) }), ["terminate.heartbeatTimeout"]);
    assert.deepEqual(found({ terminate: times(1001) }), ["terminate.timeout + terminate.sessions.maxWait"]);
  });

  it("has a name for every constraint", () => {
    assert.deepEqual(Object.keys(constraints), [
      "deregistrationDelay",
      "timeout",
      "maxWait",
      "agentTimeout",
      "heartbeatTimeout",
      "maxConcurrent",
      "announceTimeout",
      "total",
      "globalTimeout",
      "turnWait",
      "announce",
    ]);
  });

  it("says what was given, what is allowed and what to do", () => {
    const plan: Plan = {
      ...draining(-1),
      terminate: { timeout: 4, maxWait: 0, heartbeatTimeout: 299 },
    };

    assert.deepEqual(check(plan), [
      {
        argument: "targetGroup.deregistrationDelay",
        value: -1,
        allowed: "a whole number of seconds from 0 to 3600",
        cure: "Give the time that open requests may take to finish; 0 cuts them off.",
      },
      {
        argument: "terminate.timeout",
        value: 4,
        allowed: "a whole number of seconds from 5 to 172470",
        cure: "Give the longest time that the script may take; the SSM agent takes less than 5 s for an hour.",
      },
      {
        argument: "terminate.sessions.maxWait",
        value: 0,
        allowed: "a whole number of seconds from 1 to 172465",
        cure: "Give how long to wait for sessions before the script starts anyway.",
      },
      {
        argument: "terminate.heartbeatTimeout",
        value: 299,
        allowed: "a whole number of seconds from 300 to 7200",
        cure: "Leave it out: it is derived from the timeout.",
      },
    ]);
  });

  it("says for sums, too, what was given, what is allowed and what to do", () => {
    assert.deepEqual(check({ terminate: { timeout: 172_470, maxWait: 1 } }), [
      {
        argument: "terminate.timeout + terminate.sessions.maxWait",
        value: 172_471,
        allowed:
          "at most 172470 seconds: Auto Scaling ends every wait after 172800 s, and 330 s of it are kept for delivery and for lost events",
        cure: "Shorten terminate.sessions.maxWait.",
      },
    ]);
    assert.deepEqual(check({ terminate: { timeout: 172_000, agentTimeout: 651 } }), [
      {
        argument: "terminate.timeout + terminate.agentTimeout",
        value: 172_651,
        allowed:
          "at most 172650 seconds: Auto Scaling ends every wait after 172800 s, and 150 s of it are kept for delivery and for lost events",
        cure: "Shorten terminate.agentTimeout.",
      },
    ]);
    assert.deepEqual(check({ terminate: { timeout: 30_000, heartbeatTimeout: 300 } }), [
      {
        argument: "terminate.heartbeatTimeout",
        value: 300,
        allowed:
          "at least 311 seconds: Auto Scaling ends a wait after 100 heartbeat timeouts (30000 s), and this one may take 31050 s",
        cure: "Raise it, or leave it out: it is derived from the timeout.",
      },
    ]);
  });
});

describe("outside", () => {
  it("leaves out a unit that is empty", () => {
    assert.deepEqual(outside("count", 4, { min: 0, max: 3 }, "", "Give less."), [
      { argument: "count", value: 4, allowed: "a whole number from 0 to 3", cure: "Give less." },
    ]);
  });
});
