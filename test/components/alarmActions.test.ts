import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  LifecycleHandler,
  type LifecycleHandlerArgs,
} from "../../components";
import { ofType } from "../../evaluate/registration";
import { existingArgs, groupArgs, registered } from "../support/deployment";

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

const topic = "arn:aws:sns:us-east-1:123456789012:alarms";
const pager = "arn:aws:lambda:us-east-1:123456789012:function:page";

/** What every alarm of some resources calls, each list once. */
async function actionsOf(make: () => unknown): Promise<unknown[]> {
  const lists = ofType(await registered(make), alarmType).map(({ inputs }) => {
    assert.equal(inputs["okActions"], undefined);
    return JSON.stringify(inputs["alarmActions"]);
  });
  assert.ok(lists.length >= 5);
  return [...new Set(lists)].map((one): unknown => JSON.parse(one));
}

const handlerWith = (args: LifecycleHandlerArgs) => () => new LifecycleHandler("lifecycle", args);

async function refusal(args: LifecycleHandlerArgs): Promise<string> {
  const error: unknown = await registered(handlerWith(args)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidArguments, String(error));
  return error.message;
}

describe("the actions of alarms", () => {
  it("are the topic and all other actions, each of them once", async () => {
    assert.deepEqual(
      await actionsOf(handlerWith({ alarmTopicArn: topic, alarmActionArns: [pager, topic] })),
      [[topic, pager]],
    );
    assert.deepEqual(await actionsOf(handlerWith({ alarmActionArns: [pager] })), [[pager]]);
    assert.deepEqual(await actionsOf(handlerWith({ alarmTopicArn: topic, alarmActionArns: [] })), [[topic]]);
    const later = pulumi.output([pulumi.output(pager)]);
    assert.deepEqual(await actionsOf(handlerWith({ alarmActionArns: later })), [[pager]]);
  });

  it("are the same for the handler of a group and for the alarm of its retained instances", async () => {
    const args = { alarmTopicArn: topic, alarmActionArns: [pager] };
    const terminate = { script: "stop", timeout: 60, onFailure: "retain" } as const;
    for (const make of [
      () => new GracefulAutoScalingGroup("web", groupArgs({ terminate, ...args })),
      () => new GracefulLifecycle("legacy", existingArgs({ terminate, ...args })),
    ]) {
      assert.deepEqual(await actionsOf(make), [[topic, pager]]);
    }
  });

  it("are of the kinds that CloudWatch takes for any alarm", async () => {
    const allowed = [
      topic,
      pager,
      `${pager}:live`,
      `${pager}:3`,
      "arn:aws-cn:sns:cn-north-1:123456789012:alarms",
      "arn:aws:ssm:us-east-1:123456789012:opsitem:2",
      "arn:aws:ssm:us-east-1:123456789012:opsitem:3#CATEGORY=Availability",
      "arn:aws:ssm-incidents::123456789012:responseplan/page",
      "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:6005:autoScalingGroupName/web:policyName/out",
      "arn:aws:aiops:us-east-1:123456789012:investigation-group:abc123",
    ];
    for (const arn of allowed)
      assert.deepEqual(await actionsOf(handlerWith({ alarmActionArns: [arn] })), [[arn]]);

    for (const arn of [
      "",
      "page",
      "arn:aws:sqs:us-east-1:123456789012:alarms",
      "arn:aws:sns:us-east-1:123456789012:alarms:1234",
      "arn:aws:sns:::alarms",
      "arn:aws:ssm:us-east-1:123456789012:document/page",
      "arn:aws:automate:us-east-1:ec2:terminate",
      "arn:aws:swf:us-east-1:123456789012:action/actions/AWS_EC2.InstanceId.Stop/1.0",
      "arn:aws:lambda:us-east-1:123456789012:function:*",
    ]) {
      assert.match(
        await refusal({ alarmActionArns: [topic, arn] }),
        /^ {2}alarmActionArns\[1\] is ".*"; it must be the ARN of an SNS topic, .*\. Give/m,
      );
      assert.match(
        await refusal({ alarmActionArns: pulumi.output([topic, arn]) }),
        /^ {2}alarmActionArns\[1\] is /m,
      );
    }
  });

  it("are five at most, the topic included", async () => {
    const five = [1, 2, 3, 4, 5].map((number) => `${topic}${number}`);
    assert.deepEqual(await actionsOf(handlerWith({ alarmActionArns: five })), [five]);
    assert.match(
      await refusal({ alarmActionArns: [...five, topic] }),
      /alarmActionArns is 6 ARNs; it must be at most 5, as CloudWatch takes no more for an alarm\. Leave some out/,
    );
    assert.match(
      await refusal({ alarmTopicArn: topic, alarmActionArns: pulumi.output(five) }),
      /alarmActionArns is 5 ARNs; it must be at most 5 together with alarmTopicArn, .*\. Leave some out/,
    );
  });
});
