import * as pulumi from "@pulumi/pulumi";
import { GracefulAutoScalingGroup } from "../../../components";

/** A value that a program in JavaScript can hand over in spite of the types. */
function untyped(value: unknown): never {
  return value as never;
}

new GracefulAutoScalingGroup(
  "web",
  untyped({
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: "subnet-0123456789abcdef0",
    instance: { imageID: "ami-0123456789abcdef0" },
    minSize: "1",
    maxSize: NaN,
    targetGroup: { port: 8080 },
    terminate: { systemdUnit: pulumi.output("application"), timout: 120 },
  }),
);
