import assert from "node:assert/strict";
import { encodeInstructions, exitCodes } from "../../contract";
import { ofType, type Registration } from "../../evaluate/registration";
import type { Answer, Call } from "../../simulator/wire";
import { registeredByProgram } from "../support/deployment";
import { refusalsOf } from "../support/agent";
import { Artifact, type Answers } from "../support/lambda";
import {
  commandEvent,
  commandParameters,
  hookBody,
  ids,
  instructionsFor,
  snsEvent,
  sweepEvent,
  testNotification,
} from "../support/payloads";

const now = (secondsAgo = 0) => new Date(Date.now() - secondsAgo * 1000).toISOString();
const done = (): Answer => ({ output: {} });
const comment = "terminate, 150 s";
/** A command of a handler, as SSM keeps it. */
const listed = (): Answer => ({
  output: { Commands: [{ CommandId: ids.command, InstanceIds: [ids.instance], Comment: comment }] },
});
const noActiveAction = (): Answer => ({
  error: { code: "ValidationError", message: `No active Lifecycle Action found with token ${ids.token}` },
});
const sent = (): Answer => ({ output: { Command: { CommandId: ids.command } } });
const refused = (): Answer => ({
  error: {
    code: "InvalidInstanceId",
    message: `Instances [[${ids.instance}]] not in a valid state for account 123456789012`,
  },
});
const throttled = (): Answer => ({ error: { code: "ThrottlingException", message: "Rate exceeded" } });
const state = (LifecycleState: string) => (): Answer => ({
  output: {
    AutoScalingInstances: [{ InstanceId: ids.instance, LifecycleState, AutoScalingGroupName: ids.group }],
  },
});
const gone = (): Answer => ({ output: { AutoScalingInstances: [] } });
const hooks =
  (changes: Parameters<typeof instructionsFor>[1] = {}) =>
  (): Answer => ({
    output: {
      LifecycleHooks: [
        {
          LifecycleHookName: "graceful-terminate-sns",
          LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
          HeartbeatTimeout: 450,
          NotificationMetadata: encodeInstructions(instructionsFor("terminate", changes)),
        },
      ],
    },
  });
const invocations =
  (...all: { status: string; details?: string; secondsAgo?: number }[]) =>
  (): Answer => ({
    output: {
      CommandInvocations: all.map(({ details, secondsAgo = 30, status }, index) => ({
        CommandId: index === 0 ? ids.command : `${ids.command.slice(0, -1)}${index}`,
        InstanceId: ids.instance,
        Comment: comment,
        Status: status,
        StatusDetails: details ?? status,
        RequestedDateTime: new Date(Date.now() - secondsAgo * 1000),
      })),
    },
  });
/** What became of the step with the script, and what it has written; steps for other platforms were skipped. */
const step =
  (details: string, output = "", name = "runLinux", code: number = exitCodes.scriptFailed) =>
  ({ input }: Call): Answer => ({
    output: {
      Status:
        input["PluginName"] === name ? (details === "ExecutionTimedOut" ? "TimedOut" : "Failed") : "Success",
      StatusDetails: details,
      ResponseCode: details === "ExecutionTimedOut" ? -1 : code,
      StandardOutputContent: input["PluginName"] === name ? output : "Step execution skipped",
    },
  });
const activity =
  (secondsAgo: number, cause = "") =>
  (): Answer => ({
    output: {
      Activities: [
        {
          ActivityId: "a",
          Description: `Terminating EC2 instance: ${ids.instance}`,
          Cause: cause,
          StartTime: new Date(Date.now() - secondsAgo * 1000),
        },
      ],
    },
  });
const launchFailure =
  "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a launch failure.";
const names = (calls: readonly Call[]) => calls.map(({ action }) => action);

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

