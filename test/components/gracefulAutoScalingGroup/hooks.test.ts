import assert from "node:assert/strict";
import { decodeInstructions } from "../../../contract";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

describe("the hooks of a GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("are created with the group, before the first instance, and never change in the group's arguments", () => {
    const { ignoreChanges, inputs } = groupOf(all);
    const hooks = ofType(all, types.hook).map((hook) => {
      const { autoscalingGroupName, ...settings } = hook.inputs;
      assert.equal(autoscalingGroupName, groupOf(all).state["name"]);
      return settings;
    });

    assert.deepEqual(inputs["initialLifecycleHooks"], hooks);
    assert.equal(hooks.length, 2);
    assert.ok(ignoreChanges.includes("initialLifecycleHooks"));
  });

  it("are deleted with the group, so that destroy scales in through them", () => {
    for (const hook of ofType(all, types.hook)) {
      assert.equal(hook.deletedWith, groupOf(all).urn);
      assert.equal(hook.retainOnDelete, false);
    }
  });

  it("are derived from the times", () => {
    const { inputs: terminate } = only(all, types.hook, "web-terminate");
    const { inputs: onLaunch } = only(all, types.hook, "web-launch");

    assert.equal(terminate["name"], "graceful-terminate-sns");
    assert.equal(terminate["lifecycleTransition"], "autoscaling:EC2_INSTANCE_TERMINATING");
    assert.equal(terminate["heartbeatTimeout"], 450);
    assert.equal(terminate["defaultResult"], "CONTINUE");
    assert.equal(terminate["notificationTargetArn"], only(all, types.topic).state["arn"]);
    assert.equal(terminate["roleArn"], only(all, types.role, "web-handler-hooks").state["arn"]);
    assert.equal(onLaunch["name"], "graceful-launch-sns");
    assert.equal(onLaunch["lifecycleTransition"], "autoscaling:EC2_INSTANCE_LAUNCHING");
    assert.equal(onLaunch["heartbeatTimeout"], 630);
    assert.equal(onLaunch["defaultResult"], "ABANDON");
  });

  it("tell the handler what to do", () => {
    const { inputs } = only(all, types.hook, "web-terminate");

    assert.deepEqual(decodeInstructions(String(inputs["notificationMetadata"])), {
      handler: only(all, types.function).state["name"],
      transport: "sns",
      document: only(all, types.document, "web-terminate").state["name"],
      delivery: 30,
      execution: 120,
      maxWait: 0,
      deregistrationDelay: 300,
      agentTimeout: 180,
      heartbeatTimeout: 450,
      onFailure: "continue",
    });
  });

  it("tell the handler how long to ask an agent that does not answer", async () => {
    const some = await make({
      terminate: { script: "stop", timeout: 120, agentTimeout: 400, heartbeatTimeout: 3600 },
      launch: { script: "start", timeout: 120, agentTimeout: 500 },
    });
    const told = (name: string) => {
      const { inputs } = only(some, types.hook, name);
      const { agentTimeout, heartbeatTimeout } =
        decodeInstructions(String(inputs["notificationMetadata"])) ?? {};
      return [agentTimeout, heartbeatTimeout, inputs["heartbeatTimeout"]];
    };

    assert.deepEqual(told("web-terminate"), [400, 3600, 3600]);
    assert.deepEqual(told("web-launch"), [500, 770, 770]);
  });

  it("have documents named after the handler, whose role allows no other documents", () => {
    for (const { state } of ofType(all, types.document)) {
      assert.ok(String(state["name"]).startsWith(`${String(only(all, types.function).state["name"])}-`));
    }
  });
});

describe("the hooks of a GracefulAutoScalingGroup with other arguments", () => {
  it("do not include a launch hook or a launch document without a launch script", async () => {
    const all = await make();

    assert.deepEqual(
      ofType(all, types.hook).map(({ name }) => name),
      ["web-terminate"],
    );
    assert.deepEqual(
      ofType(all, types.document).map(({ name }) => name),
      ["web-terminate"],
    );
    assert.equal((groupOf(all).inputs["initialLifecycleHooks"] as unknown[]).length, 1);
  });

  it("name neither topic nor role where EventBridge delivers the events, and are named after EventBridge", async () => {
    const all = await make({ transport: "eventbridge" });
    const { inputs } = only(all, types.hook);

    assert.equal(inputs["name"], "graceful-terminate-eventbridge");
    assert.ok(!("notificationTargetArn" in inputs) && !("roleArn" in inputs));
    assert.equal(decodeInstructions(String(inputs["notificationMetadata"]))?.transport, "eventbridge");
  });

  it("come with the policy, default result, metric and alarm of retention where onFailure is retain", async () => {
    const all = await make({
      terminate: { script: "stop", timeout: 120, onFailure: "retain" },
      enabledMetrics: ["GroupDesiredCapacity"],
      alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
    });
    const { inputs } = groupOf(all);

    assert.deepEqual(inputs["instanceLifecyclePolicy"], {
      retentionTriggers: { terminateHookAbandon: "retain" },
    });
    assert.deepEqual(inputs["enabledMetrics"], ["GroupDesiredCapacity", "GroupTerminatingRetainedInstances"]);
    assert.equal(only(all, types.hook).inputs["defaultResult"], "ABANDON");
    const alarm = only(all, types.alarm, "web-retained").inputs;
    assert.equal(alarm["metricName"], "GroupTerminatingRetainedInstances");
    assert.deepEqual(alarm["dimensions"], { AutoScalingGroupName: groupOf(all).state["name"] });
    assert.deepEqual(alarm["alarmActions"], ["arn:aws:sns:us-east-1:123456789012:alarms"]);
  });

  it("come without the policy, metric and alarm of retention where onFailure is abandon", async () => {
    const all = await make({ terminate: { script: "stop", timeout: 120, onFailure: "abandon" } });

    assert.equal(groupOf(all).inputs["instanceLifecyclePolicy"], undefined);
    assert.equal(groupOf(all).inputs["enabledMetrics"], undefined);
    assert.deepEqual(
      ofType(all, types.alarm).filter(({ name }) => name === "web-retained"),
      [],
    );
    assert.equal(only(all, types.hook).inputs["defaultResult"], "ABANDON");
  });
});
