import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, LifecycleHandler } from "../../../components";
import { ofType, type Registration } from "../../../evaluate/registration";
import { groupArgs, handlerElsewhere, only, registered } from "../../support/deployment";
import { make, types } from "./make";

describe("the handler of a GracefulAutoScalingGroup", () => {
  it("is the handler that is given, and exists before the group", async () => {
    const all = await registered(() => {
      const handler = new LifecycleHandler("shared");
      new GracefulAutoScalingGroup("web", groupArgs({ handler }));
      new GracefulAutoScalingGroup("jobs", groupArgs({ handler }));
    });
    const shared = only(all, types.function);

    assert.equal(ofType(all, types.handler).length, 1);
    for (const group of ofType(all, types.group)) {
      const [mark] = group.inputs["tags"] as unknown[];
      assert.deepEqual(mark, {
        key: "graceful-asg:handler",
        value: shared.state["name"],
        propagateAtLaunch: true,
      });
      for (const { urn, parent } of all)
        if (parent === only(all, types.handler).urn) assert.ok(group.dependencies.includes(urn));
    }
    const names = ofType(all, types.document).map(({ state }) => state["name"]);
    assert.equal(new Set(names).size, 2);
  });

  it("may be given as plain values of another stack, and then gets no resources in this stack", async () => {
    const all = await make({ handler: handlerElsewhere });

    assert.deepEqual(all.map(({ name, type }) => `${type} ${name}`).sort(), [
      "aws:autoscaling/group:Group web",
      "aws:autoscaling/lifecycleHook:LifecycleHook web-terminate",
      "aws:ec2/launchTemplate:LaunchTemplate web",
      "aws:iam/instanceProfile:InstanceProfile web-instance",
      "aws:iam/role:Role web-instance",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment web-instance",
      "aws:lb/targetGroup:TargetGroup web",
      "aws:ssm/document:Document web-terminate",
      "graceful-asg:index:GracefulAutoScalingGroup web",
    ]);
    assert.equal(only(all, types.hook).inputs["notificationTargetArn"], handlerElsewhere.topicArn);
    assert.equal(only(all, types.hook).inputs["roleArn"], handlerElsewhere.notificationRoleArn);
    assert.match(
      String(only(all, types.document).state["name"]),
      /^shared-1234567-web-terminate-[0-9a-f]{8}$/,
    );
  });

  it("may serve instances with the tag of a former handler before the group gets another tag", async () => {
    const all = await make({ handler: handlerElsewhere, formerHandlers: ["web-handler-1a2b3c4", "older"] });
    const grant = only(all, "aws:iam/rolePolicy:RolePolicy", "web-former-handlers");

    assert.equal(grant.inputs["role"], handlerElsewhere.functionRoleName);
    assert.deepEqual(JSON.parse(String(grant.inputs["policy"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "ssm:SendCommand",
          Resource: "arn:aws:ec2:us-east-1:123456789012:instance/*",
          Condition: {
            StringEquals: { "ssm:resourceTag/graceful-asg:handler": ["web-handler-1a2b3c4", "older"] },
          },
        },
      ],
    });
    assert.ok(only(all, types.group).dependencies.includes(grant.urn));
  });

  it("hears of Spot instances only where spot is set", async () => {
    const spotRules = (all: readonly Registration[]) =>
      ofType(all, types.rule).filter(({ name }) => name === "web-handler-spot").length;

    assert.equal(spotRules(await make({ spot: true })), 1);
    assert.equal(spotRules(await make()), 0);
  });
});
