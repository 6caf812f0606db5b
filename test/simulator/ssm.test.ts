import assert from "node:assert/strict";
import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm";
import {
  changed,
  withInstance,
  withIncidents,
  type Incident,
  type ScriptLogs,
  type World,
} from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";

const quick = { targetGroup: { port: 80, deregistrationDelay: 0 } };

describe("SSM in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (setting: Setting = {}) => {
    bed = await TestBed.open({ ...setting, args: { ...quick, ...setting.args } });
    return bed;
  };
  const statuses = () => bed.of("command").map(({ status }) => status);
  const scripts = () =>
    bed.of("script").map(({ code, phase }) => (code === undefined ? phase : `${phase} ${code}`));
  const withIncident = (incident: Incident): Setting => ({
    behaviour: (usual) => withIncidents(usual, incident),
  });

  it("delivers a command, runs its script and reports", async () => {
    await open();
    await bed.scaleIn(1);
    await bed.pass(120);

    assert.deepEqual(statuses(), ["Pending", "InProgress", "Success"]);
    assert.deepEqual(scripts(), ["started", "ended 0"]);
  });

  it("lets no agent run a document with a pattern that Go does not compile, or a value that it does not match", async () => {
    const refused = [
      "^[a-z0-9-]{0,1400}$",
      "^([a-z0-9-]{0,100}){0,11}$",
      "^(?=web)[a-z0-9-]*$",
      "^(w)\\1*",
      "^[a-z0-9-]++$",
    ];
    const taken = ["^[a-z0-9-]{0,1000}$", "^([a-z0-9-]{0,100}){0,10}$", "[a-z]", ""];
    for (const [patterns, expected] of [
      [refused, ["Pending", "Failed"]],
      [taken, ["Pending", "InProgress", "Success"]],
    ] as const) {
      for (const pattern of patterns) {
        await open({ world: (world) => withPattern(world, "group", pattern) });
        await bed.scaleIn(1);
        await bed.pass(120);

        assert.deepEqual(statuses().slice(0, expected.length), expected, pattern);
        assert.equal(scripts().length === 0, patterns === refused, pattern);
        assert.equal(/group/.test(bed.of("command").at(-1)?.why ?? ""), patterns === refused, pattern);
        await bed.close();
      }
    }
    // SSM itself looks first.
    await open({ world: (world) => withPattern(world, "hook", "^graceful-[a-z]+$") });
    await bed.scaleIn(1);
    await bed.pass(120);
    assert.ok(bed.calls().includes("SendCommand: InvalidParameters"), bed.calls().join());
  });

  it("lets the agent look at what stands for a value that is not given, which SSM does not", async () => {
    await open({
      world: (world) => ({ ...withPattern(world, "since", "^\\d+$"), subscriptions: [], rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(60);
    const [InstanceId = ""] = bed.group.instances.keys();
    const [DocumentName = ""] = bed.world.documents.keys();
    const send = (Parameters: Record<string, string[]>) =>
      bed.call(() =>
        bed.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId], Parameters })),
      );
    await send({});
    await bed.pass(10);
    assert.deepEqual(statuses(), ["Pending", "Failed"]);

    await send({ since: ["1767268800"] });
    await bed.pass(10);
    assert.equal(statuses().at(-1), "InProgress");
    await assert.rejects(send({ since: ["yesterday"] }), { name: "InvalidParameters" });
    await assert.rejects(send({ stranger: ["x"] }), { name: "InvalidParameters" });
  });

  it("puts both kinds of status events on the bus", async () => {
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

  it("keeps a command for an agent that is away, but not beyond its delivery time-out", async () => {
    await open(withIncident({ kind: "agentAway", from: 0, to: 20_000 }));
    await bed.scaleIn(1);
    await bed.pass(30);
    assert.equal(statuses().at(-1), "InProgress");
    await bed.close();

    await open({
      ...withIncident({ kind: "agentAway", from: 0, to: 32_000 }),
      world: (world) => ({ ...world, rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(150);
    assert.deepEqual(statuses(), ["Pending"]);
    assert.deepEqual(scripts(), []);
    await bed.pass(200);
    assert.deepEqual(statuses(), ["Pending", "TimedOut"]);
  });

  it("lets a script live on while its agent restarts, and reports once it is back", async () => {
    await open({ ...withIncident({ kind: "agentAway", from: 4_000, to: 60_000 }), scriptSeconds: 10 });
    await bed.scaleIn(1);
    await bed.pass(120);

    const ended = bed.of("script").find(({ phase }) => phase === "ended");
    const reported = bed.of("command").find(({ status }) => status === "Success");
    assert.ok(ended && reported && reported.at - ended.at > 30_000);
  });

  it("cuts a script off with a reboot, and reports that as a failure", async () => {
    await open({
      ...withIncident({ kind: "reboot", from: 5_000, to: 30_000 }),
      world: (world) => ({ ...world, rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(200);

    assert.deepEqual(scripts(), ["started", "killed"]);
    assert.deepEqual(statuses(), ["Pending", "InProgress", "Failed"]);
  });

  it("asks a script to end whose time is over, and kills one that does not listen", async () => {
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

  it("takes commands for an agent that has just gone away, but forgets it after minutes", async () => {
    await open({
      ...withIncident({ kind: "agentAway", from: 0, to: 900_000 }),
      world: (world) => ({ ...world, subscriptions: [], rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(100);
    const [InstanceId = ""] = bed.group.instances.keys();
    const [DocumentName = ""] = bed.world.documents.keys();
    const send = () =>
      bed.call(() => bed.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId] })));

    assert.equal((await send()).Command?.Status, "Pending");
    await bed.pass(300);
    await assert.rejects(send(), {
      name: "InvalidInstanceId",
      message: `Instances [[${InstanceId}]] not in a valid state for account 123456789012`,
    });
  });

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

  it("tells of one step of a command at a time: the head of what it wrote, or that it was skipped", async () => {
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

  it("gives up a command at once on request, which is Failed then though no agent got it", async () => {
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

  describe("with CloudWatch Logs", () => {
    /** Seconds from the command to its script, and from the end of the script to the report. */
    const times = async (scriptLogs: boolean, logs: ScriptLogs) => {
      await open({
        args: { scriptLogs },
        behaviour: (usual) => changed(usual, { scriptLogs: () => logs }),
        scriptSeconds: 5,
        // Nobody takes the command back, however late it is.
        world: (world) => ({ ...world, rules: [] }),
      });
      await bed.scaleIn(1);
      await bed.pass(440);
      const at = (found: { readonly at: number } | undefined) => (found?.at ?? NaN) / 1000;
      const sent = at(bed.of("command").find(({ status }) => status === "Pending"));
      const started = at(bed.of("script").find(({ phase }) => phase === "started"));
      const ended = at(bed.of("script").find(({ phase }) => phase === "ended"));
      const reported = at(bed.of("command").find(({ status }) => status === "Success"));
      await bed.close();
      return { start: started - sent, end: reported - ended };
    };

    for (const logs of ["taken", "unreachable", "refused"] as const) {
      it(`is quick without the output of scripts there, though it is ${logs}`, async () => {
        const { end, start } = await times(false, logs);

        assert.ok(start < 2 && end < 0.5, `${start} s to start, ${end} s to report`);
      });
    }

    for (const [logs, later] of [
      ["taken", { start: 0, end: 3 }],
      ["refused", { start: 0, end: 60 }],
    ] as const) {
      it(`reports the end of a script ${later.end} s late where its output is ${logs}`, async () => {
        const { end, start } = await times(true, logs);

        assert.ok(start < 2, `${start} s to start`);
        assert.ok(end > later.end && end < later.end + 0.5, `${end} s to report`);
      });
    }

    it("starts a script six minutes late where the endpoint does not answer", async () => {
      await open({
        args: { scriptLogs: true, terminate: { script: "stop", timeout: 600 } },
        behaviour: (usual) => changed(usual, { scriptLogs: () => "unreachable" }),
      });
      await bed.scaleIn(1);
      await bed.pass(420);
      const [sent] = bed.of("command");
      const [started] = bed.of("script");

      assert.ok(sent && started);
      const seconds = (started.at - sent.at) / 1000;
      assert.ok(seconds > 363 && seconds < 365, `${seconds} s`);
    });
  });

  it("never takes a command for an instance whose agent has not registered", async () => {
    await open({
      behaviour: (usual) => withInstance(usual, (instance) => ({ ...instance, agentStart: Infinity })),
    });
    await bed.scaleIn(1);
    await bed.pass(20);

    assert.ok(bed.calls().includes("SendCommand: InvalidInstanceId"));
  });

  it("never registers an agent whose role does not allow it", async () => {
    await open({
      world: (world) => ({ ...world, groups: world.groups.map((group) => ({ ...group, isManaged: false })) }),
    });
    await bed.scaleIn(1);
    await bed.pass(20);

    assert.ok(bed.calls().includes("SendCommand: InvalidInstanceId"));
  });
});

/** A world in which a parameter of every document may hold something else. */
function withPattern(world: World, name: string, allowedPattern: string): World {
  const changedContent = (content: string) => {
    const document = JSON.parse(content) as { parameters: Record<string, object> };
    const parameter = { ...document.parameters[name], allowedPattern };
    return JSON.stringify({ ...document, parameters: { ...document.parameters, [name]: parameter } });
  };
  return {
    ...world,
    documents: new Map([...world.documents].map(([key, content]) => [key, changedContent(content)])),
  };
}
