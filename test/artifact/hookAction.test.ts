import assert from "node:assert/strict";
import { encodeInstructions } from "../../contract";
import type { Answer } from "../../simulator/wire";
import { refusalsOf } from "../support/agent";
import {
  commandEvent,
  hookBody,
  ids,
  instructionsFor,
  snsEvent,
  sweepEvent,
  testNotification,
} from "../support/payloads";
import { activity, comment, done, gone, groups, hooks, invocations, sent, state } from "./answers";
import { names, now, uploaded } from "./uploaded";

describe("the function as it would be uploaded, told of a lifecycle action", function () {
  this.timeout(30_000);
  const { documents, invoke } = uploaded();

  it("takes two invocations and two calls for a drain", async () => {
    const first = await invoke([snsEvent(hookBody({ time: now() }))], { SendCommand: sent });
    const [command] = first.calls;
    const parameters = command?.input["Parameters"] as Record<string, [string]>;
    const asEvent = Object.fromEntries(Object.entries(parameters).map(([name, [value]]) => [name, value]));
    const second = await invoke([commandEvent({ parameters: asEvent })], { CompleteLifecycleAction: done });

    assert.deepEqual(names([...first.calls, ...second.calls]), ["SendCommand", "CompleteLifecycleAction"]);
    const { Parameters: _, ...sentInput } = command?.input ?? {};
    assert.deepEqual(sentInput, {
      DocumentName: instructionsFor("terminate").document,
      InstanceIds: [ids.instance],
      TimeoutSeconds: 30,
      Comment: comment,
    });
    assert.ok(!JSON.stringify(command?.input).includes(ids.token), "whoever lists commands sees the token");
    assert.deepEqual(second.calls[0]?.input, {
      AutoScalingGroupName: ids.group,
      LifecycleHookName: "graceful-terminate-sns",
      LifecycleActionToken: ids.token,
      InstanceId: ids.instance,
      LifecycleActionResult: "CONTINUE",
    });
  });

  it("sends documents and parameters that the agent takes, on launch, on termination and on a sweep", async () => {
    const onSweep = await invoke([sweepEvent()], {
      DescribeAutoScalingGroups: groups("Terminating:Wait"),
      DescribeLifecycleHooks: hooks(),
      ListCommandInvocations: invocations(),
      DescribeScalingActivities: activity(60),
      RecordLifecycleActionHeartbeat: done,
      SendCommand: sent,
    });
    for (const transition of ["launch", "terminate"] as const) {
      const document = documents.find(({ name }) => name.endsWith(`-${transition}`));
      const onEvent = await invoke([snsEvent(hookBody({ transition, time: now() }))], { SendCommand: sent });
      const calls = transition === "launch" ? onEvent.calls : [...onEvent.calls, ...onSweep.calls];
      const commands = calls.filter(({ action }) => action === "SendCommand");

      assert.equal(commands.length, transition === "launch" ? 1 : 2);
      for (const { input } of commands) {
        const given = input["Parameters"] as Readonly<Record<string, readonly [string]>>;
        const values = Object.entries(given).map(([name, [value]]) => [name, value] as const);
        assert.deepEqual(
          refusalsOf(String(document?.inputs["content"]), Object.fromEntries(values)),
          [],
          transition,
        );
      }
    }
  });

  it("has the agent bring the output to CloudWatch Logs where the hook names a log group", async () => {
    const metadata = encodeInstructions(
      instructionsFor("terminate", { scriptLogGroup: "lifecycle-scripts" }),
    );
    const { calls } = await invoke([snsEvent(hookBody({ time: now(), metadata }))], { SendCommand: sent });

    assert.deepEqual(calls[0]?.input["CloudWatchOutputConfig"], {
      CloudWatchLogGroupName: "lifecycle-scripts",
      CloudWatchOutputEnabled: true,
    });
  });

  it("waits on launch for the agent to come up", async () => {
    const { calls } = await invoke([snsEvent(hookBody({ transition: "launch", time: now() }))], {
      SendCommand: (_, count) => (count === 1 ? refused() : sent()),
    });

    assert.deepEqual(names(calls), ["SendCommand", "SendCommand"]);
  });

  it("reads the state before it acts on an old event", async () => {
    const event = snsEvent(hookBody({ time: now(61) }));
    const over = await invoke([event], { DescribeAutoScalingInstances: gone });
    const waiting = await invoke([event], {
      DescribeAutoScalingInstances: state("Terminating:Wait"),
      DescribeLifecycleHooks: hooks(),
      ListCommandInvocations: invocations({ status: "InProgress" }),
      DescribeScalingActivities: activity(70),
    });

    assert.deepEqual(names(over.calls), ["DescribeAutoScalingInstances"]);
    assert.ok(!names(waiting.calls).includes("SendCommand"), "the script was started a second time");
  });

  it("leaves an instance whose agent does not answer to the sweep, unless the instance never served", async () => {
    const event = snsEvent(hookBody({ time: now() }));
    const restarting = await invoke([event], {
      SendCommand: refused,
      DescribeScalingActivities: activity(30),
    });
    const neverServed = await invoke([event], {
      SendCommand: refused,
      DescribeScalingActivities: activity(30, launchFailure),
      CompleteLifecycleAction: done,
    });

    assert.deepEqual(names(restarting.calls), ["SendCommand", "DescribeScalingActivities"]);
    assert.deepEqual(names(neverServed.calls), [
      "SendCommand",
      "DescribeScalingActivities",
      "CompleteLifecycleAction",
    ]);
    assert.equal(neverServed.calls.at(-1)?.input["LifecycleActionResult"], "CONTINUE");
  });

  it("leaves a command that AWS throttles to the sweep, without an error", async () => {
    const { calls, output } = await invoke([snsEvent(hookBody({ time: now() }))], { SendCommand: throttled });

    assert.deepEqual(names(calls), ["SendCommand"]);
    assert.match(output, /the next sweep tries again/);
  });

  it("makes no call for test notifications, foreign messages and other handlers' hooks", async () => {
    const foreign = encodeInstructions({ ...instructionsFor("terminate"), handler: "another-handler" });
    const { calls } = await invoke([
      snsEvent(testNotification, "not JSON", {}),
      snsEvent(hookBody({ time: now(), metadata: undefined })),
      snsEvent(hookBody({ time: now(), metadata: foreign })),
      commandEvent({ document: "AWS-RunShellScript" }),
      { "detail-type": "something else", detail: {} },
      null,
    ]);

    assert.deepEqual(calls, []);
  });
});

const launchFailure =
  "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a launch failure.";

function refused(): Answer {
  return {
    error: {
      code: "InvalidInstanceId",
      message: `Instances [[${ids.instance}]] not in a valid state for account 123456789012`,
    },
  };
}

function throttled(): Answer {
  return { error: { code: "ThrottlingException", message: "Rate exceeded" } };
}
