import assert from "node:assert/strict";
import type { Answer } from "../../simulator/wire";
import { registeredByProgram } from "../support/deployment";
import { Artifact } from "../support/lambda";
import { hookBody, snsEvent, sweepEvent } from "../support/payloads";
import { now } from "./uploaded";

describe("the function as it would be uploaded, on an error", function () {
  this.timeout(30_000);
  let artifact: Artifact;
  before(async () => (artifact = await Artifact.of(await registeredByProgram())));
  after(() => artifact.remove());

  it("fails with an error of its own, so that Lambda tries again and the alarm rings", async () => {
    const { code, output } = await artifact.invoke([sweepEvent()], {}, { AWS_LAMBDA_FUNCTION_NAME: "" });

    assert.notEqual(code, 0);
    assert.match(output, /AWS_LAMBDA_FUNCTION_NAME is not set/);
  });

  it("ends a call that AWS does not answer, long before the invocation ends, and leaves the work to the next sweep", async () => {
    const began = Date.now();
    const never = () => new Promise<Answer>(() => undefined);
    const answers = { SendCommand: never, DescribeAutoScalingGroups: never };
    const all = await Promise.all(
      [snsEvent(hookBody({ time: now() })), sweepEvent()].map((event) => artifact.invoke([event], answers)),
    );

    for (const { code, output } of all) {
      assert.equal(code, 0, output);
      assert.match(output, /the next sweep tries again/);
      assert.match(output, /TimeoutError/);
    }
    assert.ok(Date.now() - began < 25_000, "two tries may take 10 s each");
  });
});
