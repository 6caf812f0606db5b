import assert from "node:assert/strict";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { arnOf, make, makeUsual, statements, types } from "./make";

describe("the events of a LifecycleHandler", () => {
  let all: readonly Registration[];
  let handler: string;
  before(async () => ({ all, handler } = await makeUsual()));

  it("include ended commands of the handler's own documents, and a tick every minute", () => {
    const pattern: unknown = JSON.parse(
      String(only(all, types.rule, "lifecycle-commands").inputs["eventPattern"]),
    );

    assert.deepEqual(pattern, {
      account: ["123456789012"],
      source: ["aws.ssm"],
      "detail-type": ["EC2 Command Status-change Notification"],
      detail: {
        "document-name": [{ prefix: `${handler}-` }],
        status: ["Success", "Failed", "TimedOut", "Cancelled"],
      },
    });
    assert.equal(only(all, types.rule, "lifecycle-sweep").inputs["scheduleExpression"], "rate(1 minute)");
  });

  it("include actions at the handler's own hooks from EventBridge, by the beginning of the hooks' metadata", () => {
    const pattern: unknown = JSON.parse(
      String(only(all, types.rule, "lifecycle-hooks").inputs["eventPattern"]),
    );

    assert.deepEqual(pattern, {
      account: ["123456789012"],
      source: ["aws.autoscaling"],
      "detail-type": ["EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action"],
      detail: {
        NotificationMetadata: [
          { prefix: `{"gracefulAsg":1,"handler":"${handler}","transport":"eventbridge",` },
        ],
      },
    });
  });

  it("come from services of AWS only, about the handler's own account", async () => {
    const patterns = ofType(await make({ spot: true }), types.rule)
      .map(({ inputs }) => inputs["eventPattern"])
      .filter((pattern) => typeof pattern === "string")
      .map((pattern) => JSON.parse(pattern) as { readonly account: unknown; readonly source: unknown });

    assert.equal(patterns.length, 3);
    // EventBridge takes no such source from a customer. Source: EventBridge API, PutEvents.
    for (const { account, source } of patterns) {
      assert.deepEqual(account, ["123456789012"]);
      assert.ok(Array.isArray(source) && source.length === 1);
      assert.match(String(source[0]), /^aws\./);
    }
  });

  it("include interruptions of Spot instances only where spot is set", async () => {
    const withSpot = await make({ spot: true });
    const pattern: unknown = JSON.parse(
      String(only(withSpot, types.rule, "lifecycle-spot").inputs["eventPattern"]),
    );

    assert.deepEqual(pattern, {
      account: ["123456789012"],
      source: ["aws.ec2"],
      "detail-type": ["EC2 Spot Instance Interruption Warning"],
    });
    assert.ok(ofType(withSpot, types.permission).some(({ name }) => name === "lifecycle-rule-spot"));
    assert.ok(!ofType(all, types.rule).some(({ name }) => name === "lifecycle-spot"));
  });

  it("are put aside if topic, rules and function cannot deliver or handle them", () => {
    const deadLetters = arnOf(all, types.queue);

    assert.deepEqual(JSON.parse(String(only(all, types.subscription).inputs["redrivePolicy"])), {
      deadLetterTargetArn: deadLetters,
    });
    for (const { inputs } of ofType(all, types.target))
      assert.deepEqual(inputs["deadLetterConfig"], { arn: deadLetters });
    assert.deepEqual(only(all, types.eventInvokeConfig).inputs, {
      functionName: handler,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 900,
      destinationConfig: { onFailure: { destination: deadLetters } },
    });
    assert.deepEqual(
      statements(only(all, types.queuePolicy)),
      [
        { service: "sns", arn: arnOf(all, types.topic) },
        { service: "events", arn: arnOf(all, types.rule, "lifecycle-commands") },
        { service: "events", arn: arnOf(all, types.rule, "lifecycle-hooks") },
        { service: "events", arn: arnOf(all, types.rule, "lifecycle-sweep") },
      ].map(({ arn, service }) => ({
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        Action: "sqs:SendMessage",
        Resource: deadLetters,
        Condition: { ArnEquals: { "aws:SourceArn": arn } },
      })),
    );
  });

  it("are allowed to invoke the function before a subscription or a target exists", () => {
    const { dependencies } = only(all, types.subscription);
    assert.ok(dependencies.includes(only(all, types.permission, "lifecycle-hooks").urn));
    for (const target of ofType(all, types.target)) {
      const permission = only(all, types.permission, target.name.replace("lifecycle-", "lifecycle-rule-"));
      assert.ok(target.dependencies.includes(permission.urn), target.name);
    }
  });
});
