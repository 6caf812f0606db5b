import { GracefulAutoScalingGroup, LifecycleHandler } from "../../../components";
import { network } from "./network";

/** A stack that owns a handler and has one group of its own. */
const shared = new LifecycleHandler("shared", {
  spot: true,
  logRetentionDays: 7,
  tags: { team: "platform" },
});

new GracefulAutoScalingGroup("web", {
  ...network,
  instance: {},
  minSize: 1,
  maxSize: 1,
  targetGroup: { port: 8080, deregistrationDelay: 0 },
  terminate: { script: "systemctl stop application", timeout: 120 },
  launch: { script: "systemctl is-active application", timeout: 60 },
  handler: shared,
  transport: "eventbridge",
  tags: { team: "web" },
});

/** The values of the handler that other stacks need. */
export const handler = {
  name: shared.name,
  topicArn: shared.topicArn,
  notificationRoleArn: shared.notificationRoleArn,
  functionRoleName: shared.functionRoleName,
  scriptLogGroupArn: shared.scriptLogGroupArn,
};
