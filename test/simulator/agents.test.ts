import assert from "node:assert/strict";
import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm";
import { changed, withCallErrors, withInstance, withMishaps, type Conduct } from "../../simulator";
import type { Handling } from "../../simulator/conduct";
import { Stand, type Setting } from "../support/box";

/** Nobody but the operator sends anything. */
const byHand = (world: Parameters<NonNullable<Setting["world"]>>[0]) => ({
  ...world,
  subscriptions: [],
  rules: [],
});

describe("the agents in the box", () => {
  let stand: Stand;
  let instance: string;
  afterEach(() => stand.close());

  /** An instance that waits at its stop hook, and an operator. */
  const open = async (conduct: (usual: Conduct) => Conduct = (usual) => usual, scriptSeconds = 20) => {
    stand = await Stand.open({
      args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
      conduct,
      scriptSeconds,
      world: byHand,
    });
    await stand.scaleIn(1);
    await stand.pass(10);
    [instance = ""] = stand.group.instances.keys();
  };
  const send = async (Parameters: Readonly<Record<string, string[]>> = {}) => {
    const [DocumentName = ""] = stand.world.documents.keys();
    const sent = await stand.call(() =>
      stand.ssm.send(
        new SendCommandCommand({ DocumentName, InstanceIds: [instance], Parameters, TimeoutSeconds: 30 }),
      ),
    );
    return sent.Command?.CommandId ?? "";
  };
  const end = async (CommandId: string) => {
    const { ResponseCode, Status } = await stand.call(() =>
      stand.ssm.send(
        new GetCommandInvocationCommand({ CommandId, InstanceId: instance, PluginName: "runLinux" }),
      ),
    );
    return `${Status ?? ""} ${ResponseCode ?? ""}`;
  };
  const scripts = () => stand.of("script").map(({ phase }) => phase);
  const handling =
    (how: Partial<Handling>, isMeant = (_: number) => true) =>
    (usual: Conduct) =>
      changed(usual, {
        handling: (facts) => ({ ...usual.handling(facts), ...(isMeant(facts.earlier) ? how : {}) }),
      });
  const ending = (exitCode: number) => (usual: Conduct) =>
    changed(usual, { script: (facts) => ({ ...usual.script(facts), exitCode }) });

  it("end a step with the guard's word about the script", async () => {
    await open();
    const good = await send();
    await stand.pass(40);
    assert.equal(await end(good), "Success 0");
    await stand.close();

    await open(ending(7));
    const bad = await send();
    await stand.pass(40);
    assert.equal(await end(bad), "Failed 80");
  });

  it("fail a command at once whose worker does not start, and run the next", async () => {
    await open(handling({ failsWith: 1 }, (earlier) => earlier === 0));
    const first = await send();
    await stand.pass(5);
    assert.equal(await end(first), "Failed 1");
    assert.deepEqual(scripts(), []);

    const second = await send();
    await stand.pass(40);
    assert.equal(await end(second), "Success 0");
  });

  it("lose a report, so that the command stays open until AWS expires it; the next returns the recorded result", async () => {
    await open(handling({ isReported: false }, (earlier) => earlier === 0));
    const first = await send();
    await stand.pass(60);
    assert.deepEqual(scripts(), ["started", "ended"]);
    assert.equal(await end(first), "InProgress -1");

    const second = await send();
    await stand.pass(10);
    assert.equal(await end(second), "Success 0");
    assert.deepEqual(scripts(), ["started", "ended", "joined"]);
    await stand.pass(200);
    assert.equal(await end(first), "TimedOut -1");
  });

  it("start a step late", async () => {
    await open(handling({ startsAfter: 100_000 }));
    const command = await send();
    await stand.pass(90);
    assert.equal(await end(command), "InProgress -1");
    assert.deepEqual(scripts(), []);
    await stand.pass(60);
    assert.equal(await end(command), "Success 0");
  });

  it("take nothing while they are busy, though they are there", async () => {
    await open((usual) => withMishaps(usual, { kind: "agentBusy", from: 0, to: 100_000 }));
    const late = await send();
    await stand.pass(60);
    assert.equal(await end(late), "Pending -1");
    const { InstanceInformationList = [] } = await stand.call(() =>
      stand.ssm.send(new DescribeInstanceInformationCommand({})),
    );
    assert.equal(InstanceInformationList[0]?.PingStatus, "Online");

    await stand.pass(25);
    const inTime = await send();
    await stand.pass(60);
    assert.equal(await end(inTime), "Success 0");
    assert.equal(await end(late), "Pending -1");
  });

  it("kill the step that somebody cancels, while the script goes on and the next command joins it", async () => {
    await open((usual) => usual, 60);
    const CommandId = await send();
    await stand.pass(10);
    await stand.call(() => stand.ssm.send(new CancelCommandCommand({ CommandId })));
    assert.equal(await end(CommandId), "Cancelled -1");

    const next = await send();
    await stand.pass(80);
    assert.deepEqual(scripts(), ["started", "joined", "ended"]);
    assert.equal(await end(next), "Success 0");
  });

  it("see a command cancelled where the conduct has somebody do so", async () => {
    await open((usual) =>
      changed(usual, { cancelledAfter: ({ earlier }) => (earlier === 0 ? 3_000 : undefined) }),
    );
    const command = await send();
    await stand.pass(5);
    assert.equal(await end(command), "Cancelled -1");
  });

  it("tell of a script that a reboot has cut off", async () => {
    await open((usual) => withMishaps(usual, { kind: "reboot", from: 15_000, to: 30_000 }));
    await send();
    await stand.pass(40);
    const next = await send();
    await stand.pass(20);
    assert.deepEqual(scripts(), ["started", "killed", "joined"]);
    assert.equal(await end(next), "Failed 80");
  });

  for (const kind of ["crash", "stop", "termination"] as const)
    it(`are gone with a machine: ${kind}`, async () => {
      await open((usual) => withMishaps(usual, { kind, from: 5_000 }));
      await stand.pass(1);
      await assert.rejects(send(), { name: "InvalidInstanceId" });
      const { InstanceInformationList } = await stand.call(() =>
        stand.ssm.send(new DescribeInstanceInformationCommand({})),
      );
      assert.deepEqual(InstanceInformationList, []);
      await stand.pass(60);
      assert.equal(stand.group.instances.get(instance)?.health, "Unhealthy");
      assert.equal(stand.group.instances.get(instance)?.state, "Terminating:Wait");
    });

  it("are refused without a name where the conduct says so", async () => {
    await open((usual) =>
      changed(withMishaps(usual, { kind: "stop", from: 1_000 }), { namesRefused: () => false }),
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
    stand.box.runCommand.documents.clear();
    stand.box.autoScaling.populate(stand.group, 1);
    [, instance = ""] = stand.group.instances.keys();
    await assert.rejects(send(), { name: "InvalidDocument" });
  });

  it("lack the tags of their group where the conduct says so, which the handler's role needs", async () => {
    stand = await Stand.open({
      args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
      conduct: (usual) => withInstance(usual, (one) => ({ ...one, lacksTags: true })),
    });
    await stand.scaleIn(1);
    await stand.pass(10);
    const denied = stand.of("log").map(({ entry }) => JSON.stringify(entry));

    assert.ok(stand.calls().includes("SendCommand: AccessDeniedException"), stand.calls().join());
    assert.match(
      denied.join("\n"),
      /arn:aws:sts::123456789012:assumed-role\/\S+ is not authorized to perform: ssm:SendCommand on resource: arn:aws:ec2:us-east-1:123456789012:instance\/i-\w+ because no identity-based policy allows the ssm:SendCommand action/,
    );
  });
});
