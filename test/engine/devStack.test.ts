import assert from "node:assert/strict";
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
} from "@aws-sdk/client-auto-scaling";
import { GetDocumentCommand, ListDocumentsCommand, SSMClient } from "@aws-sdk/client-ssm";
import { deployerPolicies, filledIn } from "../support/deployer/policies";
import { needed, uncalled, unused } from "./support/deployer";
import { startRecordingProxy, type RecordingProxy } from "./support/recordingProxy";
import { Stack, stepsIn, warningsIn, type StateResource } from "./support/stack";

const types = {
  document: "aws:ssm/document:Document",
  group: "aws:autoscaling/group:Group",
};

describe("the dev stack on the real engine", () => {
  let proxy: RecordingProxy;
  let stack: Stack;
  let resources: readonly StateResource[];
  before(async () => {
    proxy = await startRecordingProxy(process.env["AWS_ENDPOINT_URL"] ?? "");
    stack = await Stack.create("dev", { environment: { AWS_ENDPOINT_URL: proxy.url } });
  });
  after(async () => {
    stack.remove();
    await proxy.close();
  });

  const one = (type: string) => {
    const found = resources.filter((resource) => resource.type === type);
    assert.ok(found[0]);
    return found[0];
  };
  const autoScaling = new AutoScalingClient({});
  const hooks = async () => {
    const input = { AutoScalingGroupName: one(types.group).id };
    const { LifecycleHooks = [] } = await autoScaling.send(new DescribeLifecycleHooksCommand(input));
    return LifecycleHooks.map(
      ({ HeartbeatTimeout, LifecycleHookName }) => `${LifecycleHookName ?? ""} ${HeartbeatTimeout ?? 0}`,
    ).sort();
  };

  it("refuses a wrong configuration in a sentence, before anything is made", async () => {
    await stack.configure("terminateTimeout", "4");
    const { code, output } = await stack.preview();
    await stack.configure("terminateTimeout", "120");

    assert.notEqual(code, 0);
    assert.match(
      output,
      /graceful-asg:terminateTimeout is 4; it must be a whole number of seconds from 5 to 172470\./,
    );
    assert.doesNotMatch(output, /^ +at .*\.ts:\d+/m, "a stack trace");
    assert.deepEqual(
      stepsIn(output).filter((step) => !step.includes("pulumi:pulumi:Stack")),
      [],
    );
  });

  it("refuses an instance type that no zone offers, in a sentence as well", async () => {
    await stack.configure("instanceType", "t4g.enormous");
    const { code, output } = await stack.preview();
    await stack.configure("instanceType", "t4g.micro");

    assert.notEqual(code, 0);
    assert.match(
      output,
      /instanceType is "t4g\.enormous"; it must be .* public subnet; none does\. Take another/,
    );
    assert.doesNotMatch(output, /^ +at .*\.ts:\d+/m, "a stack trace");
  });

  it("comes up without a warning of ours", async () => {
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    assert.deepEqual(warningsIn(output), []);
    assert.match(output, /timeline +: "0 s Terminating/);
    resources = await stack.resources();
  });

  it("puts the hooks on the group before it gets instances, and makes the listener before the group", async () => {
    const calls = proxy.takeCalls();

    assert.ok(calls.includes("CreateListener"));
    assert.ok(calls.indexOf("CreateListener") < calls.indexOf("CreateAutoScalingGroup"), calls.join("\n"));
    assert.ok(calls.indexOf("PutLifecycleHook") > calls.indexOf("CreateAutoScalingGroup"));
    assert.ok(calls.indexOf("PutLifecycleHook") < calls.indexOf("UpdateAutoScalingGroup"));
    assert.deepEqual(await hooks(), ["graceful-launch-sns 510", "graceful-terminate-sns 450"]);
  });

  it("leaves out the zone that lacks the instance type, and stays in all other zones", async () => {
    const { AutoScalingGroups: [group] = [] } = await autoScaling.send(
      new DescribeAutoScalingGroupsCommand({}),
    );

    // The letter of a zone differs between accounts; in moto us-east-1e is use1-az3, which has no t4g.
    assert.deepEqual(
      group?.AvailabilityZones?.sort(),
      ["a", "b", "c", "d", "f"].map((letter) => `us-east-1${letter}`),
    );
  });

  it("stores documents that SSM takes and returns", async () => {
    for (const { id } of resources.filter(({ type }) => type === types.document)) {
      const { Content = "" } = await new SSMClient({}).send(new GetDocumentCommand({ Name: id }));
      assert.match(Content, /"schemaVersion": ?"2.2"/);
    }
  });

  it("has nothing to do when it is brought up again", async () => {
    const { code, output } = await stack.up("--expect-no-changes");

    assert.equal(code, 0, output);
    assert.deepEqual(stepsIn(output), []);
  });

  it("changes a timeout in place", async () => {
    await stack.configure("terminateTimeout", "200");
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    assert.deepEqual(
      stepsIn(output).filter((step) => !step.includes("pulumi:pulumi:Stack")),
      [
        "update aws:autoscaling:Group web",
        "update aws:autoscaling:LifecycleHook web-terminate",
        "update aws:ssm:Document web-terminate",
        "update graceful-asg:index:GracefulAutoScalingGroup web",
      ],
    );
    assert.deepEqual(await hooks(), ["graceful-launch-sns 510", "graceful-terminate-sns 530"]);
    const before = one(types.group);
    resources = await stack.resources();
    assert.equal(one(types.group).id, before.id);
  });

  it("is destroyed in order: the group is drained while everything that its hooks and open requests need still exists", async () => {
    proxy.takeCalls();
    const { code, output } = await stack.destroy();
    const calls = proxy.takeCalls();

    assert.equal(code, 0, output);
    const drained = calls.indexOf("UpdateAutoScalingGroup to 0");
    const deleted = calls.indexOf("DeleteAutoScalingGroup");
    assert.ok(drained >= 0 && drained < deleted, calls.join("\n"));
    const others = calls.filter((call) => /^(Delete|DELETE|Detach|Remove|Unsubscribe)/.test(call));
    assert.equal(others[0], "DeleteAutoScalingGroup", others.join("\n"));
    // The instances' security group is deleted first, as it refers to the load balancer's security group.
    const network = ["DeleteListener", "DeleteLoadBalancer", "DeleteSecurityGroup"];
    assert.deepEqual(
      others.filter((call, index) => network.includes(call) && others.indexOf(call) === index),
      network,
    );
    for (const call of [
      "DeleteTopic",
      "DeleteRole",
      "DeleteRolePolicy",
      "DeleteDocument",
      "DeleteRule",
      "Unsubscribe",
    ]) {
      assert.ok(others.includes(call), `${call} is missing in ${others.join(", ")}`);
    }
    assert.ok(others.some((call) => call.startsWith("DELETE /2015-03-31/functions/")));
    assert.ok(
      !others.includes("DeleteLifecycleHook"),
      "a hook was deleted before the group had drained through it",
    );
  });

  it("leaves nothing behind", async () => {
    assert.deepEqual(await stack.resources(), []);
    const groups = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
    const documents = await new SSMClient({}).send(
      new ListDocumentsCommand({ Filters: [{ Key: "Owner", Values: ["Self"] }] }),
    );

    assert.deepEqual(groups.AutoScalingGroups, []);
    assert.deepEqual(documents.DocumentIdentifiers, []);
  });

  it("needs no permission that docs/permissions.md does not grant, and every permission that it grants for the example", async () => {
    const place = { account: "123456789012", region: "us-east-1" };
    const [components = [], example = []] = ["The components", "The example program besides"].map((part) =>
      filledIn(deployerPolicies().get(part) ?? "", { ...place, names: ["web"] }),
    );
    const needs = await needed(proxy.all, [...components, ...example], place);

    assert.deepEqual(needs.denied, []);
    assert.deepEqual(
      unused(example, needs).filter((action) => !(action in uncalled)),
      [],
    );
    assert.deepEqual(
      [...needs.actions].filter((action) => action in uncalled),
      [],
    );
  });
});
