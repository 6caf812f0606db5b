import assert from "node:assert/strict";
import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm";
import { changed, withCallErrors, withInstance, withIncidents, type Behaviour } from "../../simulator";
import type { Handling } from "../../simulator/behaviour";
import { TestBed, type Setting } from "../support/testBed";

/** Only the operator sends commands. */
const byHand = (world: Parameters<NonNullable<Setting["world"]>>[0]) => ({
  ...world,
  subscriptions: [],
  rules: [],
});

describe("the agents in the simulator", () => {
  let bed: TestBed;
  let instance: string;
  afterEach(() => bed.close());

  /** An instance that waits at its stop hook, and an operator. */
  const open = async (behaviour: (usual: Behaviour) => Behaviour = (usual) => usual, scriptSeconds = 20) => {
    bed = await TestBed.open({
      args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
      behaviour,
      scriptSeconds,
      world: byHand,
    });
    await bed.scaleIn(1);
    await bed.pass(10);
    [instance = ""] = bed.group.instances.keys();
  };
  const send = async (Parameters: Readonly<Record<string, string[]>> = {}) => {
    const [DocumentName = ""] = bed.world.documents.keys();
    const sent = await bed.call(() =>
      bed.ssm.send(
        new SendCommandCommand({ DocumentName, InstanceIds: [instance], Parameters, TimeoutSeconds: 30 }),
      ),
    );
    return sent.Command?.CommandId ?? "";
  };
  const end = async (CommandId: string) => {
    const { ResponseCode, Status } = await bed.call(() =>
      bed.ssm.send(
        new GetCommandInvocationCommand({ CommandId, InstanceId: instance, PluginName: "runLinux" }),
      ),
    );
    return `${Status ?? ""} ${ResponseCode ?? ""}`;
  };
  const scripts = () => bed.of("script").map(({ phase }) => phase);
  const handling =
    (how: Partial<Handling>, isMeant = (_: number) => true) =>
    (usual: Behaviour) =>
      changed(usual, {
        handling: (facts) => ({ ...usual.handling(facts), ...(isMeant(facts.earlier) ? how : {}) }),
      });
  const ending = (exitCode: number) => (usual: Behaviour) =>
    changed(usual, { script: (facts) => ({ ...usual.script(facts), exitCode }) });

  it("end a step with the guard's exit code", async () => {
    await open();
    const good = await send();
    await bed.pass(40);
    assert.equal(await end(good), "Success 0");
    await bed.close();

    await open(ending(7));
    const bad = await send();
    await bed.pass(40);
    assert.equal(await end(bad), "Failed 80");
  });

  it("fail a command at once whose worker does not start, and run the next command", async () => {
    await open(handling({ failsWith: 1 }, (earlier) => earlier === 0));
    const first = await send();
    await bed.pass(5);
    assert.equal(await end(first), "Failed 1");
    assert.deepEqual(scripts(), []);

    const second = await send();
    await bed.pass(40);
    assert.equal(await end(second), "Success 0");
  });

  it("lose a report, so that the command stays open until SSM expires it; the next command returns the recorded result", async () => {
    await open(handling({ isReported: false }, (earlier) => earlier === 0));
    const first = await send();
    await bed.pass(60);
    assert.deepEqual(scripts(), ["started", "ended"]);
    assert.equal(await end(first), "InProgress -1");

    const second = await send();
    await bed.pass(10);
    assert.equal(await end(second), "Success 0");
    assert.deepEqual(scripts(), ["started", "ended", "joined"]);
    await bed.pass(200);
    assert.equal(await end(first), "TimedOut -1");
  });

  it("start a step late", async () => {
    await open(handling({ startsAfter: 100_000 }));
    const command = await send();
    await bed.pass(90);
    assert.equal(await end(command), "InProgress -1");
    assert.deepEqual(scripts(), []);
    await bed.pass(60);
    assert.equal(await end(command), "Success 0");
  });

  it("take no command while they are busy, though they are online", async () => {
    await open((usual) => withIncidents(usual, { kind: "agentBusy", from: 0, to: 100_000 }));
    const late = await send();
    await bed.pass(60);
    assert.equal(await end(late), "Pending -1");
    const { InstanceInformationList = [] } = await bed.call(() =>
      bed.ssm.send(new DescribeInstanceInformationCommand({})),
    );
    assert.equal(InstanceInformationList[0]?.PingStatus, "Online");

    await bed.pass(25);
    const inTime = await send();
    await bed.pass(60);
    assert.equal(await end(inTime), "Success 0");
    assert.equal(await end(late), "Pending -1");
  });

  it("kill the step of a cancelled command, while the script goes on and the next command joins it", async () => {
    await open((usual) => usual, 60);
    const CommandId = await send();
    await bed.pass(10);
    await bed.call(() => bed.ssm.send(new CancelCommandCommand({ CommandId })));
    assert.equal(await end(CommandId), "Cancelled -1");

    const next = await send();
    await bed.pass(80);
    assert.deepEqual(scripts(), ["started", "joined", "ended"]);
    assert.equal(await end(next), "Success 0");
  });

  it("have a command cancelled where the behaviour says so", async () => {
    await open((usual) =>
      changed(usual, { cancelledAfter: ({ earlier }) => (earlier === 0 ? 3_000 : undefined) }),
    );
    const command = await send();
    await bed.pass(5);
    assert.equal(await end(command), "Cancelled -1");
  });

  it("report a script that a reboot has cut off as failed", async () => {
    await open((usual) => withIncidents(usual, { kind: "reboot", from: 15_000, to: 30_000 }));
    await send();
    await bed.pass(40);
    const next = await send();
    await bed.pass(20);
    assert.deepEqual(scripts(), ["started", "killed", "joined"]);
    assert.equal(await end(next), "Failed 80");
  });

  for (const kind of ["crash", "stop", "termination"] as const)
    it(`are gone with a machine: ${kind}`, async () => {
      await open((usual) => withIncidents(usual, { kind, from: 5_000 }));
      await bed.pass(1);
      await assert.rejects(send(), { name: "InvalidInstanceId" });
      const { InstanceInformationList } = await bed.call(() =>
        bed.ssm.send(new DescribeInstanceInformationCommand({})),
      );
      assert.deepEqual(InstanceInformationList, []);
      await bed.pass(60);
      assert.equal(bed.group.instances.get(instance)?.health, "Unhealthy");
      assert.equal(bed.group.instances.get(instance)?.state, "Terminating:Wait");
    });

  it("are refused without the instance's id where the behaviour says so", async () => {
    await open((usual) =>
      changed(withIncidents(usual, { kind: "stop", from: 1_000 }), { namesRefused: () => false }),
    );
    await assert.rejects(
      send(),
      (error: Error) =>
        error.name === "InvalidInstanceId" && error.message !== "" && !error.message.includes(instance),
    );
  });

  it("get no command that SSM refuses for good: on one instance, or of a document that is gone", async () => {
    let denied = "";
    await open((usual) =>
      withCallErrors(usual, ({ action, instances }) =>
        action === "SendCommand" && instances.includes(denied)
          ? { code: "AccessDeniedException", message: "with an explicit deny in a service control policy" }
          : undefined,
      ),
    );
    denied = instance;
    await assert.rejects(send(), { name: "AccessDeniedException" });
    bed.simulator.runCommand.documents.clear();
    bed.simulator.autoScaling.populate(bed.group, 1);
    [, instance = ""] = bed.group.instances.keys();
    await assert.rejects(send(), { name: "InvalidDocument" });
  });

  it("lack the tags of their group, which the handler's role needs, where the behaviour says so", async () => {
    bed = await TestBed.open({
      args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
      behaviour: (usual) => withInstance(usual, (one) => ({ ...one, lacksTags: true })),
    });
    await bed.scaleIn(1);
    await bed.pass(10);
    const denied = bed.of("log").map(({ entry }) => JSON.stringify(entry));

    assert.ok(bed.calls().includes("SendCommand: AccessDeniedException"), bed.calls().join());
    assert.match(
      denied.join("\n"),
      /arn:aws:sts::123456789012:assumed-role\/\S+ is not authorized to perform: ssm:SendCommand on resource: arn:aws:ec2:us-east-1:123456789012:instance\/i-\w+ because no identity-based policy allows the ssm:SendCommand action/,
    );
  });
});
