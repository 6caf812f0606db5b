import type * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, LifecycleHandler } from "../../components";
import { groupArgs, handlerElsewhere, registered } from "../support/deployment";

describe("the nodes of a component", () => {
  it("are the resources that a GracefulAutoScalingGroup made", async () => {
    const nodes = await nodesOf(() => new GracefulAutoScalingGroup("web", groupArgs()));

    assert.deepEqual(nodes, {
      group: "aws:autoscaling/group:Group web",
      targetGroup: "aws:lb/targetGroup:TargetGroup web",
      launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate web",
      instanceRole: "aws:iam/role:Role web-instance",
      handler: "graceful-asg:index:LifecycleHandler web-handler",
    });
  });

  it("leave out what a GracefulAutoScalingGroup was given", async () => {
    const given = { instance: undefined, launchTemplate: { id: "lt-0abc" }, handler: handlerElsewhere };
    const nodes = await nodesOf(() => new GracefulAutoScalingGroup("web", groupArgs(given)));

    assert.deepEqual(nodes, {
      group: "aws:autoscaling/group:Group web",
      targetGroup: "aws:lb/targetGroup:TargetGroup web",
      launchTemplate: undefined,
      instanceRole: undefined,
      handler: undefined,
    });
  });

  it("are the resources that a LifecycleHandler made", async () => {
    const nodes = await nodesOf(() => new LifecycleHandler("lifecycle"));

    assert.deepEqual(nodes, {
      function: "aws:lambda/function:Function lifecycle",
      terminationPolicy: undefined,
      role: "aws:iam/role:Role lifecycle-function",
      topic: "aws:sns/topic:Topic lifecycle-hooks",
      deadLetterQueue: "aws:sqs/queue:Queue lifecycle-dead-letters",
    });
  });

  it("leave out the role that a LifecycleHandler was given", async () => {
    const role = { name: "ours", arn: "arn:aws:iam::123456789012:role/ours" };

    assert.equal((await nodesOf(() => new LifecycleHandler("lifecycle", { role })))["role"], undefined);
  });
});

/** Types and names of the nodes of a component, by the names of the nodes. */
async function nodesOf(
  create: () => { readonly nodes: object },
): Promise<Readonly<Record<string, string | undefined>>> {
  const urns = new Map<string, string | undefined>();
  const all = await registered(() => {
    for (const [node, resource] of Object.entries(create().nodes)) {
      urns.set(node, undefined);
      (resource as pulumi.Resource | undefined)?.urn.apply((urn) => urns.set(node, urn));
    }
  });
  return Object.fromEntries(
    [...urns].map(([node, urn]) => {
      const found = all.find((one) => one.urn === urn);
      return [node, found && `${found.type} ${found.name}`];
    }),
  );
}
