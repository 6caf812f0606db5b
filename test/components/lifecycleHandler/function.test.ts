import assert from "node:assert/strict";
import { functionTimeout } from "../../../components/lifecycleHandler/function";
import { ofType, type Registration } from "../../../evaluate/registration";
import { minHeartbeatTimeout } from "../../../timing";
import { only } from "../../support/deployment";
import { arnOf, makeUsual, types } from "./make";

describe("the function of a LifecycleHandler", () => {
  let all: readonly Registration[];
  let handler: string;
  before(async () => ({ all, handler } = await makeUsual()));

  it("may be invoked by the handler's own topic and rules only", () => {
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

  it("has an explicit value for every property whose default could change", () => {
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

  it("ends long before the shortest hook could time out", () => {
    assert.ok(functionTimeout < minHeartbeatTimeout / 3);
  });
});
