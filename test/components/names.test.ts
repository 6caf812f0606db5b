import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler, ReplaceOn } from "../../components";
import type { Registration } from "../../evaluate/registration";
import { existingArgs, groupArgs, only, registered } from "../support/deployment";

/** Names in AWS: the property that holds the name, and its greatest length. Sources: the services' API references. */
const limits: Readonly<Record<string, { readonly property: string; readonly most: number } | "nameless">> = {
  "aws:autoscaling/group:Group": { property: "name", most: 255 },
  "aws:autoscaling/lifecycleHook:LifecycleHook": { property: "name", most: 255 },
  "aws:autoscaling/tag:Tag": "nameless",
  "aws:cloudwatch/dashboard:Dashboard": { property: "dashboardName", most: 255 },
  "aws:cloudwatch/eventRule:EventRule": { property: "name", most: 64 },
  "aws:cloudwatch/eventTarget:EventTarget": "nameless",
  "aws:cloudwatch/logGroup:LogGroup": { property: "name", most: 512 },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": { property: "name", most: 512 },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { property: "name", most: 255 },
  "aws:ec2/launchTemplate:LaunchTemplate": { property: "name", most: 128 },
  "aws:iam/instanceProfile:InstanceProfile": { property: "name", most: 128 },
  "aws:iam/role:Role": { property: "name", most: 64 },
  "aws:iam/rolePolicy:RolePolicy": { property: "name", most: 128 },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "nameless",
  "aws:lambda/function:Function": { property: "name", most: 64 },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": "nameless",
  "aws:lambda/permission:Permission": "nameless",
  "aws:lb/targetGroup:TargetGroup": { property: "name", most: 32 },
  "aws:sns/topic:Topic": { property: "name", most: 256 },
  "aws:sns/topicPolicy:TopicPolicy": "nameless",
  "aws:sns/topicSubscription:TopicSubscription": "nameless",
  "aws:sqs/queue:Queue": { property: "name", most: 80 },
  "aws:sqs/queuePolicy:QueuePolicy": "nameless",
  "aws:ssm/document:Document": { property: "name", most: 128 },
};

/** Greatest lengths of texts that contain names, too: tag values, namespaces and metadata. */
const longestTagValue = 256;
const longestNamespace = 255;
const longestMetadata = 4000;

const longest = (start: string, length: number) => start.padEnd(length, "x");
const lifecycle = {
  terminate: { script: "stop", timeout: 120, onFailure: "retain" },
  launch: { script: "start", timeout: 120 },
  spot: true,
  replaceOn: Object.values(ReplaceOn),
} as const;

/** Each component with the arguments that make the most resources. */
const components: Readonly<Record<string, () => unknown>> = {
  GracefulAutoScalingGroup: () =>
    new GracefulAutoScalingGroup(
      longest("web", 24),
      groupArgs({
        ...lifecycle,
        formerHandlers: ["former"],
        transport: "eventbridge",
        prefer: "idle",
        busyCheck: "pgrep worker",
        protectWhileBusy: true,
      }),
    ),
  GracefulLifecycle: () => new GracefulLifecycle(longest("legacy", 32), existingArgs(lifecycle)),
  LifecycleHandler: () =>
    new LifecycleHandler(longest("shared", 40), {
      spot: true,
      prefer: "idle",
      replaceOn: ["retirement", "rebalance"],
    }),
  "GracefulLifecycle with a LifecycleHandler": () =>
    new GracefulLifecycle(
      longest("legacy", 32),
      existingArgs({
        ...lifecycle,
        spot: undefined,
        replaceOn: undefined,
        handler: new LifecycleHandler(longest("shared", 40)),
      }),
    ),
};

/** Name in AWS; an automatic name has Pulumi's eight characters at its end. */
function nameOf({ inputs, name, state }: Registration, property: string): string {
  const physical = String(state[property]);
  if (inputs[property] === undefined) assert.match(physical, /-[0-9a-f]{7}$/, name);
  return physical;
}

describe("names at their longest", () => {
  for (const [component, make] of Object.entries(components)) {
    it(`are not too long for AWS: ${component}`, async () => {
      const made = (await registered(make)).filter(({ type }) => type.startsWith("aws:"));

      for (const registration of made) {
        const { name, type } = registration;
        const limit = limits[type];
        assert.ok(limit !== undefined, `${type} is in no list of limits`);
        if (limit === "nameless") continue;
        const physical = nameOf(registration, limit.property);
        assert.ok(physical.length <= limit.most, `${type} ${name}: ${physical} has ${physical.length}`);
      }
    });
  }

  it("fit into tags, metric namespaces and the metadata of hooks", async () => {
    const all = await registered(() => {
      const handler = new LifecycleHandler(longest("shared", 40));
      new GracefulLifecycle(
        longest("legacy", 32),
        existingArgs({ ...lifecycle, spot: undefined, replaceOn: undefined, handler }),
      );
    });
    const filter = only(
      all,
      "aws:cloudwatch/logMetricFilter:LogMetricFilter",
      `${longest("shared", 40)}-Errors`,
    );
    const { namespace } = filter.inputs["metricTransformation"] as { namespace: string };
    const handler = String(only(all, "aws:lambda/function:Function").state["name"]);

    assert.ok(namespace.length <= longestNamespace, namespace);
    assert.ok(handler.length <= longestTagValue, handler);
    for (const { inputs, type } of all.filter((one) => one.type.endsWith(":LifecycleHook"))) {
      const metadata = String(inputs["notificationMetadata"]);
      assert.ok(metadata.length <= longestMetadata, `${type} ${metadata}`);
    }
  });
});
