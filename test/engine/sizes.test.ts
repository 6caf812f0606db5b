import assert from "node:assert/strict";
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from "@aws-sdk/client-auto-scaling";
import { startRecordingProxy, type RecordingProxy } from "./support/recordingProxy";
import { Stack } from "./support/stack";

/** A Region of its own, so that other tests do not interfere. */
const region = "eu-west-2";
const autoScaling = new AutoScalingClient({ region });

/** The call by which the provider looks for failed launches, each time before it waits on. */
const waits = "DescribeScalingActivities";

describe("numbers of instances on the real engine", () => {
  let proxy: RecordingProxy;
  let stack: Stack;
  before(async () => {
    proxy = await startRecordingProxy(process.env["AWS_ENDPOINT_URL"] ?? "");
    stack = await Stack.create("sizes", {
      environment: { AWS_ENDPOINT_URL: proxy.url },
      program: "sizes",
      region,
    });
    await stack.configure("minSize", "1");
    await stack.configure("maxSize", "6");
  });
  after(async () => {
    stack.remove();
    await proxy.close();
  });

  /** Least, greatest and actual number of instances of each group, by the name that the program gives it. */
  const sizes = async (): Promise<Record<string, (number | undefined)[]>> => {
    const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
    return Object.fromEntries(
      AutoScalingGroups.map(({ AutoScalingGroupName = "", DesiredCapacity, Instances, MaxSize, MinSize }) => {
        assert.equal(Instances?.length, DesiredCapacity);
        return [AutoScalingGroupName.split("-")[0] ?? "", [MinSize, MaxSize, DesiredCapacity]];
      }),
    );
  };
  const scaleElsewhere = async (DesiredCapacity: number) => {
    const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
    for (const { AutoScalingGroupName } of AutoScalingGroups) {
      if (AutoScalingGroupName?.startsWith("waiting-")) continue;
      await autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity }));
    }
  };
  /** Asserts that the output of a deployment has the line of one event before the line of another. */
  const assertOrder = (output: string, first: string, second: string) => {
    const [at, then] = [output.indexOf(first), output.indexOf(second)];
    assert.ok(at >= 0 && at < then, `${first} (${at}) is not before ${second} (${then}):\n${output}`);
  };

  it("begin as they are given, or else with minSize", async () => {
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    assert.deepEqual(await sizes(), {
      free: [1, 6, 1],
      initial: [1, 6, 2],
      fixed: [1, 6, 2],
      waiting: [1, 1, 1],
    });
    assertOrder(output, "aws:lb:Listener free-0 created", "aws:autoscaling:Group free creating");
  });

  it("are waited for at creation only where waitForCapacity is set", () => {
    const asked = proxy
      .sent(waits)
      .map(({ AutoScalingGroupName = "" }) => AutoScalingGroupName.split("-")[0]);

    assert.deepEqual([...new Set(asked)], ["waiting"]);
  });

  it("are neither waited for nor changed when minSize rises in groups that were scaled out elsewhere", async () => {
    await scaleElsewhere(4);
    await stack.configure("minSize", "2");
    proxy.takeCalls();
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    const calls = proxy.takeCalls();
    assert.equal(calls.filter((call) => call === "UpdateAutoScalingGroup").length, 3);
    assert.ok(!calls.includes(waits), "the provider waited");
    assert.deepEqual(await sizes(), {
      free: [2, 6, 4],
      initial: [2, 6, 4],
      fixed: [2, 6, 4],
      waiting: [1, 1, 1],
    });
  });

  it("stay after a refresh and a change of sizes, except in a group with desiredCapacity", async () => {
    await stack.configure("minSize", "1");
    await stack.configure("maxSize", "5");
    const { code, output } = await stack.up("--refresh");

    assert.equal(code, 0, output);
    assert.deepEqual(await sizes(), {
      free: [1, 5, 4],
      initial: [1, 5, 4],
      fixed: [1, 5, 2],
      waiting: [1, 1, 1],
    });
    const again = await stack.up("--refresh", "--expect-no-changes");
    assert.equal(again.code, 0, again.output);
  });

  it("rise with minSize where a group has fewer instances", async () => {
    await scaleElsewhere(1);
    await stack.configure("minSize", "2");
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    const { free, initial } = await sizes();
    assert.deepEqual(
      [free, initial],
      [
        [2, 5, 2],
        [2, 5, 2],
      ],
    );
  });

  it("fall to zero before the load balancer of another plugin's component is deleted", async () => {
    const { code, output } = await stack.destroy();

    assert.equal(code, 0, output);
    assertOrder(output, "aws:autoscaling:Group free deleted", "aws:lb:Listener free-0 deleting");
    assertOrder(output, "aws:lb:Listener free-0 deleted", "aws:lb:LoadBalancer free deleting");
    assertOrder(output, "aws:lb:LoadBalancer free deleted", "aws:ec2:SecurityGroup free deleting");
    assert.deepEqual(await sizes(), {});
  });
});
