import assert from "node:assert/strict";
import { GetCommandInvocationCommand, ListCommandInvocationsCommand } from "@aws-sdk/client-ssm";
import { changed } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";
import { scriptsOf, statusesOf } from "./progress";

describe("Run Command in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());
  const open = async (setting: Setting = {}) => (bed = await TestBed.open(withoutDrain(setting)));
  const statuses = () => statusesOf(bed);
  const scripts = () => scriptsOf(bed);

  const get = (command: string, InstanceId: string, PluginName?: string) =>
    bed.call(() =>
      bed.ssm.send(
        new GetCommandInvocationCommand({
          CommandId: command,
          InstanceId,
          ...(PluginName === undefined ? {} : { PluginName }),
        }),
      ),
    );

  it("delivers a command, runs its script and reports", async () => {
    await open();
    await bed.scaleIn(1);
    await bed.pass(120);

    assert.deepEqual(statuses(), ["Pending", "InProgress", "Success"]);
    assert.deepEqual(scripts(), ["started", "ended 0"]);
  });

  it("shows a command in lists only after a while", async () => {
    await open({ behaviour: (usual) => changed(usual, { listingLag: () => 5_000 }), scriptSeconds: 60 });
    await bed.scaleIn(1);
    while (bed.of("command").length === 0) await bed.pass(0.1);
    const [command] = bed.of("command");
    assert.ok(command);
    const list = () =>
      bed.call(() => bed.ssm.send(new ListCommandInvocationsCommand({ CommandId: command.command })));
    const get = { CommandId: command.command, InstanceId: command.instance, PluginName: "runLinux" };

    assert.deepEqual((await list()).CommandInvocations, []);
    await assert.rejects(
      bed.call(() => bed.ssm.send(new GetCommandInvocationCommand(get))),
      { name: "InvocationDoesNotExist" },
    );
    await bed.pass(5);
    assert.equal((await list()).CommandInvocations?.[0]?.Status, "InProgress");
    assert.equal(
      (await bed.call(() => bed.ssm.send(new GetCommandInvocationCommand(get)))).Status,
      "InProgress",
    );
  });

  it("puts status events of commands and of invocations on the bus", async () => {
    const rule = {
      name: "all",
      arn: "arn:aws:events:us-east-1:123456789012:rule/all",
      scheduleExpression: undefined,
    };
    await open({
      world: (world) => {
        const [target] = world.functions;
        const pattern = { source: ["aws.ssm"] };
        const permission = {
          function: target?.name ?? "",
          principal: "events.amazonaws.com",
          sourceArn: rule.arn,
        };
        const all = { ...rule, pattern, targets: [{ arn: target?.arn ?? "", deadLetters: undefined }] };
        return { ...world, rules: [...world.rules, all], permissions: [...world.permissions, permission] };
      },
    });
    await bed.scaleIn(1);
    await bed.pass(120);

    const seen = new Set(bed.of("message").map(({ what }) => what));
    assert.ok(seen.has("EC2 Command Invocation Status-change Notification"));
    assert.ok(seen.has("EC2 Command Status-change Notification"));
  });

  it("shows one step of a command at a time: the head of the step's output, or that it was skipped", async () => {
    const writes = `${"a line\n".repeat(4_000)}the last line\n`;
    await open({
      behaviour: (usual) =>
        changed(usual, { script: (facts) => ({ ...usual.script(facts), exitCode: 3, writes }) }),
    });
    await bed.scaleIn(1);
    await bed.pass(60);
    const [{ command, instance } = { command: "", instance: "" }] = bed.of("command");
    const linux = await get(command, instance, "runLinux");
    const windows = await get(command, instance, "runWindows");

    assert.equal(linux.Status, "Failed");
    assert.equal(linux.StandardOutputContent?.length, 24_000);
    assert.match(
      linux.StandardOutputContent ?? "",
      /^graceful-asg: the terminate script starts and may take 120 s\na line/,
    );
    assert.equal(windows.Status, "Success");
    assert.equal(windows.StatusDetails, "Failed");
    assert.match(windows.StandardOutputContent ?? "", /^Step execution skipped due to unsatisfied precond/);
    await assert.rejects(get(command, instance), { name: "InvalidPluginName" });
    await assert.rejects(get(command, instance, "runBeOS"), { name: "InvalidPluginName" });
  });

  it("asks a script to end whose time is over, and kills a script that goes on", async () => {
    for (const [heedsTerm, code] of [
      [true, 143],
      [false, 137],
    ] as const) {
      await open({
        behaviour: (usual) =>
          changed(usual, { script: () => ({ takes: 10_000_000, exitCode: 0, heedsTerm }) }),
      });
      await bed.scaleIn(1);
      await bed.pass(200);
      assert.deepEqual(scripts(), ["started", `ended ${code}`]);
      if (heedsTerm) await bed.close();
    }
  });

  it("ends a command as Failed at once where the behaviour says so, though no agent got the command", async () => {
    await open({
      behaviour: (usual) =>
        changed(usual, { undelivered: ({ earlier }) => (earlier === 0 ? "InvalidPlatform" : undefined) }),
      world: (world) => ({ ...world, rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(60);
    const [{ command, instance } = { command: "", instance: "" }] = bed.of("command");
    const { ResponseCode, Status, StatusDetails } = await get(command, instance, "runLinux");

    assert.deepEqual(
      bed.of("command").map(({ details, status }) => `${status} ${details}`),
      ["Pending Pending", "Failed InvalidPlatform"],
    );
    assert.deepEqual([Status, StatusDetails, ResponseCode], ["Failed", "InvalidPlatform", -1]);
    assert.deepEqual(scripts(), []);
  });
});
