import assert from "node:assert/strict";
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  type AutoScalingGroup,
} from "@aws-sdk/client-auto-scaling";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListDocumentsCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { StateResource } from "./stack";

/** Resources in a Region, as AWS describes them. */
export function deployedIn(region: string) {
  const autoScaling = new AutoScalingClient({ region });
  const eventBridge = new EventBridgeClient({ region });
  const iam = new IAMClient({ region });
  const lambda = new LambdaClient({ region });
  const ssm = new SSMClient({ region });
  return {
    documentNames: async () => {
      const input = { Filters: [{ Key: "Owner", Values: ["Self"] }] };
      const { DocumentIdentifiers = [] } = await ssm.send(new ListDocumentsCommand(input));
      return DocumentIdentifiers.map(({ Name = "" }) => Name).sort();
    },
    functions: async () => (await lambda.send(new ListFunctionsCommand({}))).Functions ?? [],
    groups: async () =>
      (await autoScaling.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups ?? [],
    /** Name, heartbeat timeout and default result of each hook of a group. */
    hooksOf: async ({ AutoScalingGroupName }: AutoScalingGroup) => {
      const { LifecycleHooks = [] } = await autoScaling.send(
        new DescribeLifecycleHooksCommand({ AutoScalingGroupName }),
      );
      return LifecycleHooks.map(({ DefaultResult, HeartbeatTimeout, LifecycleHookName }) =>
        [LifecycleHookName, HeartbeatTimeout, DefaultResult].join(" "),
      ).sort();
    },
    /** Texts of the inline policies of a role. */
    policiesOf: async (RoleName: string) => {
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      return Promise.all(
        PolicyNames.sort().map(async (PolicyName) => {
          const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
          return decodeURIComponent(PolicyDocument);
        }),
      );
    },
    rules: async () => (await eventBridge.send(new ListRulesCommand({}))).Rules ?? [],
  };
}

/** The group that Pulumi has named after a component. */
export function groupCalled(all: readonly AutoScalingGroup[], name: string): AutoScalingGroup {
  const found = all.find(({ AutoScalingGroupName = "" }) => AutoScalingGroupName.startsWith(`${name}-`));
  assert.ok(found, name);
  return found;
}

/** Tags of ours on a group. */
export function ownTags(what: string, { Tags = [] }: AutoScalingGroup) {
  return Tags.filter(({ Key = "" }) => Key.startsWith(`graceful-asg:${what}`)).map(
    ({ Key, PropagateAtLaunch, Value }) => ({ Key, PropagateAtLaunch, Value }),
  );
}

/** The resource of a type and name in the state of a stack. */
export function one(resources: readonly StateResource[], type: string, name: string): StateResource {
  const found = resources.find(({ type: its, urn }) => its === type && urn.endsWith(`::${name}`));
  assert.ok(found, `${type} ${name}`);
  return found;
}
