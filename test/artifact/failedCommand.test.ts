import assert from "node:assert/strict";
import { exitCodes } from "../../contract";
import type { Answer, Call } from "../../simulator/wire";
import { commandEvent, commandParameters, ids } from "../support/payloads";
import { activity, comment, done, hooks, invocations, sent, state, untagged } from "./answers";
import { names, uploaded } from "./uploaded";

describe("the function as it would be uploaded, told that a command has failed", function () {
  this.timeout(30_000);
  const { invoke } = uploaded();
  const failed = (policy = "abandon") =>
    commandEvent({ status: "Failed", parameters: { ...commandParameters(), onFailure: policy } });

  it("applies the failure policy to a script that failed and logs the end of its output, with three calls", async () => {
    const written = `${"x".repeat(3000)}\nthe application does not stop\n`;
    const { calls, output } = await invoke([failed()], {
      GetCommandInvocation: step("Failed", written),
      DescribeTags: untagged,
      CompleteLifecycleAction: done,
    });

    assert.deepEqual(names(calls), ["GetCommandInvocation", "DescribeTags", "CompleteLifecycleAction"]);
    assert.deepEqual(calls[0]?.input, {
      CommandId: ids.command,
      InstanceId: ids.instance,
      PluginName: "runLinux",
    });
    assert.equal(calls[2]?.input["LifecycleActionResult"], "ABANDON");
    const last = "the application does not stop";
    const [, before = ""] = new RegExp(`output: '(x*)\\\\n' \\+\\s+'${last}'`).exec(output) ?? [];
    assert.equal(before.length + 1 + last.length, 2000);
  });

  it("finds the output of a script for Windows in its own step", async () => {
    const { calls, output } = await invoke([failed()], {
      GetCommandInvocation: step("Failed", "the service does not stop", "runWindows"),
      DescribeTags: untagged,
      CompleteLifecycleAction: done,
    });

    assert.deepEqual(
      calls.map(({ action, input }) => input["PluginName"] ?? action),
      ["runLinux", "runWindows", "DescribeTags", "CompleteLifecycleAction"],
    );
    assert.match(output, /output: 'the service does not stop'/);
  });

  for (const [what, answer] of [
    ["the agent ended the step at its timeout", step("ExecutionTimedOut")],
    ["the agent could not start its worker", step("Failed", "", "runLinux", 1)],
    [
      "the function may not read the result",
      () => ({ error: { code: "AccessDeniedException", message: "not authorized" } }),
    ],
  ] as const) {
    it(`completes nothing where ${what}, and asks again later`, async () => {
      const { calls } = await invoke([failed()], {
        GetCommandInvocation: answer,
        ListCommands: listed,
        DescribeAutoScalingInstances: state("Terminating:Wait"),
        DescribeLifecycleHooks: hooks({ onFailure: "abandon" }),
        ListCommandInvocations: invocations({ status: "Failed", secondsAgo: 40 }),
        DescribeScalingActivities: activity(70),
        RecordLifecycleActionHeartbeat: done,
        SendCommand: sent,
      });

      assert.ok(!names(calls).includes("CompleteLifecycleAction"));
      assert.equal(calls.at(-1)?.action, "SendCommand");
    });
  }

  it("looks again where SSM does not show the end of the command yet", async () => {
    const { calls } = await invoke([failed()], {
      GetCommandInvocation: (call, count) =>
        count === 1 ? { error: { code: "InvocationDoesNotExist", message: "" } } : step("Failed")(call),
      DescribeTags: untagged,
      CompleteLifecycleAction: done,
    });

    assert.deepEqual(names(calls), [
      "GetCommandInvocation",
      "GetCommandInvocation",
      "DescribeTags",
      "CompleteLifecycleAction",
    ]);
  });

  for (const details of [
    "Undeliverable",
    "Terminated",
    "InvalidPlatform",
    "AccessDenied",
    "DeliveryTimedOut",
  ]) {
    it(`completes nothing where the command is Failed as it is ${details}, and asks again later`, async () => {
      const lookAt = (secondsAgo: number) =>
        invoke([failed()], {
          GetCommandInvocation: step(details),
          ListCommands: listed,
          DescribeAutoScalingInstances: state("Terminating:Wait"),
          DescribeLifecycleHooks: hooks(),
          ListCommandInvocations: invocations({ status: "Failed", details, secondsAgo }),
          DescribeScalingActivities: activity(70),
          RecordLifecycleActionHeartbeat: done,
          SendCommand: sent,
        });
      const atOnce = await lookAt(2);
      const later = await lookAt(40);

      assert.ok(!names(atOnce.calls).includes("SendCommand"), "SSM would give it up again and again");
      assert.equal(later.calls.at(-1)?.action, "SendCommand");
    });
  }

  it("reads the end of a command that timed out, as its guard may have reported the script before", async () => {
    const parameters = { ...commandParameters(), onFailure: "abandon" };
    const { calls, output } = await invoke([commandEvent({ status: "TimedOut", parameters })], {
      GetCommandInvocation: step("Failed", "still busy"),
      DescribeTags: untagged,
      CompleteLifecycleAction: done,
    });

    assert.equal(calls.at(-1)?.input["LifecycleActionResult"], "ABANDON");
    assert.match(output, /output: 'still busy'/);
  });

  it("sends a command again that timed out before its delivery", async () => {
    const { calls } = await invoke([commandEvent({ status: "TimedOut" })], {
      ListCommands: listed,
      GetCommandInvocation: step("DeliveryTimedOut"),
      DescribeAutoScalingInstances: state("Terminating:Wait"),
      DescribeLifecycleHooks: hooks(),
      ListCommandInvocations: invocations({
        status: "TimedOut",
        details: "DeliveryTimedOut",
        secondsAgo: 155,
      }),
      DescribeScalingActivities: activity(190),
      RecordLifecycleActionHeartbeat: done,
      SendCommand: sent,
    });

    assert.equal(calls.at(-1)?.action, "SendCommand");
  });

  it("retains an instance only once", async () => {
    const retained = (activities: () => Answer, ...all: Parameters<typeof invocations>) =>
      invoke(
        [commandEvent({ status: "Failed", parameters: { ...commandParameters(), onFailure: "retain" } })],
        {
          ListCommands: listed,
          DescribeAutoScalingInstances: state("Terminating:Wait"),
          DescribeLifecycleHooks: hooks({ onFailure: "retain" }),
          ListCommandInvocations: invocations(...all),
          DescribeScalingActivities: activities,
          DescribeTags: untagged,
          CompleteLifecycleAction: done,
          GetCommandInvocation: step("Failed"),
        },
      );
    const completion = ({ calls }: { calls: readonly Call[] }) =>
      calls.find(({ action }) => action === "CompleteLifecycleAction");
    const first = await retained(activity(60), { status: "Failed" });
    const again = await retained(
      secondActivity,
      { status: "Failed", secondsAgo: 5000 },
      { status: "Failed" },
    );

    assert.equal(completion(first)?.input["LifecycleActionResult"], "ABANDON");
    assert.equal(completion(again)?.input["LifecycleActionResult"], "CONTINUE");
  });
});

