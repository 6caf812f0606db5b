import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { OrganisationArgs } from "../arguments";

/** Four days: a weekend and a working day. */
const retention = 4 * 24 * 3600;

/** Keeps what could not be delivered to the function, and what it failed on. */
export function createDeadLetterQueue(
  name: string,
  { kmsKeyArn, tags }: OrganisationArgs,
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
  readonly arn: pulumi.Input<string>;
}

/** Lets the topic and the rules put aside what they cannot deliver. */
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
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: sources.map(({ arn, service }) => ({
          Effect: "Allow",
          Principal: { Service: service },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: { ArnEquals: { "aws:SourceArn": arn } },
        })),
      }),
    },
    opts,
  );
}
