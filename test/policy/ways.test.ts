import assert from "node:assert/strict";
import { findings, hookProps, later, resource, type Given } from "../support/policy";

/** A slow function, and a hook of 300 s on a group, whose events reach the function or not. */
const arn = "arn:aws:lambda:us-east-1:123456789012:function:stop";
const web = (props = {}) => resource("Group", "web", { name: "web", region: "us-east-1", ...props });
const slow = resource(
  "Function",
  "slow",
  { name: "stop", arn, timeout: 600 },
  { outputs: { region: "us-east-1" } },
);
const unmade = resource(
  "Function",
  "slow",
  { name: "stop", timeout: 600 },
  { outputs: { arn: later, region: "us-east-1" } },
);
const topic = resource("Topic", "hooks", { name: "hooks", arn: "arn:aws:sns:us-east-1:123456789012:hooks" });
const queue = resource("Queue", "hooks", { name: "hooks", arn: "arn:aws:sqs:us-east-1:123456789012:hooks" });
const topicArn = topic.props?.["arn"];
const queueArn = queue.props?.["arn"];
const hook = (props = {}, more = {}) =>
  resource("LifecycleHook", "drain", hookProps({ autoscalingGroupName: "web", ...props }), more);
const toTopic = hook({ notificationTargetArn: topicArn });
const toQueue = hook({ notificationTargetArn: queueArn });
const subscription = (props = {}) =>
  resource("TopicSubscription", "hooks", { topic: topicArn, endpoint: arn, ...props });
const mapping = (props = {}) =>
  resource("EventSourceMapping", "hooks", { eventSourceArn: queueArn, functionName: "stop", ...props });
