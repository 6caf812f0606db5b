import assert from "node:assert/strict";
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { EventBridgeClient, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { decodeInstructions, lifecycleTransitions, revisionsOf } from "../../contract";
import { deployerPolicies, filledIn } from "../support/deployer/policies";
import { list } from "../support/iam/policy";
import { needed, uncalled, unused } from "./support/deployer";
import { startRecordingProxy, type RecordingProxy } from "./support/recordingProxy";
import { deployedIn, groupCalled, one, ownTags } from "./support/region";
import { Stack, stepsIn, warningsIn, type StateResource } from "./support/stack";

/** A Region of its own, so that other tests do not interfere. */
const region = "eu-west-1";
const eventBridge = new EventBridgeClient({ region });
const { documentNames, functions, groups, hooksOf, policiesOf, rules } = deployedIn(region);

describe("two stacks that share a handler, on the real engine", () => {
  let proxy: RecordingProxy;
  let owner: Stack;
  let user: Stack;
  let ofOwner: readonly StateResource[];
  let ofUser: readonly StateResource[];
  /** Name of the handler. */
  let handler: string;
  before(async () => {
    proxy = await startRecordingProxy(process.env["AWS_ENDPOINT_URL"] ?? "");
    const environment = { AWS_ENDPOINT_URL: proxy.url };
    owner = await Stack.create("owner", { environment, program: "handlerOwner", region });
    user = await Stack.create("user", { environment, program: "handlerUser", region });
  });
  after(async () => {
    owner.remove();
    user.remove();
    await proxy.close();
  });

  it("come up one after the other without a warning of ours", async () => {
    for (const stack of [owner, user]) {
      const { code, output } = await stack.up();
      assert.equal(code, 0, output);
      assert.deepEqual(warningsIn(output), []);
    }
    ofOwner = await owner.resources();
    ofUser = await user.resources();
    handler = one(ofOwner, "aws:lambda/function:Function", "shared").id ?? "";
  });

  it("have one function between them", async () => {
    const names = (await functions()).map(({ FunctionName }) => FunctionName);

    assert.deepEqual(names, [handler]);
    for (const { type, urn } of ofUser) {
      assert.doesNotMatch(type, /^aws:(lambda|sns|sqs)\/|LifecycleHandler$|eventRule/, urn);
    }
  });

  it("have the handler's rules once: commands, hooks, Spot instances and every minute, all for the function", async () => {
    const found = await rules();
    const [made] = await functions();

    assert.deepEqual(
      found.map(({ Description }) => Description).sort(),
      [
        "Commands of the handler's documents that have ended.",
        "Lifecycle actions at the handler's hooks that have EventBridge as their transport.",
        "Once a minute: what is against what should be.",
        "Spot instances that EC2 is about to take back.",
      ].sort(),
    );
    for (const { Name: Rule } of found) {
      const { Targets = [] } = await eventBridge.send(new ListTargetsByRuleCommand({ Rule }));
      assert.deepEqual(
        Targets.map(({ Arn }) => Arn),
        [made?.FunctionArn],
      );
    }
    const patterns = found.map(({ EventPattern = "" }) => EventPattern).join("\n");
    assert.ok(patterns.includes(`"prefix":"${handler}-"`), patterns);
    assert.ok(patterns.includes("EC2 Spot Instance Interruption Warning"), patterns);
  });

  it("put hooks on all three groups, each named after its transport", async () => {
    const all = await groups();

    assert.equal(all.length, 3);
    assert.deepEqual(await hooksOf(groupCalled(all, "web")), [
      "graceful-launch-eventbridge 390 ABANDON",
      "graceful-terminate-eventbridge 450 CONTINUE",
    ]);
    assert.deepEqual(await hooksOf(groupCalled(all, "jobs")), ["graceful-terminate-sns 390 ABANDON"]);
    const onLegacy = await hooksOf(groupCalled(all, "legacy"));
    // On a group that exists already Pulumi names the hooks, so that no two components own the same hook.
    assert.deepEqual(
      onLegacy.map((hook) => hook.replace(/-[0-9a-f]{7} /, "-ID ")),
      ["legacy-launch-eventbridge-ID 390 ABANDON", "legacy-terminate-eventbridge-ID 390 CONTINUE"],
    );
  });

  it("tell the handler in each hook what to do, and leave topic and role out where EventBridge delivers the events", async () => {
    const documents = await documentNames();
    const topicArn = one(ofOwner, "aws:sns/topic:Topic", "shared-hooks").outputs?.["arn"];
    const roleArn = one(ofOwner, "aws:iam/role:Role", "shared-hooks").outputs?.["arn"];

    const puts = proxy.sent("PutLifecycleHook");
    // A group of ours is created with its hooks, and each hook is also a resource of its own.
    assert.equal(puts.length, 2 * 2 + 2 * 1 + 2);
    for (const put of puts) {
      const name = put["LifecycleHookName"] ?? "";
      const instructions = decodeInstructions(put["NotificationMetadata"]);
      assert.equal(instructions?.handler, handler);
      assert.ok(documents.includes(instructions.document), instructions.document);
      assert.match(name, new RegExp(`-${instructions.transport}(-[0-9a-f]{7})?$`));
      const bySns = instructions.transport === "sns";
      assert.equal(put["NotificationTargetARN"], bySns ? topicArn : undefined, name);
      assert.equal(put["RoleARN"], bySns ? roleArn : undefined, name);
    }
  });

  it("name all documents after the handler, whose role allows no other documents", async () => {
    const names = await documentNames();

    assert.equal(names.length, 2 + 1 + 2);
    for (const name of names) assert.ok(name.startsWith(`${handler}-`), name);
  });

  it("mark each group with the handler's name", async () => {
    const all = await groups();
    for (const name of ["web", "jobs"]) {
      assert.deepEqual(handlerTags(groupCalled(all, name)), [
        { Key: "graceful-asg:handler", PropagateAtLaunch: true, Value: handler },
      ]);
    }
    const [tag, ...others] = handlerTags(groupCalled(all, "legacy"));
    assert.match(tag?.Key ?? "", /^graceful-asg:handler:[0-9a-f]{8}$/);
    assert.deepEqual([tag?.PropagateAtLaunch, tag?.Value], [false, handler]);
    assert.deepEqual(others, []);
  });

  it("mark each group with the revisions of its hooks, as they were put", async () => {
    const all = await groups();
    for (const name of ["web", "jobs", "legacy"]) {
      const group = groupCalled(all, name);
      const puts = proxy
        .sent("PutLifecycleHook")
        .filter(({ AutoScalingGroupName }) => AutoScalingGroupName === group.AutoScalingGroupName);
      const metadataOf = (transition: "launch" | "terminate") =>
        puts.find((put) => put["LifecycleTransition"] === lifecycleTransitions[transition])?.[
          "NotificationMetadata"
        ];
      const hooks = (["terminate", "launch"] as const).flatMap((transition) => {
        const metadata = metadataOf(transition);
        return metadata === undefined ? [] : [{ transition, metadata }];
      });
      const tags = ownTags("hooks", group).map(({ PropagateAtLaunch, Value }) => [PropagateAtLaunch, Value]);

      assert.notEqual(hooks.length, 0);
      assert.deepEqual(tags, [[false, revisionsOf(hooks)]]);
    }
  });

  it("grant the handler the group that exists already, by its name and the tag of its instances", async () => {
    const { AutoScalingGroupName = "" } = groupCalled(await groups(), "legacy");
    const role = one(ofOwner, "aws:iam/role:Role", "shared-function").id ?? "";
    const policies = await policiesOf(role);
    const [grant = "", ...others] = policies.filter((policy) => policy.includes(AutoScalingGroupName));

    assert.deepEqual(others, []);
    assert.ok(grant.includes(`:autoScalingGroupName/${AutoScalingGroupName}"`), grant);
    assert.ok(grant.includes('"ssm:resourceTag/Name":"legacy"'), grant);
  });

  it("have policy, metric and alarm of retention", async () => {
    const { AutoScalingGroupName = "", EnabledMetrics = [] } = groupCalled(await groups(), "jobs");
    const alarm = one(ofUser, "aws:cloudwatch/metricAlarm:MetricAlarm", "jobs-retained").inputs;

    assert.deepEqual(one(ofUser, "aws:autoscaling/group:Group", "jobs").inputs?.["instanceLifecyclePolicy"], {
      retentionTriggers: { terminateHookAbandon: "retain" },
    });
    assert.deepEqual(
      EnabledMetrics.map(({ Metric }) => Metric),
      [
        "GroupTerminatingRetainedInstances",
        "WarmPoolTerminatingRetainedCapacity",
        "WarmPoolPendingRetainedCapacity",
      ],
    );
    assert.equal(alarm?.["metricName"], "GroupTerminatingRetainedInstances");
    assert.deepEqual(alarm["dimensions"], { AutoScalingGroupName });
  });

  it("have nothing to do when they are refreshed and brought up again", async () => {
    for (const stack of [owner, user]) {
      const { code, output } = await stack.up("--refresh", "--expect-no-changes");
      assert.equal(code, 0, output);
    }
  });

  it("change a timeout in place", async () => {
    await user.configure("timeout", "90");
    const { code, output } = await user.up();

    assert.equal(code, 0, output);
    assert.deepEqual(
      stepsIn(output).filter((step) => !step.includes("pulumi:pulumi:Stack")),
      [
        "update aws:autoscaling:LifecycleHook legacy-terminate-eventbridge",
        "update aws:autoscaling:Tag legacy-hooks",
        "update aws:ssm:Document legacy-terminate",
        "update graceful-asg:index:GracefulLifecycle legacy",
      ],
    );
  });

  it("remove hooks, tags and grant from the group that exists already, which stays", async () => {
    const { code, output } = await user.destroy("--target", "**GracefulLifecycle**");
    const legacy = groupCalled(await groups(), "legacy");
    const role = one(ofOwner, "aws:iam/role:Role", "shared-function").id ?? "";

    assert.equal(code, 0, output);
    assert.deepEqual(await hooksOf(legacy), []);
    assert.deepEqual(ownTags("", legacy), []);
    assert.equal((await policiesOf(role)).length, 1);
    assert.equal(proxy.sent("DeleteLifecycleHook").length, 2);
  });

  it("leave the handler and its other groups unchanged when the second stack is destroyed", async () => {
    const { code, output } = await user.destroy();

    assert.equal(code, 0, output);
    assert.deepEqual(await user.resources(), []);
    const [web, ...others] = await groups();
    assert.ok(web);
    assert.deepEqual(others, []);
    assert.equal((await hooksOf(web)).length, 2);
    assert.equal((await documentNames()).length, 2);
    assert.equal((await functions()).length, 1);
    const again = await owner.up("--refresh", "--expect-no-changes");
    assert.equal(again.code, 0, again.output);
  });

  it("leave nothing behind", async () => {
    const { code, output } = await owner.destroy();

    assert.equal(code, 0, output);
    assert.deepEqual(await owner.resources(), []);
    assert.deepEqual(
      [await groups(), await documentNames(), await functions(), await rules()],
      [[], [], [], []],
    );
    assert.equal(proxy.sent("DeleteLifecycleHook").length, 2, "a group was drained without its hooks");
  });

  it("need no permission that docs/permissions.md does not grant, and every permission that it grants for the components", async () => {
    const place = { account: "123456789012", region };
    const names = ["shared", "web", "jobs", "legacy"];
    const [components = [], example = []] = ["The components", "The example program besides"].map((part) =>
      filledIn(deployerPolicies().get(part) ?? "", { ...place, names }),
    );
    // These stacks look for the default VPC, as the example does.
    const looks = example.filter(({ Action }) =>
      list(Action).every((action) => action.includes(":Describe")),
    );
    const needs = await needed(proxy.all, [...components, ...looks], place);

    assert.deepEqual(needs.denied, []);
    assert.deepEqual(
      unused(components, needs).filter((action) => !(action in uncalled)),
      [],
    );
    assert.deepEqual(
      [...needs.actions].filter((action) => action in uncalled),
      [],
    );
  });
});

function handlerTags(group: AutoScalingGroup) {
  return ownTags("handler", group);
}
