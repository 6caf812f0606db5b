import { group, stack, type Case } from "./case";

/** Wrong launch templates, and wrong instances to launch from them. */
export const launchTemplateCases = {
  instanceOrLaunchTemplate: {
    wrong: group({ launchTemplate: { id: "lt-0abc" } }),
    line: /^instance, launchTemplate is "both given"; it must be exactly one of the two\. Give/,
  },
  instanceValues: {
    wrong: group({ instance: { imageId: "ubuntu" } }),
    line: /^instance\.imageId is "ubuntu"; it must be the id of an image, .*\. Give/,
  },
  architecture: {
    wrong: group({
      mixedInstances: { overrides: [{ instanceType: "t4g.micro" }, { instanceType: "t3.micro" }] },
    }),
    line: /^mixedInstances\.overrides\[1\]\.instanceType is "t3\.micro"; it must be an arm64 type, as t4g\.small of instance\.instanceType is: .* Give/,
  },
  rootDevice: {
    wrong: group({ instance: { imageId: "ami-0abc", rootVolumeSize: 20 } }),
    line: /^instance\.rootDeviceName is not given; it must be given along with rootVolumeSize .* Give .*\/dev\/sda1 for Ubuntu/,
  },
  metadataEndpoint: {
    wrong: group({ instance: { metadataOptions: { httpEndpoint: "disabled" } } }),
    line: /^instance\.metadataOptions\.httpEndpoint is "disabled"; it must be enabled: .* Leave/,
  },
  spotProtection: {
    wrong: group({
      instance: { disableApiStop: true },
      mixedInstances: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 99 } },
    }),
    line: /^instance\.disableApiStop is true; it must be false where the group has Spot instances, .* Leave/,
  },
  managedPolicies: {
    wrong: group({ instance: { managedPolicyArns: ["CloudWatchAgentServerPolicy"] } }),
    line: /^instance\.managedPolicyArns\[0\] is "CloudWatchAgentServerPolicy"; it must be an ARN like arn:.*\. Give/,
  },
  userDataFile: {
    wrong: stack({ userDataFile: "no/such/file.sh" }),
    line: /^graceful-asg:userDataFile is "no\/such\/file\.sh"; it must be a file, relative to the folder of Pulumi\.yaml\. Create/,
  },
  refreshVersion: {
    wrong: group({
      instance: undefined,
      launchTemplate: { id: "lt-0abc" },
      instanceRefresh: { strategy: "Rolling" },
    }),
    line: /^launchTemplate\.version is not given; it must be a number along with instanceRefresh: .* Give template\.latestVersion/,
  },
  autoRollback: {
    wrong: group({ instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } } }),
    line: /^instanceRefresh\.preferences\.autoRollback is true; it must be false with an image that EC2 looks up .* Give the id of an image/,
  },
} satisfies Record<string, Case>;