/** A command of a handler, as SSM keeps it. */
function listed(): Answer {
  return {
    output: { Commands: [{ CommandId: ids.command, InstanceIds: [ids.instance], Comment: comment }] },
  };
}

/** The result of the step with the script, and its output; steps for other platforms were skipped. */
function step(details: string, output = "", name = "runLinux", code: number = exitCodes.scriptFailed) {
  return ({ input }: Call): Answer => ({
    output: {
      Status:
        input["PluginName"] === name ? (details === "ExecutionTimedOut" ? "TimedOut" : "Failed") : "Success",
      StatusDetails: details,
      ResponseCode: details === "ExecutionTimedOut" ? -1 : code,
      StandardOutputContent: input["PluginName"] === name ? output : "Step execution skipped",
    },
  });
}

/** The instance is being terminated again: an earlier activity was cancelled, which retained it. */
function secondActivity(): Answer {
  const earlier = {
    ActivityId: "b",
    Description: `Terminating EC2 instance: ${ids.instance}`,
    StartTime: new Date(Date.now() - 5_100_000),
    EndTime: new Date(Date.now() - 5_000_000),
    StatusCode: "Cancelled",
  };
  const now = activity(60)();
  assert.ok("output" in now && Array.isArray(now.output["Activities"]));
  return { output: { Activities: [...(now.output["Activities"] as unknown[]), earlier] } };
}
