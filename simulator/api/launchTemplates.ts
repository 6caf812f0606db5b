import { ServiceError } from "../errors";
import type { World } from "../world";
import type { Operation } from "./operation";

/** Calls of EC2 about launch templates that the simulator answers. */
export function launchTemplateOperations({ launchTemplates }: World): Readonly<Record<string, Operation>> {
  return {
    DescribeLaunchTemplateVersions: {
      requests: () => [{ action: "ec2:DescribeLaunchTemplateVersions", resource: "*" }],
      perform: (input) => {
        const id = input.text("LaunchTemplateId");
        const template = launchTemplates.find((one) => one.id === id);
        if (template === undefined)
          throw new ServiceError(
            "InvalidLaunchTemplateId.NotFound",
            `The specified launch template, with template ID ${id}, does not exist.`,
          );
        // A program knows its templates in one version.
        return {
          LaunchTemplateVersions: input.texts("LaunchTemplateVersion").map(() => ({
            LaunchTemplateId: id,
            LaunchTemplateName: template.name,
            VersionNumber: 1,
            DefaultVersion: true,
            LaunchTemplateData: {
              DisableApiTermination: template.disableApiTermination,
              DisableApiStop: template.disableApiStop,
              InstanceMarketOptions:
                template.marketType === undefined ? undefined : { MarketType: template.marketType },
            },
          })),
        };
      },
    },
  };
}