describe("the function as it would be uploaded", function () {
  this.timeout(30_000);

  let artifact: Artifact;
  let documents: readonly Registration[];
  before(async () => {
    const registrations = await registeredByProgram();
    documents = ofType(registrations, "aws:ssm/document:Document");
    artifact = await Artifact.of(registrations);
  });
  after(() => artifact.remove());

  const invoke = async (events: unknown[], answers: Answers = {}) => {
    artifact.takeCalls();
    const { code, output } = await artifact.invoke(events, answers);
    assert.equal(code, 0, output);
    return { calls: artifact.takeCalls(), output };
  };

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
      DescribeAutoScalingGroups: () => ({
        output: {
          AutoScalingGroups: [
            {
              AutoScalingGroupName: ids.group,
              Instances: [{ InstanceId: ids.instance, LifecycleState: "Terminating:Wait" }],
            },
          ],
        },
      }),
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

  it("lets the agent bring the output to CloudWatch Logs where the hook says to which group", async () => {
    const metadata = encodeInstructions(
      instructionsFor("terminate", { scriptLogGroup: "lifecycle-scripts" }),
    );
    const { calls } = await invoke([snsEvent(hookBody({ time: now(), metadata }))], { SendCommand: sent });

    assert.deepEqual(calls[0]?.input["CloudWatchOutputConfig"], {
      CloudWatchLogGroupName: "lifecycle-scripts",
      CloudWatchOutputEnabled: true,
    });
  });

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

  it("takes a command of nobody for one that says nothing", async () => {
    const { calls, output } = await invoke([commandEvent({ parameters: {} })], {
      ListCommands: () => ({ error: { code: "InvalidCommandId", message: "" } }),
    });

    assert.deepEqual(names(calls), ["ListCommands"]);
    assert.match(output, /does not say which hook it was sent for/);
  });

  const failed = (policy = "abandon") =>
    commandEvent({ status: "Failed", parameters: { ...commandParameters(), onFailure: policy } });

  it("applies the failure policy to a script that failed and logs the end of its output, in three calls", async () => {
    const written = `${"x".repeat(3000)}\nthe application does not stop\n`;
    const { calls, output } = await invoke([failed()], {
      GetCommandInvocation: step("Failed", written),
      CompleteLifecycleAction: done,
    });

    assert.deepEqual(names(calls), ["GetCommandInvocation", "CompleteLifecycleAction"]);
    assert.deepEqual(calls[0]?.input, {
      CommandId: ids.command,
      InstanceId: ids.instance,
      PluginName: "runLinux",
    });
    assert.equal(calls[1]?.input["LifecycleActionResult"], "ABANDON");
    const last = "the application does not stop";
    const [, before = ""] = new RegExp(`output: '(x*)\\\\n' \\+\\s+'${last}'`).exec(output) ?? [];
    assert.equal(before.length + 1 + last.length, 2000);
  });

  it("finds the output of a script for Windows in its own step", async () => {
    const { calls, output } = await invoke([failed()], {
      GetCommandInvocation: step("Failed", "the service does not stop", "runWindows"),
      CompleteLifecycleAction: done,
    });

    assert.deepEqual(
      calls.map(({ action, input }) => input["PluginName"] ?? action),
      ["runLinux", "runWindows", "CompleteLifecycleAction"],
    );
    assert.match(output, /output: 'the service does not stop'/);
  });

  for (const [what, answer] of [
    ["ended the step at its time-out", step("ExecutionTimedOut")],
    ["could not start its worker", step("Failed", "", "runLinux", 1)],
    ["has no right to tell", () => ({ error: { code: "AccessDeniedException", message: "not authorized" } })],
  ] as const) {
    it(`takes no verdict where the agent ${what}, and asks again later`, async () => {
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
      CompleteLifecycleAction: done,
    });

    assert.deepEqual(names(calls), [
      "GetCommandInvocation",
      "GetCommandInvocation",
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

  it("looks closer at a command that timed out: its guard may have told of the script before", async () => {
    const parameters = { ...commandParameters(), onFailure: "abandon" };
    const { calls, output } = await invoke([commandEvent({ status: "TimedOut", parameters })], {
      GetCommandInvocation: step("Failed", "still busy"),
      CompleteLifecycleAction: done,
    });

    assert.equal(calls.at(-1)?.input["LifecycleActionResult"], "ABANDON");
    assert.match(output, /output: 'still busy'/);
  });

  it("looks closer at a command that timed out: one that was never delivered is sent again", async () => {
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

  it("takes an action that is over for what it is", async () => {
    for (const answer of [gone, state("Terminating:Proceed"), state("Terminating:Retained")]) {
      const { calls } = await invoke([commandEvent()], {
        CompleteLifecycleAction: noActiveAction,
        DescribeAutoScalingInstances: answer,
      });

      assert.deepEqual(names(calls), ["CompleteLifecycleAction", "DescribeAutoScalingInstances"]);
    }
  });

  it("leaves an instance whose agent does not answer to the sweep, unless it never served", async () => {
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

  it("waits on launch for the agent to come up", async () => {
    const { calls } = await invoke([snsEvent(hookBody({ transition: "launch", time: now() }))], {
      SendCommand: (_, count) => (count === 1 ? refused() : sent()),
    });

    assert.deepEqual(names(calls), ["SendCommand", "SendCommand"]);
  });

  it("leaves what AWS refuses to the sweep, without an error", async () => {
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

  it("makes one call a sweep when nothing waits", async () => {
    const { calls } = await invoke([sweepEvent()], {
      DescribeAutoScalingGroups: () => ({
        output: {
          AutoScalingGroups: [
            {
              AutoScalingGroupName: ids.group,
              Instances: [{ InstanceId: ids.instance, LifecycleState: "InService" }],
            },
          ],
        },
      }),
    });

    assert.deepEqual(names(calls), ["DescribeAutoScalingGroups"]);
    assert.deepEqual(calls[0]?.input["Filters"], [{ Name: "tag-value", Values: [ids.handler] }]);
  });

  it("lets an error of its own be one, so that Lambda tries again and the alarm rings", async () => {
    const { code, output } = await artifact.invoke([sweepEvent()], {}, { AWS_LAMBDA_FUNCTION_NAME: "" });

    assert.notEqual(code, 0);
    assert.match(output, /AWS_LAMBDA_FUNCTION_NAME is not set/);
  });

  it("ends a call that AWS does not answer, long before the invocation ends, and leaves it to the sweep", async () => {
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

  it("serves an instance whose root volume is replaced as one that ends", async () => {
    const { calls } = await invoke([sweepEvent()], {
      DescribeAutoScalingGroups: () => ({
        output: {
          AutoScalingGroups: [
            {
              AutoScalingGroupName: ids.group,
              Instances: [{ InstanceId: ids.instance, LifecycleState: "ReplacingRootVolume:Wait" }],
            },
          ],
        },
      }),
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
