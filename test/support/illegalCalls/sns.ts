import type { IllegalCall } from "./illegalCall";

/** Calls that SNS refuses. */
export const snsCalls: Readonly<Record<string, IllegalCall>> = {
  "publish: to a topic that is not there": {
    service: "sns",
    action: "Publish",
    input: { TopicArn: "arn:aws:sns:us-east-1:123456789012:gone", Message: "x" },
    code: "NotFound",
  },
  "publish: to what is no topic": {
    service: "sns",
    action: "Publish",
    input: { TopicArn: "gone", Message: "x" },
    code: "InvalidParameter",
  },
};
