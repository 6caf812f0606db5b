import assert from "node:assert/strict";
import { GracefulLifecycle, LifecycleHandler } from "../../components";
import { decodeInstructions, revisionsOf } from "../../contract";
import { ofType, type Registration } from "../../evaluate/registration";
import { existingArgs, handlerElsewhere, only, registered } from "../support/deployment";

const types = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  component: "graceful-asg:index:GracefulLifecycle",
  function: "aws:lambda/function:Function",
  group: "aws:autoscaling/group:Group",
  hook: "aws:autoscaling/lifecycleHook:LifecycleHook",
  policy: "aws:iam/rolePolicy:RolePolicy",
  role: "aws:iam/role:Role",
  tag: "aws:autoscaling/tag:Tag",
  topic: "aws:sns/topic:Topic",
} as const;

describe("GracefulLifecycle on a group that exists already", () => {
  let all: readonly Registration[];
  before(async () => {
    all = await registered(() => {
      const handler = new LifecycleHandler("shared");
      new GracefulLifecycle("legacy", existingArgs({ handler, launch: { script: "ready", timeout: 60 } }));
    });
  });

  it("puts its hooks on the group and makes no group", () => {
    assert.deepEqual(ofType(all, types.group), []);
    for (const { inputs } of ofType(all, types.hook))
      assert.equal(inputs["autoscalingGroupName"], "legacy-web");
    assert.equal(ofType(all, types.hook).length, 2);
  });

  it("deletes its hooks with itself, before anything that they need", () => {
    const needed = [
      only(all, types.topic),
      only(all, types.function),
      ...ofType(all, types.policy),
      ...ofType(all, types.tag),
    ];
    for (const hook of ofType(all, types.hook)) {
      assert.equal(hook.deletedWith, "");
      for (const { name, urn } of needed) assert.ok(hook.dependencies.includes(urn), name);
    }
  });

  it("marks the group by the handler's name under a key of its own, so that the sweep finds the group", () => {
    const { autoscalingGroupName, tag } = only(all, types.tag, "legacy").inputs;
    const { key, ...rest } = tag as Record<string, unknown>;

    assert.equal(autoscalingGroupName, "legacy-web");
    assert.match(String(key), /^graceful-asg:handler:[0-9a-f]{8}$/);
    assert.deepEqual(rest, { value: only(all, types.function).state["name"], propagateAtLaunch: false });
  });

  it("marks the group by the revisions of its hooks, before the hooks have them", () => {
    const [terminate, launch] = ["terminate", "launch"].map((name) =>
      only(all, types.hook, `legacy-${name}-sns`),
    );
    const { autoscalingGroupName, tag } = only(all, types.tag, "legacy-hooks").inputs;
    const { key, ...rest } = tag as Record<string, unknown>;
    const value = revisionsOf([
      { transition: "terminate", metadata: String(terminate?.inputs["notificationMetadata"]) },
      { transition: "launch", metadata: String(launch?.inputs["notificationMetadata"]) },
    ]);

    assert.equal(autoscalingGroupName, "legacy-web");
    assert.match(String(key), /^graceful-asg:hooks:[0-9a-f]{8}$/);
    assert.deepEqual(rest, { value, propagateAtLaunch: false });
  });

  it("owns hooks and tags alone: another component on the same group, or its own successor, has other hooks and tags", async () => {
    const owned = (made: readonly Registration[]) => [
      ...ofType(made, types.hook).map(({ state }) => state["name"]),
      ...ofType(made, types.tag).map(({ inputs }) => (inputs["tag"] as Record<string, unknown>)["key"]),
    ];
    const one = await registered(() => new GracefulLifecycle("one", existingArgs()));
    const two = await registered(() => new GracefulLifecycle("two", existingArgs()));
    const elsewhere = await registered(() => new GracefulLifecycle("one", existingArgs()), { stack: "prod" });
    const eventbridge = await registered(
      () => new GracefulLifecycle("one", existingArgs({ transport: "eventbridge" })),
    );

    assert.deepEqual(
      owned(two).filter((name) => owned(one).includes(name)),
      [],
    );
    // Pulumi keeps the names that it has chosen as long as the logical names stay.
    for (const { inputs } of ofType(one, types.hook)) assert.ok(!("name" in inputs));
    assert.equal(new Set([...owned(elsewhere).slice(1), ...owned(one).slice(1)]).size, 4);
    assert.notEqual(only(eventbridge, types.hook).name, only(one, types.hook).name);
  });

  it("grants the handler this group and instances with the tag that they have had all along", () => {
    const { inputs } = only(all, types.policy, "legacy-group");

    assert.equal(inputs["role"], only(all, types.role, "shared-function").state["name"]);
    assert.deepEqual(JSON.parse(String(inputs["policy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
          Resource:
            "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/legacy-web",
        },
        {
          Effect: "Allow",
          Action: "ssm:SendCommand",
          Resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
          Condition: { StringEquals: { "ssm:resourceTag/Name": "legacy-web" } },
        },
      ],
    });
  });

  it("tells the handler how long the group's target groups drain", async () => {
    const made = await registered(
      () => new GracefulLifecycle("legacy", existingArgs({ deregistrationDelay: 0 })),
    );
    const metadata = String(only(made, types.hook).inputs["notificationMetadata"]);

    assert.equal(decodeInstructions(metadata)?.deregistrationDelay, 0);
  });

  it("tells the handler the log group for the output of scripts, on request", async () => {
    const args = existingArgs({ handler: handlerElsewhere, scriptLogs: true });
    const made = await registered(() => new GracefulLifecycle("legacy", args));
    const metadata = String(only(made, types.hook).inputs["notificationMetadata"]);
    const usual = String(ofType(all, types.hook)[0]?.inputs["notificationMetadata"]);

    assert.equal(decodeInstructions(metadata)?.scriptLogGroup, "shared");
    assert.equal(decodeInstructions(usual)?.scriptLogGroup, undefined);
  });

  it("makes a handler of its own where no handler is given", async () => {
    const made = await registered(() => new GracefulLifecycle("legacy", existingArgs()));

    assert.equal(only(made, types.function).name, "legacy-handler");
  });

  it("makes nothing but documents, grant, tags and hooks where a handler of another stack is given", async () => {
    const made = await registered(
      () => new GracefulLifecycle("legacy", existingArgs({ handler: handlerElsewhere })),
    );

    assert.deepEqual(made.map(({ name, type }) => `${type} ${name}`).sort(), [
      "aws:autoscaling/lifecycleHook:LifecycleHook legacy-terminate-sns",
      "aws:autoscaling/tag:Tag legacy",
      "aws:autoscaling/tag:Tag legacy-hooks",
      "aws:iam/rolePolicy:RolePolicy legacy-group",
      "aws:ssm/document:Document legacy-terminate",
      "graceful-asg:index:GracefulLifecycle legacy",
    ]);
    assert.equal(only(made, types.policy).inputs["role"], handlerElsewhere.functionRoleName);
  });

  it("names neither topic nor role where EventBridge delivers the events", async () => {
    const made = await registered(
      () =>
        new GracefulLifecycle(
          "legacy",
          existingArgs({
            handler: handlerElsewhere,
            transport: "eventbridge",
            launch: { script: "ready", timeout: 60 },
          }),
        ),
    );
    const hooks = ofType(made, types.hook).map(({ inputs }) => inputs);

    assert.equal(hooks.length, 2);
    for (const inputs of hooks) assert.ok(!("notificationTargetArn" in inputs) && !("roleArn" in inputs));
  });

  it("raises an alarm for as long as the group retains an instance, where onFailure is retain", async () => {
    const alarmTopicArn = "arn:aws:sns:us-east-1:123456789012:alarms";
    const terminate = { script: "stop", timeout: 120, onFailure: "retain" } as const;
    const made = await registered(
      () => new GracefulLifecycle("legacy", existingArgs({ terminate, alarmTopicArn })),
    );
    const alarm = only(made, types.alarm, "legacy-retained").inputs;

    assert.equal(only(made, types.hook).inputs["defaultResult"], "ABANDON");
    assert.equal(alarm["metricName"], "GroupTerminatingRetainedInstances");
    assert.deepEqual(alarm["dimensions"], { AutoScalingGroupName: "legacy-web" });
    assert.deepEqual(alarm["alarmActions"], [alarmTopicArn]);
    assert.ok(!ofType(all, types.alarm).some(({ name }) => name === "legacy-retained"));
  });
});
