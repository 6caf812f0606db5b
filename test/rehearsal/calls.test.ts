import assert from "node:assert/strict";
import { get, type IncomingMessage } from "node:http";
import { ListCommandInvocationsCommand, ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import {
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
} from "@aws-sdk/client-auto-scaling";
import { changed, outage, type CallFacts, type Conduct } from "../../rehearsal/box";
import { openServer } from "../../rehearsal/wire";
import { Stand } from "../support/box";
import { processorTime } from "../support/processorTime";

const isSend = ({ action, caller }: CallFacts) => action === "SendCommand" && caller.startsWith("ENV");

describe("calls to the box", () => {
  let stand: Stand;
  afterEach(() => stand.close());

  const open = async (conduct: (usual: Conduct) => Conduct = (usual) => usual) => {
    stand = await Stand.open({ args: { targetGroup: { port: 80, deregistrationDelay: 0 } }, conduct });
  };

  it("share the rate of their service, whatever they ask for", async () => {
    await open((usual) =>
      changed(usual, { serviceRate: (service) => (service === "autoscaling" ? 2 : Infinity) }),
    );
    const AutoScalingGroupName = stand.group.settings.name;
    const groups = () => stand.call(() => stand.autoScaling.send(new DescribeAutoScalingGroupsCommand({})));
    const activities = () =>
      stand.call(() =>
        stand.autoScaling.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName })),
      );
    await groups();
    await activities();
    await assert.rejects(groups(), { name: "Throttling" });
    await stand.call(() => stand.ssm.send(new ListCommandsCommand({})));
    await stand.pass(1);
    await activities();
  });

  it("can lose their answer after their effect, so that the caller does it again", async () => {
    let lost = 0;
    await open((usual) =>
      changed(usual, { lostAnswer: (call) => (isSend(call) && (lost += 1) === 1 ? outage : undefined) }),
    );
    await stand.scaleIn(1);
    await stand.pass(60);

    assert.equal(stand.of("command").filter(({ status }) => status === "Pending").length, 2);
    assert.deepEqual(
      stand.of("script").map(({ phase }) => phase),
      ["started", "joined", "ended"],
    );
  });

  it("can hang without any effect, until the caller gives up", async () => {
    let hung = 0;
    await open((usual) => changed(usual, { isHanging: (call) => isSend(call) && (hung += 1) === 1 }));
    await stand.scaleIn(1);
    await stand.pass(90);
    const sends = stand.calls().filter((call) => call.startsWith("SendCommand"));

    assert.deepEqual(sends, ["SendCommand: NoAnswer", "SendCommand"]);
    assert.equal(stand.of("command").filter(({ status }) => status === "Pending").length, 1);
  });

  for (const [what, serve] of [
    ["finds nobody", undefined],
    ["is cut off", (request: IncomingMessage) => request.destroy()],
  ] as const)
    it(`are counted right where a request to somebody else ${what} meanwhile`, async () => {
      await open((usual) => changed(usual, { isHanging: (call) => isSend(call) && call.elapsed < 60_000 }));
      const other = await openServer(serve ?? (() => undefined));
      if (serve === undefined) await other.close();
      await stand.scaleIn(1);
      const failure = new Promise((resolve) => get(other.url).once("error", resolve));
      await stand.pass(240);

      assert.ok((await failure) instanceof Error);
      assert.ok(stand.calls().includes("SendCommand: NoAnswer"));
      assert.equal(stand.of("action").filter(({ by }) => by === "call").length, 1);
      if (serve !== undefined) await other.close();
    });

  it("list twenty thousand old commands by document, instance and time, and are quick", async () => {
    await open();
    stand.box.autoScaling.populate(stand.group, 1);
    const [DocumentName = ""] = stand.world.documents.keys();
    const [InstanceId = ""] = stand.group.instances.keys();
    const { began } = stand.box.stage;
    for (let number = 0; number < 20_000; number += 1)
      stand.box.runCommand.remember({
        document: DocumentName,
        instances: [`i-${String(number % 500).padStart(17, "0")}`],
        requestedAt: began - (20_000 - number) * 1_000,
        ...(number % 10 === 0 ? { status: "Failed", details: "Failed" } : {}),
      });
    await stand.call(() =>
      stand.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId] })),
    );
    await stand.pass(5);
    const start = processorTime();
    const list = async (input: object) => {
      const { CommandInvocations = [], NextToken } = await stand.call(() =>
        stand.ssm.send(new ListCommandInvocationsCommand(input)),
      );
      return { found: CommandInvocations.map((one) => one.InstanceId), more: NextToken !== undefined };
    };
    const filter = (after: number) => ({
      Filters: [
        { key: "DocumentName" as const, value: DocumentName },
        { key: "InvokedAfter" as const, value: new Date(after).toISOString().replace(/\.\d+Z$/, "Z") },
      ],
    });
    for (let times = 0; times < 50; times += 1) {
      assert.deepEqual(await list({ InstanceId }), { found: [InstanceId], more: false });
      assert.equal((await list(filter(began - 10_000))).found.length, 10);
      assert.equal((await list({ InstanceId: `i-${"7".padStart(17, "0")}` })).found.length, 40);
    }
    const took = processorTime() - start;

    assert.equal((await list(filter(0))).more, true);
    assert.ok(took < 3_000, `150 lists took ${Math.round(took)} ms`);
  });
});
