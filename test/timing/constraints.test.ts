import assert from "node:assert/strict";
import { check, maxExecution, type Plan } from "../../timing";

const possible: Plan = { deregistrationDelay: 300, terminate: { timeout: 120 }, launch: { timeout: 300 } };
const found = (plan: Partial<Plan>) => check({ ...possible, ...plan }).map(({ argument }) => argument);

describe("check", () => {
  it("finds nothing wrong with what is possible", () => {
    assert.deepEqual(check(possible), []);
  });

  it("takes both ends of each range and nothing beyond", () => {
    for (const deregistrationDelay of [0, 3600]) assert.deepEqual(found({ deregistrationDelay }), []);
    for (const deregistrationDelay of [-1, 3601, 1.5, NaN]) {
      assert.deepEqual(found({ deregistrationDelay }), ["targetGroup.deregistrationDelay"]);
    }
    for (const timeout of [5, maxExecution]) assert.deepEqual(found({ terminate: { timeout } }), []);
    for (const timeout of [4, maxExecution + 1]) {
      assert.deepEqual(found({ terminate: { timeout } }), ["terminate.timeout"]);
    }
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
    const timeout = 100 * 300 - 330;

    assert.deepEqual(found({ terminate: { timeout, heartbeatTimeout: 300 } }), []);
    assert.deepEqual(found({ terminate: { timeout: timeout + 1, heartbeatTimeout: 300 } }), [
      "terminate.heartbeatTimeout",
    ]);
  });

  it("looks at launch as at terminate", () => {
    assert.deepEqual(found({ launch: { timeout: 4 } }), ["launch.timeout"]);
  });

  it("says what was given, what is allowed and what to do", () => {
    assert.deepEqual(check({ terminate: { timeout: 4 } }), [
      {
        argument: "terminate.timeout",
        value: 4,
        allowed: "a whole number of seconds from 5 to 172470",
        cure: "Give the longest time that the script may take; the SSM agent takes less than 5 s for an hour.",
      },
    ]);
  });
});
