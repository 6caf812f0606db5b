import assert from "node:assert/strict";
import fc from "fast-check";
import { check, joinWindow, maxExecution, schedule } from "../../timing";

const seconds = (min: number, max: number) => fc.integer({ min, max });

describe("schedule", () => {
  it("derives everything from the time that the script may take", () => {
    assert.deepEqual(schedule({ timeout: 120 }), {
      delivery: 30,
      execution: 120,
      budget: 150,
      total: 450,
      heartbeatTimeout: 450,
      globalTimeout: 45_000,
      heartbeatInterval: undefined,
    });
  });

  it("adds the wait for sessions to the execution", () => {
    const { budget, execution } = schedule({ timeout: 120, maxWait: 600 });

    assert.equal(execution, 720);
    assert.equal(budget, 750);
  });

  it("needs no heartbeats as long as the hook's timeout covers the total", () => {
    assert.equal(schedule({ timeout: 6870 }).heartbeatTimeout, 7200);
    assert.equal(schedule({ timeout: 6870 }).heartbeatInterval, undefined);
  });

  it("heartbeats every third of the longest timeout above that", () => {
    const { heartbeatInterval, heartbeatTimeout } = schedule({ timeout: 6871 });

    assert.equal(heartbeatTimeout, 7200);
    assert.equal(heartbeatInterval, 2400);
  });

  it("heartbeats where a shorter timeout was asked for", () => {
    assert.equal(schedule({ timeout: 120, heartbeatTimeout: 449 }).heartbeatInterval, 149);
    assert.equal(schedule({ timeout: 120, heartbeatTimeout: 450 }).heartbeatInterval, undefined);
  });

  it("lets the hook's timeout, extended or not, outlast every possible schedule", () => {
    const times = fc.record(
      {
        timeout: seconds(5, maxExecution),
        maxWait: seconds(1, maxExecution),
        heartbeatTimeout: seconds(300, 7200),
      },
      { requiredKeys: ["timeout"] },
    );
    fc.assert(
      fc.property(times, (terminate) => {
        fc.pre(check({ terminate }).length === 0);
        const { globalTimeout, heartbeatInterval, heartbeatTimeout, total } = schedule(terminate);

        assert.ok(total <= globalTimeout);
        assert.ok(heartbeatTimeout <= 7200);
        if (heartbeatInterval === undefined) assert.ok(heartbeatTimeout >= total);
        else assert.ok(heartbeatInterval >= 100 && heartbeatInterval * 3 <= heartbeatTimeout);
      }),
    );
  });

  it("takes a command without a token for one of the same wait, from a Spot warning to the recovery of a lost event", () => {
    assert.equal(joinWindow(150, 60), 60 + 180 + 150);
  });
});
