import assert from "node:assert/strict";
import { DescribeScalingActivitiesCommand } from "@aws-sdk/client-auto-scaling";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetCommandInvocationCommand, ListCommandInvocationsCommand } from "@aws-sdk/client-ssm";
import { GracefulAutoScalingGroup } from "../../components";
import { changed, operatorKey } from "../../simulator";
import { groupArgs } from "../support/deployment";
import { TestBed, withoutDrain } from "../support/testBed";

describe("what the simulator tells of the past", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  it("has the activities of all groups, newest first, with ends in whole seconds", async () => {
    bed = await TestBed.open({
      program: () => ["web", "api"].map((name) => new GracefulAutoScalingGroup(name, groupArgs())),
    });
    const groups = [...bed.simulator.autoScaling.groups.values()];
    for (const group of groups) {
      bed.simulator.autoScaling.setDesired(group, 1);
      await bed.pass(10);
    }
    await bed.pass(60);

    const { Activities = [] } = await bed.call(() =>
      bed.autoScaling.send(new DescribeScalingActivitiesCommand({ IncludeDeletedGroups: true })),
    );

    assert.deepEqual(
      Activities.map(({ AutoScalingGroupName }) => AutoScalingGroupName),
      groups.map(({ settings }) => settings.name).reverse(),
    );
    for (const { EndTime } of Activities) assert.equal((EndTime?.getTime() ?? 1) % 1000, 0);
  });

  it("has when an agent ran a step, and nothing of a step that no agent began", async () => {
    bed = await TestBed.open(
      withoutDrain({
        behaviour: (usual) =>
          changed(usual, {
            undelivered: ({ earlier }) => (earlier === 0 ? "Undeliverable" : undefined),
          }),
      }),
    );
    await bed.scaleIn(1);
    await bed.pass(200);
    const [InstanceId = ""] = bed.simulator.autoScaling.instances.known.keys();
    const { CommandInvocations = [] } = await bed.call(() =>
      bed.ssm.send(new ListCommandInvocationsCommand({ InstanceId, Details: true })),
    );
    const [ran, undelivered] = CommandInvocations.map(
      ({ CommandPlugins = [] }) => CommandPlugins.find(({ Name }) => Name === "runLinux") ?? {},
    );

    assert.equal(undelivered?.ResponseStartDateTime, undefined);
    assert.equal(undelivered?.ResponseFinishDateTime, undefined);
    const { at = 0 } = bed.of("script").find(({ phase }) => phase === "ended") ?? {};
    assert.ok(Math.abs((ran?.ResponseFinishDateTime?.getTime() ?? 0) - at) < 1000);
    const CommandId = CommandInvocations[1]?.CommandId;
    const end = await bed.call(() =>
      bed.ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId, PluginName: "runLinux" })),
    );
    assert.equal(end.ExecutionEndDateTime, "");
  });

  it("has the output of a run for the command that joins it, after the guard's own line", async () => {
    bed = await TestBed.open(
      withoutDrain({
        behaviour: (usual) =>
          changed(usual, {
            handling: (facts) => ({ ...usual.handling(facts), isReported: facts.earlier > 0 }),
          }),
      }),
    );
    await bed.scaleIn(1);
    await bed.pass(400);
    const outputs = [...bed.simulator.runCommand.commands.values()].flatMap(({ invocations }) =>
      [...invocations.values()].map(({ output }) => output),
    );

    assert.equal(
      outputs[1],
      "graceful-asg: run 1 of this action is under way or over; this command returns its result\n" +
        "graceful-asg: the terminate script starts and may take 120 s\n" +
        "graceful-asg: the terminate script ended with exit code 0\n",
    );
  });

  it("has the log group of a function, and no function of another name", async () => {
    bed = await TestBed.open();
    const credentials = { accessKeyId: operatorKey, secretAccessKey: "simulator" };
    const client = new LambdaClient({ region: "us-east-1", endpoint: bed.url, credentials });
    const [{ logGroup, name } = { logGroup: "", name: "" }] = bed.world.functions;
    const read = (FunctionName: string) =>
      bed.call(() => client.send(new GetFunctionConfigurationCommand({ FunctionName })));

    assert.equal((await read(name)).LoggingConfig?.LogGroup, logGroup);
    await assert.rejects(read("nobody"), { name: "ResourceNotFoundException" });
  });
});
