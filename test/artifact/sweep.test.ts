import assert from "node:assert/strict";
import { ids, sweepEvent } from "../support/payloads";
import { groups, hooks, invocations, sent } from "./answers";
import { names, uploaded } from "./uploaded";

describe("the function as it would be uploaded, on a sweep", function () {
  this.timeout(30_000);
  const { invoke } = uploaded();

  it("makes one call when no instance waits", async () => {
    const { calls } = await invoke([sweepEvent()], {
      DescribeAutoScalingGroups: groups("InService"),
    });

    assert.deepEqual(names(calls), ["DescribeAutoScalingGroups"]);
    assert.deepEqual(calls[0]?.input["Filters"], [{ Name: "tag-value", Values: [ids.handler] }]);
  });

  it("serves an instance whose root volume is replaced like an instance that ends", async () => {
    const { calls } = await invoke([sweepEvent()], {
      DescribeAutoScalingGroups: groups("ReplacingRootVolume:Wait"),
      DescribeLifecycleHooks: hooks(),
      ListCommandInvocations: invocations(),
      DescribeScalingActivities: () => ({
        output: {
          Activities: [
            {
              ActivityId: "a",
              Description: `Replacing the root volume of EC2 instance: ${ids.instance}`,
              StartTime: new Date(Date.now() - 90_000),
            },
          ],
        },
      }),
      SendCommand: sent,
    });

    assert.equal(calls.at(-1)?.action, "SendCommand");
  });
});
