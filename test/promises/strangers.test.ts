import assert from "node:assert/strict";
import { ListCommandInvocationsCommand, ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { changed, forgeHookEvent, isHook, withDeliveries } from "../../simulator";
import type { Command } from "../../simulator/ssm/command";
import { TestBed, type Setting } from "../support/testBed";

const minute = 60;

/** Scripts of two minutes. */
const takesTwoMinutes: Setting["behaviour"] = (usual) =>
  changed(usual, { script: () => ({ takes: 120_000, exitCode: 0, heedsTerm: true }) });

describe("a stranger", function () {
  this.timeout(60_000);

  let bed: TestBed;
  const open = async (setting: Setting = {}) => {
    bed = await TestBed.open({
      ...setting,
      args: {
        targetGroup: { port: 8080, deregistrationDelay: 0 },
        terminate: { script: "stop", timeout: 300 },
        ...setting.args,
      },
    });
  };
  afterEach(() => bed.close());

  const instances = () => [...bed.group.instances.values()];
  const scripts = (wanted: string) => bed.of("script").filter(({ phase }) => phase === wanted);
  const completions = () => bed.of("action").filter(({ phase }) => phase === "completed");
  const outcomes = () => bed.of("log").flatMap(({ entry }) => (entry as { outcome?: string }).outcome ?? []);
  const count = (action: string) => bed.calls().filter((name) => name === action).length;
  const hook = () => {
    const [found] = bed.group.hooks.values();
    assert.ok(found);
    return found;
  };
  const commandTo = (instance: string): Command => {
    const found = [...bed.simulator.runCommand.commands.values()].find(({ invocations }) =>
      invocations.has(instance),
    );
    assert.ok(found);
    return found;
  };

  /** Sends a command by hand, with the permission to. */
  const sendByHand = (
    instance: string,
    { document, parameters }: Pick<Command, "document" | "parameters">,
    comment?: string,
  ) =>
    bed.call(() =>
      bed.ssm.send(
        new SendCommandCommand({
          DocumentName: document.name,
          InstanceIds: [instance],
          Parameters: Object.fromEntries(Object.entries(parameters).map(([key, all]) => [key, [...all]])),
          ...(comment === undefined ? {} : { Comment: comment }),
        }),
      ),
    );

  /** All instances stop in the end: each script runs once, and a call completes each action. */
  const endsAsAlways = async (count: number) => {
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await bed.pass(10 * minute);
    assert.deepEqual(
      completions().map(({ by, result }) => `${by ?? ""} ${result ?? ""}`),
      Array.from({ length: count }, () => "call CONTINUE"),
    );
    assert.equal(scripts("started").length, count);
  };

  it("cannot publish the event of a hook", async () => {
    await open();
    bed.simulator.autoScaling.populate(bed.group, 2);
    for (const instance of instances()) assert.equal(forgeHookEvent(bed.simulator, instance, hook()), false);
    await bed.pass(5 * minute);

    assert.deepEqual(bed.calls(), []);
    assert.ok(!bed.of("invocation").some(({ trigger }) => trigger !== "Scheduled Event"));
  });

  it("stops no instance that stays by the event of a hook where the topic's policy was replaced, and the event counts for nothing", async () => {
    await open({ world: (world) => ({ ...world, topicPolicies: new Map() }) });
    bed.simulator.autoScaling.populate(bed.group, 3);
    for (const instance of instances()) assert.equal(forgeHookEvent(bed.simulator, instance, hook()), true);
    await bed.pass(10 * minute);

    assert.equal(scripts("refused").length, 3);
    assert.equal(scripts("started").length, 0);
    assert.deepEqual(completions(), []);
    assert.deepEqual(outcomes(), []);
    assert.equal(count("SendCommand"), 3);
    assert.deepEqual([...new Set(instances().map(({ state }) => state))], ["InService"]);
    await endsAsAlways(3);
  });

  it("ends no wait by a command's event of another account, which a bus may let in", async () => {
    await open({ behaviour: takesTwoMinutes });
    await bed.scaleIn(1);
    await bed.pass(30);
    const [waiting] = instances();
    assert.ok(waiting);
    const { document, id, parameters } = commandTo(waiting.id);
    const ended = {
      source: "aws.ssm",
      detailType: "EC2 Command Status-change Notification",
      resources: [],
      detail: { "command-id": id, "document-name": document.name, parameters, status: "Success" },
    };
    bed.simulator.bus.put({ ...ended, account: "210987654321" });
    await bed.pass(30);
    assert.deepEqual(completions(), []);

    // The same event of its own account ends the wait: nobody but SSM can put that event on the bus.
    bed.simulator.bus.put(ended);
    await bed.pass(5);
    assert.equal(completions().length, 1);
  });

  it("stops no instance that stays by running the document, whatever its parameters and comment are copied from", async () => {
    await open({ behaviour: takesTwoMinutes });
    await bed.scaleIn(3, 2);
    await bed.pass(30);
    const waiting = instances().find(({ state }) => state === "Terminating:Wait");
    assert.ok(waiting);
    const command = commandTo(waiting.id);
    for (const { id } of instances().filter((one) => one !== waiting)) {
      await sendByHand(id, { ...command, parameters: {} });
      await sendByHand(id, command, command.comment);
      await sendByHand(id, { ...command, parameters: { ...command.parameters, instance: [id] } });
    }
    await bed.pass(60);

    assert.equal(scripts("refused").length, 2 * 3);
    assert.equal(scripts("started").length, 1);
    assert.deepEqual(completions(), []);
    await bed.pass(60);
    assert.deepEqual(
      completions().map(({ instance }) => instance),
      [waiting.id],
    );
    await endsAsAlways(3);
  });

  it("completes no action by running the document on an instance that goes, neither with made-up parameters nor with another instance's action", async () => {
    await open({
      behaviour: (usual) =>
        changed(usual, {
          // A run by hand ends long before the run that the handler has sent.
          script: ({ run }) => ({ takes: run === 1 ? 120_000 : 1_000, exitCode: 0, heedsTerm: true }),
        }),
    });
    await bed.scaleIn(2);
    await bed.pass(30);
    const [one, other] = instances();
    assert.ok(one && other);
    const command = commandTo(one.id);
    const parameters = { ...command.parameters, instance: [other.id] };
    await sendByHand(other.id, { ...command, parameters });
    await sendByHand(other.id, { ...command, parameters: { ...parameters, action: ["made-up"] } });
    await sendByHand(other.id, { ...command, parameters: { transition: ["terminate"] } });
    await bed.pass(60);
    assert.deepEqual(completions(), []);

    await bed.pass(60);
    const ends = new Map(
      scripts("ended").map(({ at, instance, run }) => [`${instance} ${run}`, at] as const),
    );
    assert.equal(completions().length, 2);
    for (const { at, instance } of completions()) assert.ok(at > (ends.get(`${instance} 1`) ?? Infinity));
  });

  it("finds no token in commands, documents and logs", async () => {
    await open({
      // The sweep has to start the scripts of some instances.
      behaviour: (usual, random) =>
        withDeliveries(usual, isHook, (delays, { id }) => (random.happens(`lost/${id}`, 0.5) ? [] : delays)),
    });
    await bed.scaleIn(6);
    await bed.pass(5 * minute);

    const commands = await bed.call(() => bed.ssm.send(new ListCommandsCommand({})));
    const lists = await bed.call(() => bed.ssm.send(new ListCommandInvocationsCommand({ Details: true })));
    const logs = bed.of("log").map(({ entry }) => entry);
    const tokens = new Set(bed.of("action").map(({ token }) => token));
    assert.equal(tokens.size, 6);
    assert.ok(commands.Commands?.some(({ Parameters }) => (Parameters?.["action"]?.[0] ?? "") !== ""));
    const all = JSON.stringify([commands, lists, logs, ...bed.world.documents.values()]);

    for (const token of tokens) {
      assert.ok(!all.includes(token), "a token");
      assert.ok(!all.includes(Buffer.from(token).toString("base64url")), "a token in base64");
    }
  });
});
