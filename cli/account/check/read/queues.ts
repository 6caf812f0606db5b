import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import type { Look, Reads } from "./reads";

/** How many messages wait in a queue, about. */
export async function readWaiting({ account, look }: Reads, arn: string): Promise<Look<number>> {
  const [, , , , owner = "", name = ""] = arn.split(":");
  const url = await look({
    what: "dead letters",
    action: "sqs:GetQueueUrl",
    key: arn,
    make: () =>
      account.clients.sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: owner })),
  });
  if (url.kind !== "found") return url;
  const attributes = await look({
    what: "dead letters",
    action: "sqs:GetQueueAttributes",
    key: arn,
    make: () =>
      account.clients.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: url.value.QueueUrl,
          AttributeNames: ["ApproximateNumberOfMessages"],
        }),
      ),
  });
  if (attributes.kind !== "found") return attributes;
  return { kind: "found", value: Number(attributes.value.Attributes?.ApproximateNumberOfMessages ?? 0) };
}
