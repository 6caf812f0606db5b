import assert from "node:assert/strict";
import fc from "fast-check";
import { check, joinWindow, maxAgentTimeout, maxExecution, schedule } from "../../timing";

const seconds = (min: number, max: number) => fc.integer({ min, max });

describe("schedule", () => {
  it("derives everything from the time that the script may take", () => {
    assert.deepEqual(schedule({ timeout: 120 }), {
      delivery: 30,
      execution: 120,
      budget: 150,
      agentTimeout: 180,
      turnWait: 0,
      turn: 450,
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
    assert.equal(schedule({ timeout: 6150 }).heartbeatTimeout, 7200);
    assert.equal(schedule({ timeout: 6150 }).heartbeatInterval, undefined);
  });

  it("needs a heartbeat every third of the longest timeout where the total is longer", () => {
    const { heartbeatInterval, heartbeatTimeout } = schedule({ timeout: 6151 });

    assert.equal(heartbeatTimeout, 7200);
    assert.equal(heartbeatInterval, 2400);
  });

  it("asks an agent that does not answer for a quarter of the budget, from three sweeps to a quarter of an hour", () => {
    const asked = (timeout: number) => schedule({ timeout }).agentTimeout;

    assert.deepEqual(
      [720, 724, 3570, 3600].map((budget) => asked(budget - 30)),
      [180, 181, 892, 900],
    );
    assert.equal(asked(18_000), 900);
    assert.equal(schedule({ timeout: 90, maxWait: 3480 }).agentTimeout, 900);
  });

  it("asks an agent for as long as agentTimeout says, and keeps that time free", () => {
    const given = schedule({ timeout: 120, agentTimeout: 1000 });

    assert.equal(given.agentTimeout, 1000);
    assert.equal(given.total, 1000 + 150 + 120);
    assert.equal(given.heartbeatTimeout, 1270);
  });

  it("asks an agent for no longer than 48 hours leave", () => {
    assert.equal(schedule({ timeout: maxExecution - 1 }).agentTimeout, 181);
    assert.equal(schedule({ timeout: maxExecution }).agentTimeout, 180);
    assert.equal(schedule({ timeout: maxExecution }).total, 172_800);
  });

  it("needs heartbeats where a shorter timeout is given", () => {
    assert.equal(schedule({ timeout: 120, heartbeatTimeout: 449 }).heartbeatInterval, 149);
    assert.equal(schedule({ timeout: 120, heartbeatTimeout: 450 }).heartbeatInterval, undefined);
  });

  it("lets the hook's timeout, extended or not, outlast every possible schedule", () => {
    const times = fc.record(
      {
        timeout: seconds(5, maxExecution),
        maxWait: seconds(1, maxExecution),
        agentTimeout: seconds(180, maxAgentTimeout),
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

  it("takes a command without a token for a command of the same wait, from a Spot warning to the recovery of a lost event", () => {
    assert.equal(joinWindow({ agentTimeout: 200, budget: 150 }, 60), 60 + 200 + 150);
  });
});
