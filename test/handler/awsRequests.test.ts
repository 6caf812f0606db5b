import assert from "node:assert/strict";
import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { createAutoScaling } from "../../handler/aws/autoScaling";
import type { CallKind, MakeCall } from "../../handler/aws/calls";
import { createRunCommand } from "../../handler/aws/runCommand";
import type { DocumentParameters } from "../../contract";
import { commandParameters } from "../support/payloads";

interface Request {
  readonly kind: CallKind;
  readonly name: string;
  readonly input: unknown;
}

/** A client that answers by turns, the last answer again and again, and what it was asked. */
function world(...answers: readonly (object | Error)[]) {
  const requests: Request[] = [];
  let kind: CallKind | undefined;
  const make: MakeCall = (given, send) => {
    kind = given;
    return send();
  };
  const send = (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
    assert.ok(kind);
    requests.push({ kind, name: command.constructor.name, input: command.input });
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? {};
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const client = { send } as unknown;
  return {
    requests,
    autoScaling: createAutoScaling(client as AutoScalingClient, make),
    runCommand: createRunCommand(client as SSMClient, make),
  };
}

const error = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
const at = (seconds: number) => new Date(seconds * 1000);

describe("what Auto Scaling is asked, and what it says", () => {
  it("are the groups with the handler's tag, with all that a sweep has to know of them", async () => {
    const tags = [
      { Key: "graceful-asg:hooks", Value: "launch=1 terminate=2" },
      { Key: "graceful-asg:hooks:abc", Value: "terminate=3" },
      { Key: "graceful-asg:hooksOfOthers", Value: "terminate=4" },
      { Key: "graceful-asg:hooks:empty", Value: "" },
      { Key: "graceful-asg:hooks:none" },
      { Key: "Name", Value: "web" },
      {},
    ];
    const instance = { InstanceId: "i-1", LifecycleState: "InService", HealthStatus: "Healthy" };
    const { autoScaling, requests } = world(
      {
        AutoScalingGroups: [{ AutoScalingGroupName: "g0", Tags: tags, Instances: [instance] }],
        NextToken: "1",
      },
      {
        AutoScalingGroups: [{ AutoScalingGroupName: "g1" }, { Instances: [{ HealthStatus: "UNHEALTHY" }] }],
        NextToken: "2",
      },
      {},
    );

    assert.deepEqual(await autoScaling.groups("h"), [
      {
        name: "g0",
        instances: [{ id: "i-1", lifecycleState: "InService", isHealthy: true }],
        repeats: false,
        revisions: ["launch=1", "terminate=2", "terminate=3"],
      },
      { name: "g1", instances: [], repeats: false, revisions: [] },
      {
        name: "",
        instances: [{ id: "", lifecycleState: "", isHealthy: false }],
        repeats: false,
        revisions: [],
      },
    ]);
    const Filters = [{ Name: "tag-value", Values: ["h"] }];
    assert.deepEqual(
      requests,
      [undefined, "1", "2"].map((NextToken) => ({
        kind: "read",
        name: "DescribeAutoScalingGroupsCommand",
        input: { Filters, MaxRecords: 100, NextToken },
      })),
    );
  });

  it("says of which groups instances may pass a hook twice", async () => {
    const overrides = (...images: (string | undefined)[]) => ({
      MixedInstancesPolicy: { LaunchTemplate: { Overrides: images.map((ImageId) => ({ ImageId })) } },
    });
    for (const [group, repeats] of [
      [{}, false],
      [{ WarmPoolConfiguration: {} }, true],
      [{ InstanceLifecyclePolicy: {} }, false],
      [{ InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: "terminate" } } }, false],
      [{ InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: "retain" } } }, true],
      [{ MixedInstancesPolicy: {} }, false],
      [overrides(), false],
      [overrides(undefined), false],
      [overrides(undefined, "ami-1"), true],
    ] as const) {
      const [found] = await world({ AutoScalingGroups: [group] }).autoScaling.groups("h");
      assert.equal(found?.repeats, repeats, JSON.stringify(group));
    }
  });

  it("are instances, fifty at a time; one that is in no group is not among them", async () => {
    const whole = { InstanceId: "i-1", AutoScalingGroupName: "g", LifecycleState: "InService" };
    const { autoScaling, requests } = world(
      { AutoScalingInstances: [{ ...whole, HealthStatus: "UNHEALTHY" }] },
      { AutoScalingInstances: [{}, { ...whole, InstanceId: undefined }, { ...whole, InstanceId: "i-2" }] },
      { AutoScalingInstances: [{ ...whole, InstanceId: "i-3", LifecycleState: undefined }] },
      { AutoScalingInstances: [{ ...whole, InstanceId: "i-4", AutoScalingGroupName: undefined }] },
      {},
    );
    const ids = Array.from({ length: 250 }, (_, index) => `i-${index}`);
    const found = await autoScaling.describe(ids);

    assert.deepEqual(
      [...found],
      [
        ["i-1", { group: "g", lifecycleState: "InService", isHealthy: false }],
        ["i-2", { group: "g", lifecycleState: "InService", isHealthy: true }],
      ],
    );
    assert.deepEqual(
      requests,
      [0, 50, 100, 150, 200].map((from) => ({
        kind: "read",
        name: "DescribeAutoScalingInstancesCommand",
        input: { InstanceIds: ids.slice(from, from + 50) },
      })),
    );
    assert.equal((await autoScaling.describe([])).size, 0);
  });

  it("are the hooks of a group", async () => {
    const hook = {
      LifecycleHookName: "h",
      LifecycleTransition: "t",
      HeartbeatTimeout: 300,
      NotificationMetadata: "m",
    };
    const { autoScaling, requests } = world({ LifecycleHooks: [hook, {}] }, {});

    assert.deepEqual(await autoScaling.hooks("web"), [
      { name: "h", lifecycleTransition: "t", heartbeatTimeout: 300, metadata: "m" },
      { name: "", lifecycleTransition: "", heartbeatTimeout: 0, metadata: undefined },
    ]);
    const input = { AutoScalingGroupName: "web" };
    assert.deepEqual(requests, [{ kind: "read", name: "DescribeLifecycleHooksCommand", input }]);
    assert.deepEqual(await autoScaling.hooks("web"), []);
  });

  it("are activities: those under way, of the transition, of the instances", async () => {
    const [one, other] = ["i-0000000000000001", "i-0000000000000002"];
    const terminating = (id: string, more: object = {}) => ({
      Description: `Terminating EC2 instance: ${id}`,
      Cause: "scale in",
      StartTime: at(7),
      ...more,
    });
    const answers = [
      {
        Activities: [
          {},
          terminating("i-0000000000000003"),
          terminating(one),
          { ...terminating(other), Description: `Launching a new EC2 instance: ${other}` },
          terminating(other, { EndTime: at(9), StatusCode: "Successful" }),
        ],
        NextToken: "1",
      },
      { NextToken: "2" },
      {
        Activities: [
          terminating(one, { EndTime: at(9), StatusCode: "Cancelled" }),
          { ...terminating(other), StartTime: undefined, Cause: undefined },
          {
            Description: `Replacing the root volume of ${other}`,
            EndTime: at(9),
            StatusCode: "Cancelled",
          },
        ],
      },
    ];
    const { autoScaling, requests } = world(...answers);

    assert.deepEqual(
      [...(await autoScaling.activities("web", "terminate", [one, other], true))],
      [
        [one, { startedAt: 7_000, cause: "scale in", retainedBefore: true }],
        [other, { startedAt: 0, cause: "", retainedBefore: false }],
      ],
    );
    assert.deepEqual(
      requests,
      [undefined, "1", "2"].map((NextToken) => ({
        kind: "read",
        name: "DescribeScalingActivitiesCommand",
        input: { AutoScalingGroupName: "web", MaxRecords: 100, NextToken },
      })),
    );
    const launches = await world(...answers).autoScaling.activities("web", "launch", [one, other], false);
    assert.deepEqual([...launches.keys()], [other]);
    const endless = world({ NextToken: "more" });
    await endless.autoScaling.activities("web", "launch", [one], true);
    assert.equal(endless.requests.length, 50);
  });

  it("are the end and the extension of an action, with its token where that is known", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: "t" };
    const named = { AutoScalingGroupName: "g", LifecycleHookName: "h", InstanceId: "i-1" };
    const { autoScaling, requests } = world({});

    assert.equal(await autoScaling.complete(action, "ABANDON"), true);
    assert.equal(await autoScaling.heartbeat({ ...action, token: undefined }), true);
    assert.deepEqual(requests, [
      {
        kind: "complete",
        name: "CompleteLifecycleActionCommand",
        input: { ...named, LifecycleActionToken: "t", LifecycleActionResult: "ABANDON" },
      },
      { kind: "heartbeat", name: "RecordLifecycleActionHeartbeatCommand", input: named },
    ]);
  });

  it("says that there is no action, or that something is wrong", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: undefined };
    const none = world(error("ValidationError", 400)).autoScaling;
    assert.equal(await none.complete(action, "CONTINUE"), false);
    assert.equal(await none.heartbeat(action), false);
    const denied = world(error("AccessDenied", 403)).autoScaling;
    await assert.rejects(denied.complete(action, "CONTINUE"), { name: "AccessDenied" });
  });

  it("says by no action that a try which it did not answer was what ended it", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: undefined };
    for (const [first, expected] of [
      [error("TimeoutError"), true],
      [error("InternalFailure", 500), false],
    ] as const) {
      const answers = [first, error("ValidationError", 400)];
      const client = {
        send: () => Promise.reject(answers.shift() ?? new Error("not to be called")),
      } as unknown;
      const twice: MakeCall = (_, send) => send().catch(send);
      const autoScaling = createAutoScaling(client as AutoScalingClient, twice);

      assert.equal(await autoScaling.complete(action, "CONTINUE"), expected);
    }
  });
});

