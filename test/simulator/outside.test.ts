import assert from "node:assert/strict";
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operatorKey, serveOutside } from "../../simulator";
import { TestBed } from "../support/testBed";

describe("a client outside of the simulator", () => {
  let bed: TestBed;
  before(async () => {
    bed = await TestBed.open({
      scriptSeconds: 100,
      args: { targetGroup: { port: 80, deregistrationDelay: 0 } },
    });
    await bed.scaleIn(2, 1);
  });
  after(() => bed.close());

  it("sees time pass while it sleeps, and the handler work meanwhile", async () => {
    const slept = await serveOutside(bed.simulator, async ({ now, sleep }) => {
      const began = now();
      await sleep(45_000);
      return now() - began;
    });

    assert.equal(slept, 45_000);
    assert.ok(bed.calls().includes("SendCommand"));
  });

  it("sees no time pass but the time of its calls", async () => {
    const took = await serveOutside(bed.simulator, async ({ now }) => {
      const began = now();
      await bed.autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
      return now() - began;
    });

    assert.ok(took > 0 && took < 1000, String(took));
  });

  it("gets its own failure", async () => {
    const failure = serveOutside(bed.simulator, () => Promise.reject(new Error("no")));

    await assert.rejects(failure, { message: "no" });
  });

  describe("that reads the log of a function", () => {
    const read = (input: Partial<ConstructorParameters<typeof FilterLogEventsCommand>[0]>) => {
      const credentials = { accessKeyId: operatorKey, secretAccessKey: "simulator" };
      const client = new CloudWatchLogsClient({ region: "us-east-1", endpoint: bed.url, credentials });
      const logGroupName = bed.world.functions[0]?.logGroup;
      const command = new FilterLogEventsCommand({ logGroupName, ...input });
      return bed.call(async () => (await client.send(command)).events ?? []);
    };
    const instance = () => [...bed.group.instances.keys()][0] ?? "";

    it("gets the lines with all terms of a pattern, as Lambda writes them", async () => {
      const [first, ...others] = await read({ filterPattern: `"${instance()}" "sent "` });

      const line = JSON.parse(first?.message ?? "") as { level: string; message: { message: string } };
      assert.equal(line.level, "INFO");
      assert.match(line.message.message, new RegExp(`^sent web-handler-.* to ${instance()}$`));
      assert.deepEqual(others, []);
    });

    it("gets the lines of a time", async () => {
      const { began } = bed.simulator.context;

      assert.deepEqual(await read({ startTime: began - 1000, endTime: began }), []);
      assert.notEqual((await read({ startTime: began })).length, 0);
    });

    it("is refused a log group that is not there, and a pattern that the simulator does not read", async () => {
      await assert.rejects(read({ logGroupName: "gone" }), { name: "ResourceNotFoundException" });
      await assert.rejects(read({ filterPattern: "{ $.level = WARN }" }), {
        name: "InvalidParameterException",
      });
    });
  });
});
