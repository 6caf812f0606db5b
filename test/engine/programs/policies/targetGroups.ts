import * as aws from "@pulumi/aws";
import { group, hooked, inPreviewOnly, initialHook, targetGroup, terminating, type Kind } from "./make";

const elbv2 = "elbv2";

/** A group that attachments of its own register with two target groups. */
function attached(part: string, delay: number, heartbeatTimeout: number) {
  const web = hooked(part, { heartbeatTimeout }, {}, { customTimeouts: { delete: "1h" } });
  for (const [name, seconds] of [
    ["fast", 30],
    ["slow", delay],
  ] as const) {
    new aws.autoscaling.Attachment(`${part}_${name}`, {
      autoscalingGroupName: web.id,
      lbTargetGroupArn: targetGroup(`${part}-${name}`, seconds).arn,
    });
  }
}

/** Sets whose members are not known before the update: target groups, however they are attached, and hooks. */
export const targetGroups: Kind = {
  right: {
    "two-quick-targets": (part) => {
      const arns = [30, 60].map((seconds) => targetGroup(`${part}-${seconds}`, seconds).arn);
      hooked(part, {}, { targetGroupArns: arns });
    },
    "attached-long": (part) => {
      attached(part, 3000, 300);
    },
  },
  wrong: {
    "one-slow-target": (part) => {
      const arns = [30, 3000].map((seconds) => targetGroup(`${part}-${seconds}`, seconds).arn);
      hooked(part, { heartbeatTimeout: 900 }, { targetGroupArns: arns });
    },
    "traffic-sources": (part) => {
      const sources = [30, 3000].map((seconds) => targetGroup(`${part}-${seconds}`, seconds).arn);
      const trafficSources = sources.map((identifier) => ({ identifier, type: elbv2 }));
      hooked(part, { heartbeatTimeout: 900 }, { trafficSources });
    },
    "attached-too-long": (part) => {
      attached(part, 3000, 900);
    },
    "source-attached": inPreviewOnly((part) => {
      const web = hooked(part, { heartbeatTimeout: 900 });
      new aws.autoscaling.TrafficSourceAttachment(part, {
        autoscalingGroupName: web.name,
        trafficSource: { identifier: targetGroup(part, 3000).arn, type: elbv2 },
      });
    }),
    "silent-hooks": (part) => {
      group(
        part,
        {
          initialLifecycleHooks: [
            initialHook("flush"),
            { name: "stop", lifecycleTransition: terminating, heartbeatTimeout: 900 },
          ],
        },
        { customTimeouts: { delete: "10m" } },
      );
    },
  },
};