const filters = (...patterns: unknown[]) => ({
  filterCriteria: { filters: patterns.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
});
const json = JSON.stringify;
const rule = (props = {}) =>
  resource("EventRule", "hooks", {
    name: "hooks",
    eventPattern: json({
      source: ["aws.autoscaling"],
      "detail-type": ["EC2 Instance-terminate Lifecycle Action"],
    }),
    ...props,
  });
const target = (props = {}) => resource("EventTarget", "hooks", { rule: "hooks", arn, ...props });

const byTopic = (props: object) => [web(), toTopic, topic, subscription(props), slow];
const byQueue = (props: object) => [web(), toQueue, queue, mapping(props), slow];
const byRule = (ofRule: object, ofTarget: object = {}) => [
  web(),
  hook(),
  rule(ofRule),
  target(ofTarget),
  slow,
];
const body = "MessageBody";
const alias = resource("Alias", "live", { name: "live", functionName: "stop" }, { outputs: { arn: later } });

const reaching: Readonly<Record<string, readonly Given[]>> = {
  "a subscription without a filter": byTopic({ filterPolicy: "" }),
  "a filter policy that takes the message": byTopic({
    filterPolicy: json({ LifecycleHookName: ["drain"], NotificationMetadata: [{ exists: false }] }),
    filterPolicyScope: body,
  }),
  "a filter policy on attributes that are not there": byTopic({
    filterPolicy: json({ kind: [{ exists: false }] }),
  }),
  "a mapping whose second filter takes the message": byQueue(
    filters({ body: { LifecycleHookName: ["boot"] } }, { body: { AutoScalingGroupName: ["web"] } }),
  ),
  "a queue that gets the notification raw from a topic": [
    web(),
    toTopic,
    topic,
    queue,
    subscription({ endpoint: queueArn, rawMessageDelivery: true }),
    mapping(filters({ body: { LifecycleHookName: ["drain"] } })),
    slow,
  ],
  "a rule that is enabled": byRule({ state: "ENABLED", eventBusName: "default" }),
  "a rule that is named with its bus": byRule(
    {},
    { eventBusName: "arn:aws:events:us-east-1:123456789012:event-bus/default" },
  ),
  "a rule and a queue": [...byRule({}, { arn: queueArn }), queue, mapping()],
  "a rule and a topic": [...byRule({}, { arn: topicArn }), topic, subscription()],
  "an alias that is yet to be made": [
    web(),
    toTopic,
    topic,
    alias,
    unmade,
    resource(
      "TopicSubscription",
      "hooks",
      { topic: topicArn, endpoint: later },
      { from: { endpoint: [alias] } },
    ),
  ],
  "an ARN that is written by hand": [web(), toTopic, topic, subscription(), unmade],
  "a partial ARN": [
    web(),
    toQueue,
    queue,
    mapping({ functionName: "123456789012:function:stop:live" }),
    unmade,
  ],
  "a hook on a group that is not in the stack": [
    hook({ notificationTargetArn: topicArn }),
    topic,
    subscription(),
    slow,
  ],
};

const keptAway: Readonly<Record<string, readonly Given[]>> = {
  "a filter policy for another hook": byTopic({
    filterPolicy: json({ LifecycleHookName: ["boot"] }),
    filterPolicyScope: body,
  }),
  "a filter policy on attributes, which nobody sends": byTopic({
    filterPolicy: json({ LifecycleHookName: ["drain"] }),
  }),
  "a filter policy that is not known": byTopic({ filterPolicy: later }),
  "a filter policy on an instance that is not known": byTopic({
    filterPolicy: json({ EC2InstanceId: [{ "anything-but": "i-1" }] }),
    filterPolicyScope: body,
  }),
  "a mapping that is disabled": byQueue({ enabled: false }),
  "a mapping whose filter takes no such message": byQueue(filters({ body: { LifecycleHookName: ["boot"] } })),
  "a mapping whose filter looks for what SNS has wrapped": [
    web(),
    toTopic,
    topic,
    queue,
    subscription({ endpoint: queueArn }),
    mapping(filters({ body: { LifecycleHookName: ["drain"] } })),
    slow,
  ],
  "a rule that is disabled": byRule({ state: "DISABLED" }),
  "a rule that is not enabled, in the older way": byRule({ isEnabled: false }),
  "a rule on another bus": byRule({ eventBusName: "others" }, { eventBusName: "others" }),
  "a target of a rule of the same name on another bus": byRule({}, { eventBusName: "others" }),
  "a target that changes the event before a filter": [
    ...byRule({}, { arn: queueArn, inputPath: "$.detail" }),
    queue,
    mapping(filters({ body: { source: ["aws.autoscaling"] } })),
  ],
  "an ARN in another Region": byTopic({ endpoint: arn.replace("us-east-1", "eu-west-1") }),
  "an ARN of another account": byTopic({ endpoint: arn.replace("123456789012", "210987654321") }),
  "a name that begins with the function's": byQueue({ functionName: "stop-at-once" }),
  "an alias of another function": [
    web(),
    toTopic,
    topic,
    resource("Alias", "live", { name: "stop", functionName: "other", arn: `${arn}-other:stop` }),
    subscription({ endpoint: `${arn}-other:stop` }),
    slow,
  ],
};

describe("the way from a hook to a function", () => {
  const found = (given: readonly Given[]) => findings("lambda-timeout-within-heartbeat", given);

  for (const [way, given] of Object.entries(reaching)) {
    it(`leads through ${way}`, async () => {
      assert.match((await found(given)).join(), /^Function "slow": timeout is 600 s; [^\n]*$/);
    });
  }

  for (const [way, given] of Object.entries(keptAway)) {
    it(`ends at ${way}`, async () => {
      assert.deepEqual(await found(given), []);
    });
  }

  describe("with several initial hooks of a group", () => {
    const other = resource("Topic", "other", { name: "other", arn: later });
    const unmadeTopic = resource("Topic", "hooks", { name: "hooks", arn: later });
    const ofUnmade = resource(
      "TopicSubscription",
      "hooks",
      { topic: later, endpoint: arn },
      { from: { topic: [unmadeTopic] } },
    );
    const born = (one: unknown, two: unknown, from: readonly Given[]) => [
      resource(
        "Group",
        "web",
        {
          name: "web",
          initialLifecycleHooks: [
            hookProps({ notificationTargetArn: one }),
            hookProps({ name: "long", heartbeatTimeout: 900, notificationTargetArn: two }),
          ],
        },
        { from: { initialLifecycleHooks: from }, outputs: { initialLifecycleHooks: later } },
      ),
      unmadeTopic,
      other,
      ofUnmade,
      slow,
    ];

    it("leads through the topic that all hooks are computed from", async () => {
      assert.equal((await found(born(later, later, [unmadeTopic]))).length, 1);
    });

    it("does not lead through the topic of another hook, or through one of several possible topics", async () => {
      assert.deepEqual(await found(born(undefined, later, [unmadeTopic])), [], "the long one has room");
      assert.deepEqual(await found(born(later, later, [unmadeTopic, other])), []);
    });

    it("leads through the remaining topic where the other topics are known", async () => {
      const made = resource("Topic", "made", {
        name: "made",
        arn: "arn:aws:sns:us-east-1:123456789012:made",
      });
      const given = born(later, made.props?.["arn"], [unmadeTopic, made]);

      assert.equal((await found([...given, made])).length, 1);
    });
  });
});
