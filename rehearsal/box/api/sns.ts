import { ServiceError } from "../errors";
import type { Operation } from "./operation";

/** Publishes with the rights of the caller; the box has checked them. */
export type Publish = (topic: string, message: string, subject: string, caller: string) => boolean;

/** Calls of SNS that the box answers. */
export function snsOperations(publish: Publish): Readonly<Record<string, Operation>> {
  return {
    Publish: {
      requests: (input) => [{ action: "sns:Publish", resource: input.text("TopicArn") }],
      perform: (input, caller) => {
        const topic = input.text("TopicArn", { pattern: /^arn:[^:]+:sns:/ });
        const message = input.text("Message", { max: 262_144 });
        const subject = input.optionalText("Subject", { max: 100 }) ?? "";
        if (!publish(topic, message, subject, caller))
          throw new ServiceError("NotFound", "Topic does not exist", 404);
        return { MessageId: "00000000-0000-4000-8000-000000000000" };
      },
    },
  };
}
