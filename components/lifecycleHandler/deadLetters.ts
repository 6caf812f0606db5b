import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { limitTo, type Limit } from "../iam/limit";
import type { CheckedOrganisation } from "../iam/organisation";
import { queueArn } from "../iam/rules";
import { policyDocument } from "../iam/statement";

/** Four days: a weekend and a working day. */
const retention = 4 * 24 * 3600;

/** Keeps events that could not be delivered to the function, and events on which the function failed. */
export function createDeadLetterQueue(
  name: string,
  { kmsKeyArn, tags }: CheckedOrganisation,
  opts: pulumi.CustomResourceOptions,
): aws.sqs.Queue {
  return new aws.sqs.Queue(
    `${name}-dead-letters`,
    {
      messageRetentionSeconds: retention,
      ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
      tags,
    },
    opts,
  );
}

/** A service that may send to the queue, on behalf of one resource. */
export interface DeadLetterSource {
  readonly service: string;
  readonly arn: pulumi.Output<Limit>;
}

/** Allows the topic and the rules to send messages that they cannot deliver to the queue. */
export function allowDeadLetters(
  name: string,
  queue: aws.sqs.Queue,
  sources: readonly DeadLetterSource[],
  opts: pulumi.CustomResourceOptions,
): aws.sqs.QueuePolicy {
  return new aws.sqs.QueuePolicy(
    `${name}-dead-letters`,
    {
      queueUrl: queue.url,
      policy: policyDocument(
        sources.map(({ arn, service }) => ({
          Principal: { Service: service },
          Action: "sqs:SendMessage",
          Resource: arnOfQueue(name, queue),
          Condition: { operator: "ArnEquals", key: "aws:SourceArn", value: arn },
        })),
      ),
    },
    opts,
  );
}

/** The dead-letter queue of a handler as a limit of grants. */
export function arnOfQueue(name: string, { arn }: aws.sqs.Queue): pulumi.Output<Limit> {
  return limitTo(`LifecycleHandler "${name}"`, "the ARN of its dead-letter queue", arn, queueArn);
}
