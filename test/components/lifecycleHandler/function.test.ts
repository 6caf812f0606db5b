import assert from "node:assert/strict";
import { functionTimeout } from "../../../components/handler/function";
import { ofType, type Registration } from "../../../evaluate/registration";
import { minHeartbeatTimeout } from "../../../timing";
import { only } from "../../support/deployment";
import { arnOf, makeUsual, types } from "./make";

describe("LifecycleHandler and its function", () => {
  let all: readonly Registration[];
  let handler: string;
  before(async () => ({ all, handler } = await makeUsual()));

  it("lets the function be invoked by its own topic and rules only", () => {
    const allowed = (principal: string, sourceArn: unknown) => ({
      action: "lambda:InvokeFunction",
      function: handler,
      principal,
      sourceArn,
    });
    const bySource = (one: { sourceArn?: unknown }, other: { sourceArn?: unknown }) =>
      String(one.sourceArn).localeCompare(String(other.sourceArn));

    assert.deepEqual(
      ofType(all, types.permission)
        .map(({ inputs }) => inputs)
        .sort(bySource),
      [
        allowed("sns.amazonaws.com", arnOf(all, types.topic)),
        ...ofType(all, types.rule).map(({ state }) => allowed("events.amazonaws.com", state["arn"])),
      ].sort(bySource),
    );
    assert.equal(ofType(all, types.rule).length, 3);
  });

  it("makes the function explicit in all that would otherwise change under it", () => {
    const { code: _, description: __, ...inputs } = only(all, types.function).inputs;

    assert.deepEqual(inputs, {
      architectures: ["arm64"],
      environment: {
        variables: { GRACEFUL_ASG_SEAL: only(all, types.role, "lifecycle-function").state["uniqueId"] },
      },
      handler: "__index.handler",
      loggingConfig: {
        logFormat: "JSON",
        logGroup: only(all, types.logGroup, "lifecycle-function").state["name"],
      },
      memorySize: 256,
      role: arnOf(all, types.role, "lifecycle-function"),
      runtime: "nodejs24.x",
      timeout: 60,
    });
  });

  it("ends the function long before the shortest hook could time out", () => {
    assert.ok(functionTimeout < minHeartbeatTimeout / 3);
  });
});
