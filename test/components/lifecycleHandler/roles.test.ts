import assert from "node:assert/strict";
import { eventBusVariable } from "../../../contract";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { arnOf, make, makeUsual, statements, types } from "./make";

describe("the roles of a LifecycleHandler", () => {
  let all: readonly Registration[];
  let handler: string;
  before(async () => ({ all, handler } = await makeUsual()));

  it("give the function these permissions and nothing else", () => {
    assert.deepEqual(statements(only(all, types.policy, "lifecycle-function")), [
      {
        Effect: "Allow",
        Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"],
        Resource: "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*",
        Condition: { StringEquals: { "autoscaling:ResourceTag/graceful-asg:handler": handler } },
      },
      {
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: `arn:aws:ssm:us-east-1:123456789012:document/${handler}-*`,
      },
      {
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
        Condition: { StringEquals: { "ssm:resourceTag/graceful-asg:handler": handler } },
      },
      {
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLifecycleHooks",
          "autoscaling:DescribeScalingActivities",
          "autoscaling:DescribeWarmPool",
          "ec2:DescribeTags",
          "ssm:CancelCommand",
          "ssm:DescribeInstanceInformation",
          "ssm:GetCommandInvocation",
          "ssm:ListCommandInvocations",
          "ssm:ListCommands",
        ],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${String(arnOf(all, types.logGroup, "lifecycle-function"))}:*`,
      },
      { Effect: "Allow", Action: "sqs:SendMessage", Resource: arnOf(all, types.queue) },
    ]);
  });

  it("let the function put events on the event bus that it is given, on no other, and without one on none", async () => {
    const busArn = "arn:aws:events:eu-west-1:210987654321:event-bus/deployments";
    const told = await make({ events: { busArn } });
    const puts = (from: readonly Registration[]) =>
      statements(only(from, types.policy, "lifecycle-function")).filter((one) =>
        JSON.stringify(one).includes("events:"),
      );
    const variablesOf = (from: readonly Registration[]) =>
      (only(from, types.function).inputs["environment"] as { readonly variables: object }).variables;

    assert.deepEqual(puts(told), [{ Effect: "Allow", Action: "events:PutEvents", Resource: busArn }]);
    assert.deepEqual(puts(all), []);
    assert.equal(Object.entries(variablesOf(told)).find(([name]) => name === eventBusVariable)?.[1], busArn);
    assert.ok(!(eventBusVariable in variablesOf(all)));
  });

  it("let hooks do nothing but publish to the topic", () => {
    assert.deepEqual(statements(only(all, types.policy, "lifecycle-hooks")), [
      { Effect: "Allow", Action: "sns:Publish", Resource: arnOf(all, types.topic) },
    ]);
  });

  it("may be assumed by their services alone", () => {
    const assumed = (name: string) => statements(only(all, types.role, name), "assumeRolePolicy");
    const by = (Service: string) => [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }];

    assert.deepEqual(assumed("lifecycle-function"), by("lambda.amazonaws.com"));
    assert.deepEqual(assumed("lifecycle-hooks"), by("autoscaling.amazonaws.com"));
    assert.equal(ofType(all, types.role).length, 2);
  });

  it("have no managed policies", () => {
    assert.deepEqual(ofType(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), []);
    assert.ok(ofType(all, types.role).every(({ inputs }) => inputs["managedPolicyArns"] === undefined));
  });
});
