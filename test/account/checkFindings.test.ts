import assert from "node:assert/strict";
import { checks } from "../../cli/account/check/findings";
import type { LiveFunction, LiveGroup } from "../../cli/account/check/liveGroup";
import { explain } from "../../policy/finding";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:handler";
const topic = "arn:aws:sns:us-east-1:123456789012:hooks";
const role = "arn:aws:iam::123456789012:role/hooks";

const handler: LiveFunction = {
  name: "handler",
  arn,
  isHandler: true,
  configuration: { kind: "found", value: { FunctionName: "handler", FunctionArn: arn } },
  policy: { kind: "missing" },
  counts: { kind: "unread" },
  rules: { kind: "unread" },
  deadLetters: [],
};

function group(changes: Partial<LiveGroup> = {}): LiveGroup {
  return {
    name: "web",
    described: { AutoScalingGroupName: "web" } as LiveGroup["described"],
    handlers: ["handler"],
    hooks: [],
    inService: [],
    agents: { kind: "unread" },
    instanceTags: { kind: "unread" },
    topics: new Map(),
    functions: [handler],
    denials: { kind: "unread" },
    resources: [],
    ...changes,
  };
}

/** A hook that notifies the topic. */
const hook: LiveGroup["hooks"][number] = {
  name: "drain",
  described: { NotificationTargetARN: topic, RoleARN: role },
  transition: "terminate",
  reading: { kind: "foreign" },
  documents: new Map(),
};

function withTopic(policy: object | undefined, key?: string): LiveGroup {
  const value = { arn: topic, policy: policy && JSON.stringify(policy), key };
  const followed = {
    arn: topic,
    topic: { kind: "found", value },
    subscriptions: { kind: "unread" },
  } as const;
  return group({ hooks: [hook], topics: new Map([[topic, followed]]) });
}

const found = (name: keyof typeof checks, of: LiveGroup) => checks[name](of).map(explain);

describe("what only an account tells", () => {
  it("is nothing where nothing could be read", () => {
    const all = Object.entries(checks).filter(([name]) => name !== "handler-has-hook");

    assert.deepEqual(
      all.flatMap(([, one]) => one(group())),
      [],
    );
  });

  it("is that the rule of the sweeps, or of the events, is disabled", () => {
    const rules = {
      kind: "found",
      value: [
        { Name: "sweep", ScheduleExpression: "rate(1 minute)", State: "DISABLED" },
        { Name: "commands", EventPattern: "{}", State: "DISABLED" },
        { Name: "hooks", EventPattern: "{}", State: "ENABLED" },
      ],
    } as const;
    const disabled = group({ functions: [{ ...handler, rules }] });

    assert.match(
      found("handler-sweeps", disabled).join(),
      /is sweep, which is disabled; .* Enable the rule\.$/,
    );
    assert.match(
      found("handler-hears-events", disabled).join(),
      /^Function "handler": the rule that brings it events is commands, which is disabled; [^,]*, as only a sweep makes up for these events\. Enable the rule\.$/,
    );
  });

  it("is that a topic is encrypted with a key that Auto Scaling cannot use", () => {
    assert.match(
      found("hook-may-notify", withTopic(undefined, "alias/aws/sns")).join(),
      /is refused: the topic is encrypted with alias\/aws\/sns, which Auto Scaling cannot use/,
    );
    assert.deepEqual(found("hook-may-notify", withTopic(undefined, "alias/ours")), []);
  });

  it("is what a topic's policy says of the hook's role, and nothing for a condition that cannot be evaluated", () => {
    const denial = { Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: topic };
    const unless = (condition: object) => withTopic({ Statement: [{ ...denial, Condition: condition }] });

    assert.equal(found("hook-may-notify", withTopic({ Statement: [denial] })).length, 1);
    assert.deepEqual(found("hook-may-notify", unless({ ArnNotEquals: { "aws:PrincipalArn": role } })), []);
    assert.deepEqual(
      found("hook-may-notify", unless({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } })),
      [],
    );
    assert.deepEqual(found("hook-may-notify", withTopic({ Statement: "no statement" })), []);
  });

  it("is that a subscription waits for its confirmation", () => {
    const pending = {
      arn: "PendingConfirmation",
      protocol: "lambda",
      endpoint: arn,
      isConfirmed: false,
      filterPolicy: undefined,
      filterPolicyScope: undefined,
      isRaw: false,
      deadLetters: undefined,
    };
    const topics = new Map([
      [
        topic,
        {
          arn: topic,
          topic: { kind: "unread" },
          subscriptions: { kind: "found", value: [pending] },
        } as const,
      ],
    ]);

    assert.match(
      found("topic-has-subscriber", group({ hooks: [hook], topics })).join(),
      /is 0 \(1 pending\); it must be at least 1, .* Confirm the subscription\.$/,
    );
  });
});
