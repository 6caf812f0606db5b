import {
  DescribeLaunchConfigurationsCommand,
  type AutoScalingGroup,
  type LaunchTemplateSpecification,
} from "@aws-sdk/client-auto-scaling";
import { DescribeLaunchTemplateVersionsCommand } from "@aws-sdk/client-ec2";
import type { Resource } from "../../../../policy/stack/resource";
import { found, type Reads } from "./reads";
import { resource } from "./resource";

/** From what a group launches instances, as a program would give it. */
export function launchOf({
  LaunchConfigurationName,
  LaunchTemplate,
  MixedInstancesPolicy,
}: AutoScalingGroup) {
  const { InstancesDistribution, LaunchTemplate: mixed } = MixedInstancesPolicy ?? {};
  const specification = mixed?.LaunchTemplateSpecification;
  return {
    launchConfiguration: LaunchConfigurationName,
    ...(LaunchTemplate === undefined ? {} : { launchTemplate: { id: versionId(LaunchTemplate) } }),
    ...(MixedInstancesPolicy === undefined
      ? {}
      : {
          mixedInstancesPolicy: {
            launchTemplate: {
              launchTemplateSpecification: specification && { launchTemplateId: versionId(specification) },
            },
            instancesDistribution: {
              onDemandBaseCapacity: InstancesDistribution?.OnDemandBaseCapacity,
              onDemandPercentageAboveBaseCapacity: InstancesDistribution?.OnDemandPercentageAboveBaseCapacity,
            },
          },
        }),
  };
}

/** The template, in the version that a group uses: a program knows its newest version only, an account each version. */
function versionId({ LaunchTemplateId, LaunchTemplateName, Version }: LaunchTemplateSpecification): string {
  return `${LaunchTemplateId ?? LaunchTemplateName ?? ""}:${Version ?? "$Default"}`;
}

/** The launch templates and the launch configuration of a group. */
export async function readLaunch(reads: Reads, group: AutoScalingGroup): Promise<Resource[]> {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = group;
  const templates = [
    LaunchTemplate,
    MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification,
  ].filter((one) => one !== undefined);
  const all = await Promise.all([
    ...templates.map((one) => readTemplate(reads, one)),
    ...(LaunchConfigurationName === undefined ? [] : [readConfiguration(reads, LaunchConfigurationName)]),
  ]);
  return all.flat();
}

async function readTemplate({ account, look }: Reads, one: LaunchTemplateSpecification): Promise<Resource[]> {
  const id = versionId(one);
  const { LaunchTemplateId, LaunchTemplateName, Version = "$Default" } = one;
  const named = LaunchTemplateId === undefined ? { LaunchTemplateName } : { LaunchTemplateId };
  const versions = await look({
    what: "launch templates",
    action: "ec2:DescribeLaunchTemplateVersions",
    key: id,
    make: () =>
      account.clients.ec2.send(
        new DescribeLaunchTemplateVersionsCommand({ ...named, Versions: [Version], MaxResults: 1 }),
      ),
  });
  const [version] = found(versions)?.LaunchTemplateVersions ?? [];
  if (version === undefined) return [];
  const { LaunchTemplateData: data, LaunchTemplateName: name = id } = version;
  return [
    resource("launchTemplate", id, name, {
      id,
      disableApiTermination: data?.DisableApiTermination,
      disableApiStop: data?.DisableApiStop,
      instanceMarketOptions: { marketType: data?.InstanceMarketOptions?.MarketType },
    }),
  ];
}

async function readConfiguration({ account, look }: Reads, name: string): Promise<Resource[]> {
  const configurations = await look({
    what: "launch configurations",
    action: "autoscaling:DescribeLaunchConfigurations",
    key: name,
    make: () =>
      account.clients.autoScaling.send(
        new DescribeLaunchConfigurationsCommand({ LaunchConfigurationNames: [name] }),
      ),
  });
  return (found(configurations)?.LaunchConfigurations ?? []).map(
    ({ LaunchConfigurationARN = name, SpotPrice }) =>
      resource("launchConfiguration", LaunchConfigurationARN, name, { name, spotPrice: SpotPrice }),
  );
}
