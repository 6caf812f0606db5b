import { ServiceError } from "../errors";
import type { Operation } from "./operation";

/** Publishes with the rights of the caller. */
export type Publish = (
  topic: string,
  message: string,
  subject: string,
  caller: string,
) => "published" | "unknown" | "denied";

/** Calls of SNS that the simulator answers. */
export function snsOperations(publish: Publish): Readonly<Record<string, Operation>> {
  return {
    Publish: {
      requests: (input) => [{ action: "sns:Publish", resource: input.text("TopicArn") }],
      perform: (input, caller) => {
        const topic = input.text("TopicArn", { pattern: /^arn:[^:]+:sns:/ });
        const message = input.text("Message", { max: 262_144 });
        const subject = input.optionalText("Subject", { max: 100 }) ?? "";
        const fate = publish(topic, message, subject, caller);
        if (fate === "unknown") throw new ServiceError("NotFound", "Topic does not exist", 404);
        if (fate === "denied") throw new ServiceError("AuthorizationError", deniedBy(topic), 403);
        return { MessageId: "00000000-0000-4000-8000-000000000000" };
      },
    },
  };
}

function deniedBy(topic: string): string {
  return `User is not authorized to perform: SNS:Publish on resource: ${topic} with an explicit deny in a resource-based policy`;
}
