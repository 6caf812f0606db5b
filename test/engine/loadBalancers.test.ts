import assert from "node:assert/strict";
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
} from "@aws-sdk/client-auto-scaling";
import { startRecordingProxy, type RecordingProxy } from "./support/recordingProxy";
import { Stack, stepsIn, warningsIn } from "./support/stack";

/** A Region of its own, so that other tests do not interfere. */
const region = "ca-central-1";
const autoScaling = new AutoScalingClient({ region });

describe("groups with each kind of load balancer, and without any, on the real engine", () => {
  let proxy: RecordingProxy;
  let stack: Stack;
  before(async () => {
    proxy = await startRecordingProxy(process.env["AWS_ENDPOINT_URL"] ?? "");
    stack = await Stack.create("balancers", {
      environment: { AWS_ENDPOINT_URL: proxy.url },
      program: "loadBalancers",
      region,
    });
    await stack.configure("timeout", "120");
    await stack.configure("hasShop", "true");
  });
  after(async () => {
    stack.remove();
    await proxy.close();
  });

  /** A group by the name that the program gives it. */
  const group = async (name: string) => {
    const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
    const found = AutoScalingGroups.find(({ AutoScalingGroupName = "" }) =>
      AutoScalingGroupName.startsWith(`${name}-`),
    );
    assert.ok(found, `there is no group ${name}`);
    return found;
  };
  const hooks = async (name: string) => {
    const { AutoScalingGroupName } = await group(name);
    const { LifecycleHooks = [] } = await autoScaling.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName }),
    );
    return LifecycleHooks.map(
      ({ HeartbeatTimeout, LifecycleHookName }) => `${LifecycleHookName ?? ""} ${HeartbeatTimeout ?? 0}`,
    );
  };
  const types = async () => (await stack.resources()).map(({ urn }) => urn.split("::").slice(-2).join(" "));

  it("come up without a warning of ours, each with its target groups", async () => {
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    assert.deepEqual(warningsIn(output), []);
    assert.deepEqual((await group("workers")).TargetGroupARNs, []);
    assert.equal((await group("workers")).HealthCheckType, "EC2");
    assert.equal((await group("database")).TargetGroupARNs?.length, 1);
    assert.equal((await group("database")).HealthCheckType, "ELB");
    assert.equal((await group("shop")).TargetGroupARNs?.length, 2);
    assert.match(output, /workers +: "0 s Terminating: there is no target group to drain/);
    assert.match(output, /120 s the Network Load Balancer closes the connections that are still open/);
    assert.match(output, /shop +: "0 s Terminating: the target groups send .* up to 60 s/);
  });

  it("have their hooks before their first instance, workers too", async () => {
    const calls = proxy.takeCalls();

    assert.equal(calls.filter((call) => call === "CreateAutoScalingGroup").length, 3);
    const { Instances = [] } = await group("workers");
    assert.equal(Instances.length, 1);
    assert.deepEqual(await hooks("workers"), ["graceful-terminate-sns 450"]);
    const sent = proxy
      .sent("CreateAutoScalingGroup")
      .map(({ DesiredCapacity, MinSize }) => [DesiredCapacity, MinSize]);
    for (const [desired = "0", min = "0"] of sent) assert.deepEqual([desired, min], ["0", "0"]);
  });

  it("have nothing to do when they are brought up again", async () => {
    const { code, output } = await stack.up("--refresh", "--expect-no-changes");

    assert.equal(code, 0, output);
  });

  it("change a timeout in place", async () => {
    await stack.configure("timeout", "200");
    const before = await group("workers");
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    assert.deepEqual(
      stepsIn(output).filter((step) => step.endsWith(" workers") || step.includes(" workers-")),
      [
        "update aws:autoscaling:Group workers",
        "update aws:autoscaling:LifecycleHook workers-terminate",
        "update aws:ssm:Document workers-terminate",
        "update graceful-asg:index:GracefulAutoScalingGroup workers",
      ],
    );
    assert.deepEqual(await hooks("workers"), ["graceful-terminate-sns 530"]);
    assert.equal((await group("workers")).AutoScalingGroupARN, before.AutoScalingGroupARN);
  });

  it("leave existing target groups and their listener behind, with everything that forwards to them", async () => {
    await stack.configure("hasShop", "false");
    proxy.takeCalls();
    const { code, output } = await stack.up();
    const calls = proxy.takeCalls();

    assert.equal(code, 0, output);
    assert.ok(calls.includes("UpdateAutoScalingGroup to 0"), calls.join("\n"));
    assert.ok(calls.includes("DeleteAutoScalingGroup"));
    for (const call of ["DeleteListener", "DeleteTargetGroup", "DeleteLoadBalancer", "DeleteLifecycleHook"])
      assert.ok(!calls.includes(call), call);
    const left = await types();
    for (const one of ["TargetGroup shop-0", "TargetGroup shop-1", "Listener shop", "LoadBalancer shop"])
      assert.ok(
        left.some((type) => type.endsWith(one)),
        one,
      );
    await stack.configure("hasShop", "true");
    const again = await stack.up();
    assert.equal(again.code, 0, again.output);
  });

  it("are drained while their listeners and their handler still exist", async () => {
    proxy.takeCalls();
    const { code, output } = await stack.destroy();
    const calls = proxy.takeCalls();

    assert.equal(code, 0, output);
    assert.equal(calls.filter((call) => call === "UpdateAutoScalingGroup to 0").length, 3);
    assert.equal(calls.filter((call) => call === "DeleteAutoScalingGroup").length, 3);
    const lastGroup = calls.lastIndexOf("DeleteAutoScalingGroup");
    assert.ok(lastGroup < calls.indexOf("DeleteTopic"), calls.join("\n"));
    assert.ok(!calls.includes("DeleteLifecycleHook"));
    const at = (line: RegExp) => output.search(line);
    for (const name of ["database", "shop"])
      assert.ok(at(RegExp(`Group ${name} deleted`)) < at(RegExp(`Listener ${name} deleting`)), output);
    assert.deepEqual(await stack.resources(), []);
  });
});
