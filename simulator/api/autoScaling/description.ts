import type { World } from "../../world";
import { page } from "../input";
import type { Operation } from "../operation";
import { onAll } from "./permissions";

/** Calls that describe policies and launch configurations, which no test changes. */
export function descriptionOperations({
  launchConfigurations,
  scalingPolicies,
}: World): Readonly<Record<string, Operation>> {
  return {
    DescribePolicies: {
      requests: onAll("DescribePolicies"),
      perform: (input) => {
        const group = input.optionalText("AutoScalingGroupName");
        const types = input.texts("PolicyTypes");
        const size = input.optionalNumber("MaxRecords", 1, 100) ?? 50;
        const wanted = scalingPolicies.filter(
          (one) =>
            (group === undefined || one.group === group) &&
            (types.length === 0 || types.includes(one.policyType)),
        );
        const { items, next } = page(wanted, size, input.optionalText("NextToken"), "InvalidNextToken");
        return {
          ScalingPolicies: items.map((one) => ({
            AutoScalingGroupName: one.group,
            PolicyName: one.name,
            PolicyType: one.policyType,
          })),
          NextToken: next,
        };
      },
    },

    DescribeLaunchConfigurations: {
      requests: onAll("DescribeLaunchConfigurations"),
      perform: (input) => {
        const names = input.texts("LaunchConfigurationNames");
        const size = input.optionalNumber("MaxRecords", 1, 100) ?? 50;
        const wanted = launchConfigurations.filter(({ name }) => names.length === 0 || names.includes(name));
        const { items, next } = page(wanted, size, input.optionalText("NextToken"), "InvalidNextToken");
        return {
          LaunchConfigurations: items.map(({ name, spotPrice }) => ({
            LaunchConfigurationName: name,
            ImageId: "ami-0123456789abcdef0",
            InstanceType: "t3.micro",
            SpotPrice: spotPrice,
            CreatedTime: new Date(0),
          })),
          NextToken: next,
        };
      },
    },
  };
}
