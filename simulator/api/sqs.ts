import type { Context } from "../context";
import { ServiceError } from "../errors";
import type { World } from "../world";
import type { Operation } from "./operation";

/**
 * Calls of SQS that the simulator answers: how many messages wait.
 * @param waiting how many messages are in a queue, by its ARN
 */
export function sqsOperations(
  { account: { id, partition, region } }: Context,
  { queues }: World,
  waiting: (arn: string) => number,
): Readonly<Record<string, Operation>> {
  const arnOf = (name: string) => `arn:${partition}:sqs:${region}:${id}:${name}`;
  const nameIn = (url: string) => url.split("/").at(-1) ?? "";
  const find = (name: string): string => {
    if (queues.has(arnOf(name))) return arnOf(name);
    throw new ServiceError("QueueDoesNotExist", "The specified queue does not exist.");
  };
  return {
    GetQueueUrl: {
      requests: (input) => [{ action: "sqs:GetQueueUrl", resource: arnOf(input.text("QueueName")) }],
      perform: (input) => {
        const name = input.text("QueueName", { max: 80 });
        find(name);
        return { QueueUrl: `https://sqs.${region}.amazonaws.com/${id}/${name}` };
      },
    },

    GetQueueAttributes: {
      requests: (input) => [
        { action: "sqs:GetQueueAttributes", resource: arnOf(nameIn(input.text("QueueUrl"))) },
      ],
      perform: (input) => {
        const arn = find(nameIn(input.text("QueueUrl")));
        const all = { ApproximateNumberOfMessages: String(waiting(arn)), QueueArn: arn };
        const names = input.texts("AttributeNames");
        const wanted = Object.entries(all).filter(([name]) => names.includes("All") || names.includes(name));
        return { Attributes: Object.fromEntries(wanted) };
      },
    },
  };
}
