import type * as aws from "@pulumi/aws";
import type { InstanceArgs } from "../arguments";

/** Root device of Amazon Linux, the default image. */
export const amazonLinuxRootDevice = "/dev/xvda";

/** Size of the root volume of Amazon Linux 2023, GiB. */
const amazonLinuxRootSize = 8;

/**
 * What a launch template says about the root volume. Images differ in the name of their root device; a mapping of a
 * device that the image lacks makes EC2 refuse the launch, or attach an empty disk. So we leave the root volume of a
 * user's image as it is unless the user names the device.
 */
export function rootVolume({
  imageId,
  rootDeviceName,
  rootVolumeSize,
}: InstanceArgs): aws.ec2.LaunchTemplateArgs["blockDeviceMappings"] {
  const ofAmazonLinux =
    imageId === undefined ? { device: amazonLinuxRootDevice, size: amazonLinuxRootSize } : undefined;
  const deviceName = rootDeviceName ?? ofAmazonLinux?.device;
  if (deviceName === undefined) return undefined;
  return [
    {
      deviceName,
      ebs: {
        encrypted: "true",
        volumeType: "gp3",
        volumeSize: rootVolumeSize ?? ofAmazonLinux?.size,
        deleteOnTermination: "true",
      },
    },
  ];
}
