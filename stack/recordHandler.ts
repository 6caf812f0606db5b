import * as pulumi from "@pulumi/pulumi";
import { LifecycleHandler } from "../components";
import type { HandlerNames } from "./handlersElsewhere";
import type { Account } from "../evaluate/provider";
import { record } from "../evaluate/record";
import type { Registration } from "../evaluate/registration";

/** Records a handler as this version makes it, with the names that it gets. */
export function recordHandler(
  account: Account,
): Promise<{ readonly registrations: readonly Registration[]; readonly result: HandlerNames }> {
  return record({ project: "elsewhere", stack: "elsewhere", config: {}, account }, () => {
    const { functionRoleName, name, notificationRoleArn, topicArn } = new LifecycleHandler("handler");
    const names = pulumi.output({ functionRoleName, name, notificationRoleArn, topicArn });
    return new Promise<HandlerNames>((resolve) => names.apply(resolve));
  });
}
