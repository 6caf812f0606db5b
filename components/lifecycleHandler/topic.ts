import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { limitTo, type Limit } from "../iam/limit";
import type { CheckedOrganisation } from "../iam/organisation";
import { roleArn, topicArn } from "../iam/rules";
import { policyDocument, type Statement } from "../iam/statement";
import { createRole } from "../role";
import { allowInvocation } from "./permission";

/** The topic of lifecycle hooks and the role with which Auto Scaling publishes to it. */
export interface HookTopic {
  readonly topic: aws.sns.Topic;
  readonly notificationRole: aws.iam.Role;
}

/** Makes the topic. PutLifecycleHook publishes a test message, so both policies have to exist before any hook. */
export function createHookTopic(
  name: string,
  args: CheckedOrganisation,
  opts: pulumi.CustomResourceOptions,
): HookTopic {
  const { kmsKeyArn, tags } = args;
  const topic = new aws.sns.Topic(`${name}-hooks`, { kmsMasterKeyId: kmsKeyArn, tags }, opts);
  const notificationRole = createRole(
    `${name}-hooks`,
    "autoscaling.amazonaws.com",
    "Lets lifecycle hooks publish to the topic of their handler.",
    args,
    opts,
  );
  // SNS requires the key grant of the publishing role itself, not of the Auto Scaling service.
  const keyGrant: Statement[] =
    kmsKeyArn === undefined ? [] : [{ Action: ["kms:GenerateDataKey*", "kms:Decrypt"], Resource: kmsKeyArn }];
  new aws.iam.RolePolicy(
    `${name}-hooks`,
    {
      role: notificationRole.id,
      policy: policyDocument([{ Action: "sns:Publish", Resource: arnOfTopic(name, topic) }, ...keyGrant]),
    },
    opts,
  );
  limitPublishers(name, topic, notificationRole, opts);
  return { topic, notificationRole };
}

/**
 * Lets only the role of the hooks publish, whatever the identity policies of the account allow: a message on the topic
 * makes the handler look at an instance. The policy denies only publishing; the account manages the topic as before.
 */
function limitPublishers(
  name: string,
  topic: aws.sns.Topic,
  notificationRole: aws.iam.Role,
  opts: pulumi.CustomResourceOptions,
): void {
  const arn = arnOfTopic(name, topic);
  const role = limitTo(
    `LifecycleHandler "${name}"`,
    "the ARN of its notification role",
    notificationRole.arn,
    roleArn,
  );
  new aws.sns.TopicPolicy(
    `${name}-hooks`,
    {
      arn: topic.arn,
      policy: policyDocument([
        { Principal: { AWS: role }, Action: "sns:Publish", Resource: arn },
        {
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "sns:Publish",
          Resource: arn,
          // For a session of a role, as Auto Scaling has, this key is the ARN of the role. A principal without the key,
          // for example a service, is denied as well. Source: IAM, global condition context keys and condition
          // operators.
          Condition: { operator: "ArnNotEquals", key: "aws:PrincipalArn", value: role },
        },
      ]),
    },
    opts,
  );
}

/** Subscribes the function to the topic; messages that SNS cannot deliver go to the queue. */
export function subscribe(
  name: string,
  topic: aws.sns.Topic,
  target: aws.lambda.Function,
  deadLetters: aws.sqs.Queue,
  opts: pulumi.CustomResourceOptions,
): void {
  const permission = allowInvocation(
    `${name}-hooks`,
    target,
    "sns.amazonaws.com",
    arnOfTopic(name, topic),
    opts,
  );
  new aws.sns.TopicSubscription(
    `${name}-hooks`,
    {
      topic: topic.arn,
      protocol: "lambda",
      endpoint: target.arn,
      redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn }),
    },
    { ...opts, dependsOn: [permission] },
  );
}

/** The topic of a handler as a limit of grants. */
export function arnOfTopic(name: string, { arn }: aws.sns.Topic): pulumi.Output<Limit> {
  return limitTo(`LifecycleHandler "${name}"`, "the ARN of its topic", arn, topicArn);
}
