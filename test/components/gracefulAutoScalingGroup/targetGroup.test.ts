import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GracefulAutoScalingGroupArgs } from "../../../components";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

describe("the target group of a GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("drains for as long as the hook's instructions say", () => {
    const { inputs } = only(all, types.targetGroup);

    assert.equal(inputs["deregistrationDelay"], 300);
    assert.equal(inputs["targetType"], "instance");
    assert.deepEqual(groupOf(all).inputs["targetGroupArns"], [only(all, types.targetGroup).state["arn"]]);
  });
});

describe("the listeners of a GracefulAutoScalingGroup", () => {
  it("are made after the target group and before the group, in each way to return them", async () => {
    const listener = (targetGroupArn: pulumi.Output<string>, name = "web") =>
      new aws.lb.Listener(name, {
        loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0",
        defaultActions: [{ type: "forward", targetGroupArn }],
      });
    const ways: NonNullable<GracefulAutoScalingGroupArgs["listeners"]>[] = [
      (arn) => listener(arn),
      (arn) => [listener(arn), listener(arn, "second")],
      (arn) => pulumi.output(listener(arn)),
      (arn) => pulumi.output([listener(arn)]),
      (arn) => [pulumi.output(listener(arn)), Promise.resolve(listener(arn, "second"))],
    ];
    for (const listeners of ways) {
      const all = await make({ listeners });

      for (const { dependencies, inputs, urn } of ofType(all, types.listener)) {
        assert.deepEqual(inputs["defaultActions"], [
          { type: "forward", targetGroupArn: only(all, types.targetGroup).state["arn"] },
        ]);
        assert.ok(dependencies.includes(only(all, types.targetGroup).urn));
        assert.ok(groupOf(all).dependencies.includes(urn), `${urn} ${String(listeners)}`);
      }
      assert.ok(groupOf(all).dependencies.includes(only(all, types.document).urn));
    }
  });

  it("are refused if they are not returned, as the group would not wait for them", async () => {
    const forgetful = (() => undefined) as unknown as NonNullable<GracefulAutoScalingGroupArgs["listeners"]>;

    await assert.rejects(
      make({ listeners: forgetful }),
      /listeners is "a function that returns nothing"; it must be a function that returns the listeners, .* Return them/,
    );
    await assert.rejects(
      make({ listeners: () => [] }),
      /listeners is "a function that returns an empty list"; it must be .* Return them/,
    );
  });
});
