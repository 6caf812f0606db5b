import assert from "node:assert/strict";
import { findings, hookProps, later, resource, type Given } from "../support/policy";

const web = resource("Group", "web", {
  name: "web-1",
  arn: "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1:autoScalingGroupName/web-1",
  minSize: 1,
  maxSize: 4,
});
const stop = (timeout: unknown = 300, props = {}) =>
  resource("Function", "stop", { arn: "arn:lambda:stop", name: "stop-1", timeout, ...props });
const hook = (props = {}, more = {}) =>
  resource("LifecycleHook", "drain", hookProps({ autoscalingGroupName: "web-1", ...props }), more);
const topic = resource("Topic", "hooks", { arn: "arn:topic" });
const queue = resource("Queue", "hooks", { arn: "arn:queue" });

describe("the policy lambda-timeout-within-heartbeat", () => {
  const found = (given: readonly Given[], config = {}) =>
    findings("lambda-timeout-within-heartbeat", given, config);
  const direct = hook({ notificationTargetArn: "arn:lambda:stop" });

  it("takes a function that may run as long as its hook, and finds a function that may run longer", async () => {
    assert.deepEqual(await found([web, direct, stop(300)]), []);
    assert.deepEqual(await found([web, direct, stop(301)]), [
      'Function "stop": timeout is 301 s; it must be at most 300 s, as heartbeatTimeout of LifecycleHook "drain" is 300 s. Shorten it, or raise that heartbeatTimeout to 301 s or more.',
    ]);
  });

  it("takes the margin that an importer chooses", async () => {
    assert.deepEqual(await found([web, direct, stop(240)], { margin: 60 }), []);
    assert.match(
      (await found([web, direct, stop(241)], { margin: 60 })).join(),
      /at most 240 s, as .* is 300 s and 60 s have to be left\. .* to 301 s or more\./,
    );
  });

  it("counts timeouts that are not given as the services do: 3 s for a function, 3600 s for a hook", async () => {
    assert.deepEqual(await found([web, direct, stop(null)], { margin: 297 }), []);
    assert.equal((await found([web, direct, stop(null)], { margin: 298 })).length, 1);
    const hourly = hook({ notificationTargetArn: "arn:lambda:stop", heartbeatTimeout: undefined });
    assert.deepEqual(await found([web, hourly, stop(900)]), []);
  });

  const long = stop(900);
  const ways: Record<string, readonly Given[]> = {
    "an alias": [hook({ notificationTargetArn: "arn:lambda:stop:live" })],
    "a topic": [
      hook({ notificationTargetArn: "arn:topic" }),
      topic,
      resource("TopicSubscription", "hooks", { topic: "arn:topic", endpoint: "arn:lambda:stop" }),
    ],
    "a queue": [
      hook({ notificationTargetArn: "arn:queue" }),
      queue,
      resource("EventSourceMapping", "hooks", { eventSourceArn: "arn:queue", functionName: "stop-1" }),
    ],
    "a topic and a queue": [
      hook({ notificationTargetArn: "arn:topic" }),
      topic,
      queue,
      resource("TopicSubscription", "hooks", { topic: "arn:topic", endpoint: "arn:queue" }),
      resource("EventSourceMapping", "hooks", {
        eventSourceArn: "arn:queue",
        functionName: "arn:lambda:stop",
      }),
    ],
  };
  for (const [way, given] of Object.entries(ways)) {
    it(`finds the function behind ${way}`, async () => {
      assert.equal((await found([web, long, ...given])).length, 1);
      assert.deepEqual(await found([web, long, ...given.slice(0, -1), hook()]), [], "a broken way");
    });
  }

  it("finds the function behind a topic before there are ARNs", async () => {
    const later1 = resource("Topic", "hooks", { arn: later });
    const other = resource("Topic", "other", { arn: later });
    const long1 = stop(900, { arn: later });
    const subscription = resource(
      "TopicSubscription",
      "hooks",
      { topic: later, endpoint: later },
      { from: { topic: [later1], endpoint: [long1] } },
    );
    const to = (from: Given) =>
      hook({ notificationTargetArn: later }, { from: { notificationTargetArn: [from] } });

    assert.equal((await found([web, long1, later1, other, subscription, to(later1)])).length, 1);
    assert.deepEqual(await found([web, long1, later1, other, subscription, to(other)]), []);
  });

  describe("with EventBridge rules", () => {
    const pattern = (detail: object, type = "EC2 Instance-terminate Lifecycle Action") => [
      web,
      hook({ notificationMetadata: '{"stop":"now"}' }),
      long,
      resource("EventRule", "hooks", {
        name: "rule-1",
        arn: "arn:aws:events:us-east-1:123456789012:rule/rule-1",
        eventPattern: JSON.stringify({ source: ["aws.autoscaling"], "detail-type": [type], ...detail }),
      }),
      resource("EventTarget", "hooks", { rule: "rule-1", arn: "arn:lambda:stop" }),
    ];

    it("finds the function behind a rule that matches the hook's events", async () => {
      const details = [
        {},
        { detail: { AutoScalingGroupName: ["web-0", "web-1"] } },
        { detail: { LifecycleHookName: ["drain"] } },
        { detail: { LifecycleHookName: [{ "anything-but": "boot" }] } },
        { detail: { LifecycleHookName: [{ "anything-but": { prefix: "boot" } }] } },
        { detail: { LifecycleHookName: [{ "equals-ignore-case": "DRAIN" }] } },
        { detail: { LifecycleHookName: [{ prefix: { "equals-ignore-case": "DR" } }] } },
        { detail: { AutoScalingGroupName: [{ wildcard: "w*-1" }] } },
        { detail: { EC2InstanceId: [{ exists: true }] } },
        { region: ["us-east-1"] },
        { resources: [{ suffix: "/web-1" }] },
        { $or: [{ account: ["210987654321"] }, { region: ["us-east-1"] }] },
        { detail: { NotificationMetadata: [{ prefix: '{"stop"' }] } },
        { account: ["123456789012"] },
      ];
      for (const detail of details) assert.equal((await found(pattern(detail))).length, 1);
    });

    it("leaves alone the function behind a rule that does not match the hook's events for certain", async () => {
      const details = [
        { detail: { AutoScalingGroupName: ["web-0"] } },
        { detail: { LifecycleHookName: [{ "anything-but": ["boot", "drain"] }] } },
        { detail: { LifecycleHookName: [{ numeric: ["=", 1] }] } },
        { detail: { LifecycleHookName: [{ "anything-but": { numeric: ["=", 1] } }] } },
        { detail: { NotificationMetadata: [{ prefix: "{}" }] } },
        { detail: { NotificationMetadata: [{ exists: false }] } },
        { detail: { EC2InstanceId: [{ "anything-but": "i-1" }] } },
        { account: ["210987654321"] },
        { region: ["eu-west-1"] },
        { resources: [{ suffix: "/web-2" }] },
        { $or: [{ account: ["210987654321"] }, { region: ["eu-west-1"] }] },
      ];
      for (const detail of details) assert.deepEqual(await found(pattern(detail)), []);
      assert.deepEqual(await found(pattern({}, "EC2 Instance-launch Lifecycle Action")), []);
    });
  });

  it("names a function of several hooks once, with the shortest hook", async () => {
    const given = [
      web,
      hook({ notificationTargetArn: "arn:lambda:stop", name: "one", heartbeatTimeout: 600 }),
      direct,
      stop(900),
    ];

    assert.match((await found(given)).join("\n"), /^Function "stop": .* at most 300 s[^\n]*$/);
  });

  it("says nothing of values that are not yet known", async () => {
    assert.deepEqual(await found([web, direct, stop(later)]), []);
    const unknown = hook({ notificationTargetArn: "arn:lambda:stop", heartbeatTimeout: later });
    assert.deepEqual(await found([web, unknown, stop(900)]), []);
    assert.deepEqual(await found([web, hook({ notificationTargetArn: later }), stop(900)]), []);
  });
});
