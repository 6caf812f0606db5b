import { LifecycleHandler } from "../../components";
import { handlerElsewhere, registered } from "../support/deployment";
import { existing, group, stack, type Case } from "./case";

/** Wrong handlers: their functions, roles, keys, logs and alarms. */
export const handlerCases = {
  handlerName: {
    wrong: () => registered(() => new LifecycleHandler("no blanks")),
    line: /^name is "no blanks"; it must be 1 to 40 letters, digits and hyphens, a letter first\. Shorten/,
  },
  formerHandlers: {
    wrong: group({ formerHandlers: ["web-handler-1a2b3c4", "*"] }),
    line: /^formerHandlers\[1\] is "\*"; it must be the name of a handler, as its output name says it, .*\. Give/,
  },
  handler: {
    wrong: group({ handler: { ...handlerElsewhere, topicArn: "arn:aws:sns:::shared" } }),
    line: /^handler\.topicArn is "arn:aws:sns:::shared"; it must be an ARN like arn:\.\.\.:sns:\.\.\.:\.\.\.:\.\.\., at most .*\. Give/,
  },
  isBusyHandler: {
    wrong: group({
      handler: handlerElsewhere,
      isBusy: () => Promise.resolve(true),
      terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },
    }),
    line: /^isBusy, handler is "both given"; it must be at most one of the two: .* Give/,
  },
  spotHandler: {
    wrong: group({ handler: handlerElsewhere, spot: true }),
    line: /^spot, handler is "both given"; it must be at most one of the two: .* Give/,
  },
  replaceOnHandler: {
    wrong: group({ handler: handlerElsewhere, replaceOn: ["retirement"] }),
    line: /^replaceOn, handler is "both given"; it must be at most one of the two: .* Give replaceOn to/,
  },
  events: {
    wrong: () => registered(() => new LifecycleHandler("lifecycle", { events: { busArn: "deployments" } })),
    line: /^events\.busArn is "deployments"; it must be an ARN like arn:\.\.\.:events:\.\.\.:\.\.\.:event-bus\/\.\.\., at most 340 .*\. Give the output arn of an event bus/,
  },
  eventsHandler: {
    wrong: group({
      handler: handlerElsewhere,
      events: { busArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" },
    }),
    line: /^events, handler is "both given"; it must be at most one of the two: .* Give events to/,
  },
  functionHandler: {
    wrong: group({ handler: handlerElsewhere, environment: { STORE: "store.internal" } }),
    line: /^environment, handler is "both given"; it must be at most one of the two: .* Give environment to/,
  },
  functionValues: {
    wrong: existing({ vpc: { subnetIds: [], securityGroupIds: ["sg-0abc"] } }),
    line: /^vpc\.subnetIds is \[\]; it must be at least one\. Name/,
  },
  environment: {
    wrong: group({ environment: { AWS_REGION: "eu-west-1" } }),
    line: /^a name in environment is "AWS_REGION"; it must be two or more letters, digits and underscores, .* Choose/,
  },
  role: {
    wrong: () => registered(() => new LifecycleHandler("lifecycle", { role: { name: "busy", arn: "busy" } })),
    line: /^role\.arn is "busy"; it must be an ARN like arn:\.\.\.:iam::\.\.\.:role\/\.\.\., .* Give the ARN of a role/,
  },
  permissionsBoundary: {
    wrong: group({ permissionsBoundary: "developers" }),
    line: /^permissionsBoundary is "developers"; it must be an ARN like arn:\.\.\.:iam::\.\.\.:policy\/\.\.\., .*\. Give/,
  },
  rolePath: {
    wrong: group({ rolePath: "graceful" }),
    line: /^rolePath is "graceful"; it must be a path of ASCII characters without blanks that begins and ends with \/, .*\. Give/,
  },
  kmsKeyArn: {
    wrong: group({ kmsKeyArn: "alias/aws/sns" }),
    line: /^kmsKeyArn is "alias\/aws\/sns"; it must be the ARN of a customer managed key, .* Auto Scaling cannot publish/,
  },
  logRetentionDays: {
    wrong: stack({ logRetentionDays: "2" }),
    line: /^graceful-asg:logRetentionDays is 2; it must be one of 1, 3, 5, .*, 3653\. Take/,
  },
  alarmActionArns: {
    wrong: stack({ alarmActionArns: '["arn:aws:automate:us-east-1:ec2:terminate"]' }),
    line: /^graceful-asg:alarmActionArns\[0\] is "arn:aws:automate:.*; it must be the ARN of an SNS topic, a Lambda function, .* Give .* Set it with: pulumi config set --path/,
  },
  alarmTopicArn: {
    wrong: stack({ alarmTopicArn: "arn:aws:sqs:us-east-1:123456789012:alarms" }),
    line: /^graceful-asg:alarmTopicArn is "arn:aws:sqs:.*; it must be an ARN like arn:\.\.\.:sns:.* Give .* Set it with: pulumi config set/,
  },
} satisfies Record<string, Case>;
