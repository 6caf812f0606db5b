import type { Fields } from "../contract";
import type {
  LaunchConfigurationSettings,
  LaunchSettings,
  LaunchTemplateSettings,
  TemplateVersion,
} from "../simulator/world";
import { number, object, optionalText, text, type All } from "./fields";

/** From what a group launches its instances, as far as the program knows it. */
export function launchOf(group: Fields): LaunchSettings {
  const mixed = object(group["mixedInstancesPolicy"]);
  const template = versionIn(group["launchTemplate"], "id");
  const specification = object(mixed["launchTemplate"])["launchTemplateSpecification"];
  const mixedTemplate = versionIn(specification, "launchTemplateId");
  const distribution = object(mixed["instancesDistribution"]);
  const configuration = optionalText(group["launchConfiguration"]);
  return {
    ...(template === undefined ? {} : { template }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(mixedTemplate === undefined
      ? {}
      : {
          mixed: {
            template: mixedTemplate,
            onDemandBaseCapacity: number(distribution["onDemandBaseCapacity"], 0),
            // Source: Auto Scaling API, InstancesDistribution.
            onDemandPercentageAboveBaseCapacity: number(
              distribution["onDemandPercentageAboveBaseCapacity"],
              100,
            ),
          },
        }),
  };
}

function versionIn(specification: unknown, key: string): TemplateVersion | undefined {
  const fields = object(specification);
  const id = optionalText(fields[key]);
  const version = fields["version"];
  const isGiven = typeof version === "string" || typeof version === "number";
  return id === undefined ? undefined : { id, version: isGiven ? String(version) : "$Default" };
}

/** The launch templates of a program. */
export function launchTemplatesIn(all: All): LaunchTemplateSettings[] {
  return all("aws:ec2/launchTemplate:LaunchTemplate").map((template) => ({
    id: text(template["id"]),
    name: text(template["name"]),
    disableApiTermination: template["disableApiTermination"] === true,
    disableApiStop: template["disableApiStop"] === true,
    marketType: optionalText(object(template["instanceMarketOptions"])["marketType"]),
  }));
}

/** The launch configurations of a program. */
export function launchConfigurationsIn(all: All): LaunchConfigurationSettings[] {
  return all("aws:ec2/launchConfiguration:LaunchConfiguration").map((one) => ({
    name: text(one["name"]),
    spotPrice: optionalText(one["spotPrice"]),
  }));
}