describe("what Run Command is asked, and what it says", () => {
  const job = {
    document: "d",
    instances: ["i-1"],
    parameters: commandParameters() as unknown as DocumentParameters,
    delivery: 30,
    budget: 150,
    early: false,
    logGroup: undefined,
  };

  it("is to run a document", async () => {
    const { requests, runCommand } = world(
      { Command: { CommandId: "c", RequestedDateTime: new Date(7_000) } },
      {},
    );
    assert.deepEqual(await runCommand.send(job), { kind: "sent", commandId: "c", requestedAt: 7_000 });
    assert.deepEqual(await runCommand.send({ ...job, instances: ["i-1", "i-2"], logGroup: "logs" }), {
      kind: "sent",
      commandId: "",
      requestedAt: 0,
    });
    const parameters = Object.entries(commandParameters()).map(([name, value]) => [name, [value]]);
    const input = {
      DocumentName: "d",
      InstanceIds: ["i-1"],
      Parameters: Object.fromEntries(parameters) as object,
      TimeoutSeconds: 30,
      Comment: "terminate, 150 s",
    };

    assert.deepEqual(requests, [
      { kind: "send", name: "SendCommandCommand", input },
      {
        kind: "send",
        name: "SendCommandCommand",
        input: {
          ...input,
          InstanceIds: ["i-1", "i-2"],
          MaxErrors: "100%",
          CloudWatchOutputConfig: { CloudWatchLogGroupName: "logs", CloudWatchOutputEnabled: true },
        },
      },
    ]);
  });

  it("is to take a command back", async () => {
    const { requests, runCommand } = world({});
    await runCommand.cancel("c", "i-1");

    const input = { CommandId: "c", InstanceIds: ["i-1"] };
    assert.deepEqual(requests, [{ kind: "cancel", name: "CancelCommandCommand", input }]);
  });

  it("are commands, oldest first, whatever order their pages have", async () => {
    const one = { Comment: "terminate, 150 s", Status: "Success" };
    const { requests, runCommand } = world(
      {
        CommandInvocations: [
          { ...one, CommandId: "c2", InstanceId: "i-1", RequestedDateTime: at(9) },
          { ...one, CommandId: "c1", InstanceId: "i-1", RequestedDateTime: at(8) },
        ],
        NextToken: "1",
      },
      { CommandInvocations: [one], NextToken: "2" },
      {},
    );
    const found = await runCommand.invocations({ document: "d", instance: "i-1" });
    const said = { status: "succeeded", budget: 150, early: false };

    assert.deepEqual(found, [
      { id: "", instance: "", requestedAt: 0, ...said },
      { id: "c1", instance: "i-1", requestedAt: 8_000, ...said },
      { id: "c2", instance: "i-1", requestedAt: 9_000, ...said },
    ]);
    const input = { Filters: [{ key: "DocumentName", value: "d" }], MaxResults: 50, InstanceId: "i-1" };
    assert.deepEqual(
      requests,
      [{}, { NextToken: "1" }, { NextToken: "2" }].map((more) => ({
        kind: "read",
        name: "ListCommandInvocationsCommand",
        input: { ...input, ...more },
      })),
    );
  });

  it("are commands of any instance, where none is named", async () => {
    const { requests, runCommand } = world({});
    await runCommand.invocations({ document: "d" });

    const input = { Filters: [{ key: "DocumentName", value: "d" }], MaxResults: 50 };
    assert.deepEqual(requests, [{ kind: "read", name: "ListCommandInvocationsCommand", input }]);
  });

  it("is how a command ended, step by step, unless SSM does not show it", async () => {
    const { requests, runCommand } = world({ Status: "Success" }, { Status: "InProgress" });
    assert.deepEqual(await runCommand.end("c", "i-1"), { status: "running", endedAt: undefined, output: "" });
    assert.deepEqual(
      requests,
      ["runLinux", "runWindows"].map((PluginName) => ({
        kind: "read",
        name: "GetCommandInvocationCommand",
        input: { CommandId: "c", InstanceId: "i-1", PluginName },
      })),
    );

    assert.equal(await world(error("InvocationDoesNotExist", 400)).runCommand.end("c", "i-1"), undefined);
    // Who may not ask hears no word of the script.
    assert.equal((await world(error("AccessDenied", 400)).runCommand.end("c", "i-1"))?.status, "troubled");
    await assert.rejects(world(error("InternalServerError", 400)).runCommand.end("c", "i-1"), {
      name: "InternalServerError",
    });
    assert.deepEqual(await world({ Status: "Success" }).runCommand.end("c", "i-1"), {
      status: "troubled",
      endedAt: undefined,
      output: "",
    });
    const long = { Status: "Failed", StandardOutputContent: `${"x".repeat(2_500)}\n` };
    assert.equal((await world(long).runCommand.end("c", "i-1"))?.output.length, 2_000);
  });

  it("is a command by its id", async () => {
    const command = { Parameters: { group: ["web"] }, InstanceIds: ["i-1"], Comment: "launch, 60 s" };
    const { requests, runCommand } = world({ Commands: [command] }, { Commands: [{}] }, { Commands: [] }, {});

    assert.deepEqual(await runCommand.command("c"), {
      parameters: { group: "web" },
      instances: ["i-1"],
      isOurs: true,
    });
    assert.deepEqual(await runCommand.command("c"), { parameters: undefined, instances: [], isOurs: false });
    assert.equal(await runCommand.command("c"), undefined);
    assert.equal(await runCommand.command("c"), undefined);
    assert.deepEqual(requests[0], { kind: "read", name: "ListCommandsCommand", input: { CommandId: "c" } });
    assert.equal(await world(error("InvalidCommandId", 400)).runCommand.command("c"), undefined);
  });

  it("are machines; who may not ask takes every one for there", async () => {
    const { requests, runCommand } = world({ InstanceInformationList: [{}, { InstanceId: "i-1" }] });
    assert.deepEqual(
      [...(await runCommand.machines(["i-1", "i-2"]))],
      [
        ["i-1", "silent"],
        ["i-2", "gone"],
      ],
    );
    const input = { Filters: [{ Key: "InstanceIds", Values: ["i-1", "i-2"] }], MaxResults: 50 };
    assert.deepEqual(requests, [{ kind: "read", name: "DescribeInstanceInformationCommand", input }]);
    const ids = Array.from({ length: 50 }, (_, index) => `i-${index}`);
    const fifty = world({});
    await fifty.runCommand.machines(ids);
    assert.equal(fifty.requests.length, 1);

    for (const name of ["AccessDenied", "AccessDeniedException"]) {
      const denied = world(error(name, 400)).runCommand;
      assert.deepEqual([...(await denied.machines(["i-1"]))], [["i-1", "there"]]);
    }
    await assert.rejects(world(error("InternalFailure", 500)).runCommand.machines(["i-1"]));
  });
});
