import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ofType, type Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

describe("the launch template of a GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("has the latest Amazon Linux, required metadata tokens and an encrypted root volume", () => {
    const { inputs } = only(all, types.launchTemplate);

    assert.equal(
      inputs["imageId"],
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    );
    assert.deepEqual(inputs["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
    assert.deepEqual(inputs["blockDeviceMappings"], [
      {
        deviceName: "/dev/xvda",
        ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 8, deleteOnTermination: "true" },
      },
    ]);
    assert.deepEqual(inputs["iamInstanceProfile"], { arn: only(all, types.profile).state["arn"] });
  });

  it("does not set the root volume of another image, whose device may have another name", async () => {
    const { inputs } = only(await make({ instance: { imageId: "ami-0abc" } }), types.launchTemplate);

    assert.equal(inputs["imageId"], "ami-0abc");
    assert.ok(!("blockDeviceMappings" in inputs));
  });

  it("encrypts the root volume of another image whose device is given, with the image's size or a given size", async () => {
    const mapping = async (rootVolumeSize?: number) => {
      const instance = { imageId: "ami-0abc", rootDeviceName: "/dev/sda1", rootVolumeSize };
      return only(await make({ instance }), types.launchTemplate).inputs["blockDeviceMappings"];
    };
    const ebs = { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" };

    assert.deepEqual(await mapping(), [{ deviceName: "/dev/sda1", ebs }]);
    assert.deepEqual(await mapping(20), [{ deviceName: "/dev/sda1", ebs: { ...ebs, volumeSize: 20 } }]);
  });

  it("changes only the metadata options that are given", async () => {
    const instance = {
      metadataOptions: pulumi.output({ httpPutResponseHopLimit: 2, instanceMetadataTags: "enabled" }),
    };
    const { inputs } = only(await make({ instance }), types.launchTemplate);

    assert.deepEqual(inputs["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 2,
      instanceMetadataTags: "enabled",
    });
  });

  it("forbids EC2 to stop and to terminate instances only where the arguments say so", async () => {
    const instance = { disableApiStop: true, disableApiTermination: true };
    const told = only(await make({ instance }), types.launchTemplate).inputs;
    const usual = only(all, types.launchTemplate).inputs;

    assert.equal(told["disableApiStop"], true);
    assert.equal(told["disableApiTermination"], true);
    assert.ok(!("disableApiStop" in usual) && !("disableApiTermination" in usual));
  });

  it("takes the image that fits the processor of the instance type", async () => {
    const architectures = {
      "t4g.small": "arm64",
      "m7gd.large": "arm64",
      "a1.large": "arm64",
      "p6e-gb200.36xlarge": "arm64",
      "is4gen.medium": "arm64",
      "t3.small": "x86_64",
      "g4dn.xlarge": "x86_64",
      "gr6.4xlarge": "x86_64",
      "u-6tb1.metal": "x86_64",
      "c7i-flex.large": "x86_64",
    };
    for (const [instanceType, architecture] of Object.entries(architectures)) {
      const { inputs } = only(await make({ instance: { instanceType } }), types.launchTemplate);
      assert.match(String(inputs["imageId"]), new RegExp(`-${architecture}$`), instanceType);
    }
  });

  it("is in a mixed instances policy where mixedInstances is given", async () => {
    const { inputs } = groupOf(
      await make({ mixedInstances: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } } }),
    );

    assert.equal(inputs["launchTemplate"], undefined);
    assert.ok(inputs["mixedInstancesPolicy"]);
  });
});

describe("a launch template made elsewhere", () => {
  it("is used as it is", async () => {
    const all = await make({ instance: undefined, launchTemplate: { id: "lt-0abc", version: "7" } });

    assert.deepEqual(groupOf(all).inputs["launchTemplate"], { id: "lt-0abc", version: "7" });
    for (const type of [types.launchTemplate, types.profile, types.attachment])
      assert.deepEqual(ofType(all, type), []);
  });

  it("has its default version if no version is given", async () => {
    const all = await make({ instance: undefined, launchTemplate: { id: "lt-0abc" } });

    assert.deepEqual(groupOf(all).inputs["launchTemplate"], { id: "lt-0abc", version: "$Default" });
  });
});
