import assert from "node:assert/strict";
import type { Answer } from "../../simulator/wire";
import { commandEvent, commandParameters, hookBody, ids, snsEvent } from "../support/payloads";
import { done, gone, sent, state } from "./answers";
import { names, now, uploaded } from "./uploaded";

describe("the function as it would be uploaded, told that a command has ended", function () {
  this.timeout(30_000);
  const { invoke } = uploaded();

  for (const [name, parameters] of [
    ["lacks the parameters", undefined],
    ["has no parameter", {}],
    ["has empty parameters", { group: "", hook: "", action: "" }],
  ] as const) {
    it(`takes three calls where the command's event ${name}`, async () => {
      const { calls } = await invoke([snsEvent(hookBody({ time: now() })), commandEvent({ parameters })], {
        SendCommand: sent,
        ListCommands: () => ({
          output: {
            Commands: [
              {
                CommandId: ids.command,
                InstanceIds: [ids.instance],
                Parameters: Object.fromEntries(
                  Object.entries(commandParameters()).map(([key, value]) => [key, [value]]),
                ),
              },
            ],
          },
        }),
        CompleteLifecycleAction: done,
      });

      assert.deepEqual(names(calls), ["SendCommand", "ListCommands", "CompleteLifecycleAction"]);
    });
  }

  it("ignores a command that SSM does not know, and logs that the command names no hook", async () => {
    const { calls, output } = await invoke([commandEvent({ parameters: {} })], {
      ListCommands: () => ({ error: { code: "InvalidCommandId", message: "" } }),
    });

    assert.deepEqual(names(calls), ["ListCommands"]);
    assert.match(output, /does not say which hook it was sent for/);
  });

  it("tries again to complete an action that is not visible yet, as long as the instance waits", async () => {
    const { calls } = await invoke([commandEvent()], {
      CompleteLifecycleAction: (_, count) => (count === 1 ? noActiveAction() : done()),
      DescribeAutoScalingInstances: state("Terminating:Wait"),
    });

    assert.deepEqual(names(calls), [
      "CompleteLifecycleAction",
      "DescribeAutoScalingInstances",
      "CompleteLifecycleAction",
    ]);
  });

  it("does not try again to complete an action that is over", async () => {
    for (const answer of [gone, state("Terminating:Proceed"), state("Terminating:Retained")]) {
      const { calls } = await invoke([commandEvent()], {
        CompleteLifecycleAction: noActiveAction,
        DescribeAutoScalingInstances: answer,
      });

      assert.deepEqual(names(calls), ["CompleteLifecycleAction", "DescribeAutoScalingInstances"]);
    }
  });
});

function noActiveAction(): Answer {
  return {
    error: { code: "ValidationError", message: `No active Lifecycle Action found with token ${ids.token}` },
  };
}
