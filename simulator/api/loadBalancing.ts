import { ServiceError } from "../errors";
import type { World } from "../world";
import { page } from "./input";
import type { Operation } from "./operation";

/** Calls of Elastic Load Balancing that the simulator answers. */
export function loadBalancingOperations({ targetGroups }: World): Readonly<Record<string, Operation>> {
  const find = (arn: string) => {
    const group = targetGroups.find((one) => one.arn === arn);
    if (group === undefined) throw new ServiceError("TargetGroupNotFound", "One or more target groups not found");
    return group;
  };
  return {
    DescribeTargetGroups: {
      requests: onAll("DescribeTargetGroups"),
      perform: (input) => {
        const arns = input.texts("TargetGroupArns");
        const size = input.optionalNumber("PageSize", 1, 400) ?? 400;
        const wanted = arns.length === 0 ? targetGroups : arns.map(find);
        const { items, next } = page(wanted, size, input.optionalText("Marker"), "InvalidConfigurationRequest");
        return {
          TargetGroups: items.map(({ arn, name, protocol, targetType }) => ({
            TargetGroupArn: arn,
            TargetGroupName: name,
            Protocol: protocol,
            TargetType: targetType,
          })),
          NextMarker: next,
        };
      },
    },

    DescribeTargetGroupAttributes: {
      requests: onAll("DescribeTargetGroupAttributes"),
      perform: (input) => {
        const { deregistrationDelay } = find(input.text("TargetGroupArn"));
        return {
          Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: String(deregistrationDelay) }],
        };
      },
    },
  };
}

function onAll(action: string) {
  return () => [{ action: `elasticloadbalancing:${action}`, resource: "*" }];
}
