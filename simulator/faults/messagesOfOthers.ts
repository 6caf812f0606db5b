import { lifecycleTransitions } from "../../contract";
import type { Simulator } from "../simulator";
import type { Draw } from "./draw";
import { second } from "./fault";

/** Messages that are not for the function: malformed messages, test notifications, others' hooks and commands. */
export function sendOthers(simulator: Simulator, draw: Draw): void {
  const { clock } = simulator.context;
  const [topic] = simulator.topics.names;
  const [document = ""] = simulator.runCommand.documents.keys();
  const texts = [
    "",
    "{",
    "null",
    "[]",
    '{"Event":"autoscaling:TEST_NOTIFICATION"}',
    '{"LifecycleTransition":"autoscaling:TEST_NOTIFICATION","LifecycleHookName":"graceful-terminate-sns"}',
    JSON.stringify({
      LifecycleTransition: lifecycleTransitions.terminate,
      AutoScalingGroupName: "somebody-elses",
      LifecycleHookName: "their-hook",
      EC2InstanceId: "i-00000000000000001",
      LifecycleActionToken: "00000000-0000-4000-8000-000000000001",
      NotificationMetadata: "{}",
      Time: new Date(simulator.context.began).toISOString(),
    }),
  ] as const;
  for (let sent = 0; sent < 3; sent += 1) {
    clock.after(draw.number(`${sent}`, 2 * sent, [0, 300]) * second, () => {
      const message = draw.pick(`${sent}/text`, texts);
      if (topic !== undefined) simulator.topics.publish({ topic, message, subject: "", role: undefined });
      simulator.bus.put(commandOfOthers(document, draw.pick(`${sent}/status`, ["Success", "Failed"])));
    });
  }
}

/** A command that somebody ran by hand from one of our documents, without its parameters. */
function commandOfOthers(document: string, status: string) {
  return {
    source: "aws.ssm",
    detailType: "EC2 Command Status-change Notification",
    resources: [],
    detail: {
      "command-id": "00000000-0000-4000-8000-000000000002",
      "document-name": document,
      parameters: {},
      status,
    },
  };
}
