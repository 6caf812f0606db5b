import assert from "node:assert/strict";
import { Invocations } from "../support/invocations";
import { hookBody, snsEvent, sweepEvent } from "../support/payloads";

const hookEvent = () => snsEvent(hookBody({ time: new Date().toISOString() }));

describe("the function in real time", () => {
  let lambda: Invocations;
  afterEach(() => lambda.close());

  it("leaves a call that AWS does not answer to the sweep, without an error", async () => {
    lambda = await Invocations.open(() => ({ output: {} }));
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
    await lambda.invoke([hookEvent(), sweepEvent()]);

    assert.match(lambda.lines[1] ?? "", /^error could not send .*; the next sweep tries again$/);
    assert.equal(lambda.lines[2], "error sweep failed; the next sweep tries again");
  });

  it("remembers the pace that AWS takes from one invocation to the next", async () => {
    lambda = await Invocations.open(() => ({
      error: { code: "ThrottlingException", message: "Rate exceeded" },
    }));
    await lambda.invoke(Array.from({ length: 6 }, hookEvent));
    const [last = 0, before = 0, ...others] = lambda.calls.map(({ at }) => at).reverse();

    assert.equal(others.length, 4);
    assert.ok(last - before > 200, `after ${last - before} ms`);
  });
});
