import assert from "node:assert/strict";
import {
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
} from "@aws-sdk/client-ssm";
import { changed, withInstance, withMishaps, type Mishap, type World } from "../../rehearsal/box";
import { Stand, type Setting } from "../support/box";

const quick = { targetGroup: { port: 80, deregistrationDelay: 0 } };

describe("SSM in the box", () => {
  let stand: Stand;
  afterEach(() => stand.close());

  const open = async (setting: Setting = {}) => {
    stand = await Stand.open({ ...setting, args: { ...quick, ...setting.args } });
    return stand;
  };
  const statuses = () => stand.of("command").map(({ status }) => status);
  const scripts = () =>
    stand.of("script").map(({ code, phase }) => (code === undefined ? phase : `${phase} ${code}`));
  const withMishap = (mishap: Mishap): Setting => ({
    conduct: (usual) => withMishaps(usual, mishap),
  });

  it("delivers a command, runs its script and reports", async () => {
    await open();
    await stand.scaleIn(1);
    await stand.pass(120);

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
        await stand.scaleIn(1);
        await stand.pass(120);

        assert.deepEqual(statuses(), expected, pattern);
        assert.equal(scripts().length === 0, patterns === refused, pattern);
        assert.equal(/group/.test(stand.of("command").at(-1)?.why ?? ""), patterns === refused, pattern);
        await stand.close();
      }
    }
    // SSM itself looks first.
    await open({ world: (world) => withPattern(world, "hook", "^graceful-[a-z]+$") });
    await stand.scaleIn(1);
    await stand.pass(120);
    assert.ok(stand.calls().includes("SendCommand: InvalidParameters"), stand.calls().join());
  });

  it("lets the agent look at what stands for a value that is not given, which SSM does not", async () => {
    await open({
      world: (world) => ({ ...withPattern(world, "since", "^\\d+$"), subscriptions: [], rules: [] }),
    });
    await stand.scaleIn(1);
    await stand.pass(60);
    const [InstanceId = ""] = stand.group.instances.keys();
    const [DocumentName = ""] = stand.world.documents.keys();
    const send = (Parameters: Record<string, string[]>) =>
      stand.call(() =>
        stand.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId], Parameters })),
      );
    await send({});
    await stand.pass(10);
    assert.deepEqual(statuses(), ["Pending", "Failed"]);

    await send({ since: ["1767268800"] });
    await stand.pass(10);
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
    await stand.scaleIn(1);
    await stand.pass(120);

    const seen = new Set(stand.of("message").map(({ what }) => what));
    assert.ok(seen.has("EC2 Command Invocation Status-change Notification"));
    assert.ok(seen.has("EC2 Command Status-change Notification"));
  });

  it("shows a command in lists only after a while", async () => {
    await open({ conduct: (usual) => changed(usual, { listingLag: () => 5_000 }), scriptSeconds: 60 });
    await stand.scaleIn(1);
    while (stand.of("command").length === 0) await stand.pass(0.1);
    const [command] = stand.of("command");
    assert.ok(command);
    const list = () =>
      stand.call(() => stand.ssm.send(new ListCommandInvocationsCommand({ CommandId: command.command })));
    const get = { CommandId: command.command, InstanceId: command.instance };

    assert.deepEqual((await list()).CommandInvocations, []);
    await assert.rejects(
      stand.call(() => stand.ssm.send(new GetCommandInvocationCommand(get))),
      { name: "InvocationDoesNotExist" },
    );
    await stand.pass(5);
    assert.equal((await list()).CommandInvocations?.[0]?.Status, "InProgress");
    assert.equal(
      (await stand.call(() => stand.ssm.send(new GetCommandInvocationCommand(get)))).Status,
      "InProgress",
    );
  });

  it("keeps a command for an agent that is away, but not beyond its delivery time-out", async () => {
    await open(withMishap({ kind: "agentAway", from: 0, to: 20_000 }));
    await stand.scaleIn(1);
    await stand.pass(30);
    assert.equal(statuses().at(-1), "InProgress");
    await stand.close();

    await open({
      ...withMishap({ kind: "agentAway", from: 0, to: 32_000 }),
      world: (world) => ({ ...world, rules: [] }),
    });
    await stand.scaleIn(1);
    await stand.pass(150);
    assert.deepEqual(statuses(), ["Pending"]);
    assert.deepEqual(scripts(), []);
    await stand.pass(200);
    assert.deepEqual(statuses(), ["Pending", "TimedOut"]);
  });

  it("lets a script live on while its agent restarts, and reports once it is back", async () => {
    await open({ ...withMishap({ kind: "agentAway", from: 4_000, to: 60_000 }), scriptSeconds: 10 });
    await stand.scaleIn(1);
    await stand.pass(120);

    const ended = stand.of("script").find(({ phase }) => phase === "ended");
    const reported = stand.of("command").find(({ status }) => status === "Success");
    assert.ok(ended && reported && reported.at - ended.at > 30_000);
  });

  it("cuts a script off with a reboot, and reports that as a failure", async () => {
    await open({
      ...withMishap({ kind: "reboot", from: 5_000, to: 30_000 }),
      world: (world) => ({ ...world, rules: [] }),
    });
    await stand.scaleIn(1);
    await stand.pass(200);

    assert.deepEqual(scripts(), ["started", "killed"]);
    assert.deepEqual(statuses(), ["Pending", "InProgress", "Failed"]);
  });

  it("asks a script to end whose time is over, and kills one that does not listen", async () => {
    for (const [heedsTerm, code] of [
      [true, 143],
      [false, 137],
    ] as const) {
      await open({
        conduct: (usual) => changed(usual, { script: () => ({ takes: 10_000_000, exitCode: 0, heedsTerm }) }),
      });
      await stand.scaleIn(1);
      await stand.pass(200);
      assert.deepEqual(scripts(), ["started", `ended ${code}`]);
      if (heedsTerm) await stand.close();
    }
  });

  it("takes commands for an agent that has just gone away, but forgets it after minutes", async () => {
    await open({
      ...withMishap({ kind: "agentAway", from: 0, to: 900_000 }),
      world: (world) => ({ ...world, subscriptions: [], rules: [] }),
    });
    await stand.scaleIn(1);
    await stand.pass(100);
    const [InstanceId = ""] = stand.group.instances.keys();
    const [DocumentName = ""] = stand.world.documents.keys();
    const send = () =>
      stand.call(() => stand.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId] })));

    assert.equal((await send()).Command?.Status, "Pending");
    await stand.pass(300);
    await assert.rejects(send(), {
      name: "InvalidInstanceId",
      message: `Instances [[${InstanceId}]] not in a valid state for account 123456789012`,
    });
  });

  it("never takes a command for an instance whose agent has not registered", async () => {
    await open({
      conduct: (usual) => withInstance(usual, (instance) => ({ ...instance, agentStart: Infinity })),
    });
    await stand.scaleIn(1);
    await stand.pass(20);

    assert.ok(stand.calls().includes("SendCommand: InvalidInstanceId"));
  });

  it("never registers an agent whose role does not allow it", async () => {
    await open({
      world: (world) => ({ ...world, groups: world.groups.map((group) => ({ ...group, isManaged: false })) }),
    });
    await stand.scaleIn(1);
    await stand.pass(20);

    assert.ok(stand.calls().includes("SendCommand: InvalidInstanceId"));
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
