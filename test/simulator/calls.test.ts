import assert from "node:assert/strict";
import { get, type IncomingMessage } from "node:http";
import { ListCommandInvocationsCommand, ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import {
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
} from "@aws-sdk/client-auto-scaling";
import { changed, outage, type CallFacts, type Behaviour } from "../../simulator";
import { openServer } from "../../simulator/wire";
import { TestBed } from "../support/testBed";
import { processorTime } from "../support/processorTime";

const isSend = ({ action, caller }: CallFacts) => action === "SendCommand" && caller.startsWith("ENV");

describe("calls to the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (behaviour: (usual: Behaviour) => Behaviour = (usual) => usual) => {
    bed = await TestBed.open({ args: { targetGroup: { port: 80, deregistrationDelay: 0 } }, behaviour });
  };

  it("share the rate of their service, whatever their actions", async () => {
    await open((usual) =>
      changed(usual, { serviceRate: (service) => (service === "autoscaling" ? 2 : Infinity) }),
    );
    const AutoScalingGroupName = bed.group.settings.name;
    const groups = () => bed.call(() => bed.autoScaling.send(new DescribeAutoScalingGroupsCommand({})));
    const activities = () =>
      bed.call(() => bed.autoScaling.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName })));
    await groups();
    await activities();
    await assert.rejects(groups(), { name: "Throttling" });
    await bed.call(() => bed.ssm.send(new ListCommandsCommand({})));
    await bed.pass(1);
    await activities();
  });

  it("take the same time in whatever order the calls of one caller arrive", async () => {
    const instants: string[][] = [];
    for (const isReversed of [false, true]) {
      await open();
      const calls = [
        () => bed.autoScaling.send(new DescribeAutoScalingGroupsCommand({})),
        () => bed.autoScaling.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 7 })),
        () => bed.ssm.send(new ListCommandsCommand({})),
      ];
      if (isReversed) calls.reverse();
      await bed.call(() => Promise.all(calls.map((call) => call())));
      instants.push(bed.of("call").map(({ action, at }) => `${action} ${at}`));
      await bed.close();
    }

    assert.deepEqual(instants[1], instants[0]);
  });

  it("can lose their answer after their effect, so that the caller repeats the call", async () => {
    let lost = 0;
    await open((usual) =>
      changed(usual, { lostAnswer: (call) => (isSend(call) && (lost += 1) === 1 ? outage : undefined) }),
    );
    await bed.scaleIn(1);
    await bed.pass(60);

    assert.equal(bed.of("command").filter(({ status }) => status === "Pending").length, 2);
    assert.deepEqual(
      bed.of("script").map(({ phase }) => phase),
      ["started", "joined", "ended"],
    );
  });

  it("can hang without any effect, until the caller gives up", async () => {
    let hung = 0;
    await open((usual) => changed(usual, { isHanging: (call) => isSend(call) && (hung += 1) === 1 }));
    await bed.scaleIn(1);
    await bed.pass(90);
    const sends = bed.calls().filter((call) => call.startsWith("SendCommand"));

    assert.deepEqual(sends, ["SendCommand: NoAnswer", "SendCommand"]);
    assert.equal(bed.of("command").filter(({ status }) => status === "Pending").length, 1);
  });

  for (const [what, serve] of [
    ["finds nobody", undefined],
    ["is cut off", (request: IncomingMessage) => request.destroy()],
  ] as const)
    it(`are counted right where a request to another server ${what} meanwhile`, async () => {
      await open((usual) => changed(usual, { isHanging: (call) => isSend(call) && call.elapsed < 60_000 }));
      const other = await openServer(serve ?? (() => undefined));
      if (serve === undefined) await other.close();
      await bed.scaleIn(1);
      const failure = new Promise((resolve) => get(other.url).once("error", resolve));
      await bed.pass(240);

      assert.ok((await failure) instanceof Error);
      assert.ok(bed.calls().includes("SendCommand: NoAnswer"));
      assert.equal(bed.of("action").filter(({ by }) => by === "call").length, 1);
      if (serve !== undefined) await other.close();
    });

  it("list twenty thousand old commands by document, instance and time quickly", async () => {
    await open();
    bed.simulator.autoScaling.populate(bed.group, 1);
    const [DocumentName = ""] = bed.world.documents.keys();
    const [InstanceId = ""] = bed.group.instances.keys();
    const { began } = bed.simulator.context;
    for (let number = 0; number < 20_000; number += 1)
      bed.simulator.runCommand.remember({
        document: DocumentName,
        instances: [`i-${String(number % 500).padStart(17, "0")}`],
        requestedAt: began - (20_000 - number) * 1_000,
        ...(number % 10 === 0 ? { status: "Failed", details: "Failed" } : {}),
      });
    await bed.call(() => bed.ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [InstanceId] })));
    await bed.pass(5);
    const start = processorTime();
    const list = async (input: object) => {
      const { CommandInvocations = [], NextToken } = await bed.call(() =>
        bed.ssm.send(new ListCommandInvocationsCommand(input)),
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
