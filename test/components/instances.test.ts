import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  InvalidArguments,
  type GracefulAutoScalingGroupArgs,
} from "../../components";
import { groupArgs, only, registered } from "../support/deployment";

type Changes = Partial<GracefulAutoScalingGroupArgs>;

/** The sentences that refuse a group; empty if the group is made. Outputs are known, as in an update. */
async function refusals(changes: Changes): Promise<string[]> {
  const error: unknown = await registered(() => {
    new GracefulAutoScalingGroup("web", groupArgs(changes));
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return [];
  assert.ok(error instanceof InvalidArguments);
  return error.message.split("\n").slice(1);
}

/** Groups that cannot come up, with plain values and with outputs, and the sentence that refuses them. */
const wrong: Readonly<Record<string, readonly [Changes, RegExp]>> = {
  "a type of the other architecture than the default image's": [
    { mixedInstances: { overrides: [{ instanceType: "t3.micro" }] } },
    /overrides\[0\]\.instanceType is "t3\.micro"; it must be an arm64 type, as t4g\.small of instance/,
  ],
  "an ARM type where the default image is for x86_64": [
    {
      instance: { instanceType: "m7i.large" },
      mixedInstances: { overrides: [{ instanceType: "m7i.large" }, { instanceType: "m7g.large" }] },
    },
    /overrides\[1\]\.instanceType is "m7g\.large"; it must be an x86_64 type, as m7i\.large of instance/,
  ],
  "types of two architectures for one image of the user's": [
    {
      instance: { imageId: "ami-0abc" },
      mixedInstances: { overrides: [{ instanceType: "m7i.large" }, { instanceType: "m7g.large" }] },
    },
    /overrides\[1\]\.instanceType is "m7g\.large"; .* as m7i\.large of mixedInstances\.overrides\[0\]/,
  ],
  "types of two architectures for one launch template": [
    {
      instance: undefined,
      launchTemplate: { id: "lt-0abc" },
      mixedInstances: { overrides: [{ instanceType: "m7g.large" }, { instanceType: "m7i.large" }] },
    },
    /overrides\[1\]\.instanceType is "m7i\.large"; .* as m7g\.large of mixedInstances\.overrides\[0\]/,
  ],
  "a refresh to $Latest, which never changes": [
    {
      instance: undefined,
      launchTemplate: { id: "lt-0abc", version: "$Latest" },
      instanceRefresh: { strategy: "Rolling" },
    },
    /launchTemplate\.version is "\$Latest"; it must be a number/,
  ],
  "a refresh with an override's template at its default version": [
    {
      instanceRefresh: { strategy: "Rolling" },
      mixedInstances: { overrides: [{ launchTemplateSpecification: { launchTemplateId: "lt-0abc" } }] },
    },
    /overrides\[0\]\.launchTemplateSpecification\.version is not given; it must be a number/,
  ],
  "a rollback to an image that EC2 looks up for the user": [
    {
      instance: { imageId: "resolve:ssm:/golden/image" },
      instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } },
    },
    /instanceRefresh\.preferences\.autoRollback is true; it must be false with an image that EC2 looks up/,
  ],
  "another root device than Amazon Linux has": [
    { instance: { rootDeviceName: "/dev/sda1" } },
    /instance\.rootDeviceName is "\/dev\/sda1"; it must be \/dev\/xvda, as Amazon Linux has it, unless imageId/,
  ],
  "protection from termination for Spot instances": [
    {
      instance: { disableApiTermination: true },
      mixedInstances: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } },
    },
    /instance\.disableApiTermination is true; it must be false where the group has Spot instances/,
  ],
};

const right: Readonly<Record<string, Changes>> = {
  "types of one architecture": {
    mixedInstances: { overrides: [{ instanceType: "t4g.micro" }, { instanceType: "m7g.medium" }] },
  },
  "types of one architecture for an image of the user's, whatever the type of the template": {
    instance: { imageId: "ami-0abc", instanceType: "t3.small" },
    mixedInstances: { overrides: [{ instanceType: "t4g.micro" }] },
  },
  "another architecture with an image of its own": {
    mixedInstances: {
      overrides: [
        {
          instanceType: "t3.micro",
          launchTemplateSpecification: { launchTemplateId: "lt-0abc", version: "1" },
        },
      ],
    },
  },
  "a refresh of the default image": { instanceRefresh: { strategy: "Rolling" } },
  "a rollback to an image by its id": {
    instance: { imageId: "ami-0abc" },
    instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } },
  },
  "a refresh and a rollback with a numbered version": {
    instance: undefined,
    launchTemplate: { id: "lt-0abc", version: "12" },
    instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } },
  },
  "a template at its default version that nothing refreshes": {
    instance: undefined,
    launchTemplate: { id: "lt-0abc" },
  },
  "protection from termination and stops without Spot instances": {
    instance: { disableApiStop: true, disableApiTermination: true },
    mixedInstances: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 100 } },
  },
};

/** The same arguments with each value known only later. */
function later({ instance, instanceRefresh, launchTemplate, mixedInstances, ...others }: Changes): Changes {
  return {
    ...others,
    ...(instance && { instance: asOutputs(instance) }),
    ...(instanceRefresh && { instanceRefresh: pulumi.output(instanceRefresh) }),
    ...(launchTemplate && { instance: undefined, launchTemplate: asOutputs(launchTemplate) }),
    ...(mixedInstances && { mixedInstances: asOutputs(mixedInstances) }),
  };
}

function asOutputs<Values extends object>(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, pulumi.output(value as unknown)]),
  ) as Values;
}

describe("the instances of a group", () => {
  for (const [what, [changes, line]] of Object.entries(wrong)) {
    it(`are refused with ${what}`, async () => {
      const found = await refusals({ ...changes });

      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", line);
    });

    it(`are refused with ${what}, in the same words, where the values are known only later`, async () => {
      assert.deepEqual(await refusals(later(changes)), await refusals(changes));
    });
  }

  for (const [what, changes] of Object.entries(right)) {
    it(`may have ${what}`, async () => {
      assert.deepEqual(await refusals(changes), []);
      assert.deepEqual(await refusals(later(changes)), []);
    });
  }

  it("do not wait in a preview for values that are not known yet", async () => {
    const all = await registered(
      () => {
        const template = new aws.ec2.LaunchTemplate("template");
        const launchTemplate = { id: template.id, version: template.latestVersion.apply(String) };
        new GracefulAutoScalingGroup(
          "web",
          groupArgs({ instance: undefined, launchTemplate, instanceRefresh: { strategy: "Rolling" } }),
        );
      },
      { preview: true },
    );

    only(all, "aws:autoscaling/group:Group");
  });
});
