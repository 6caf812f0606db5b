import { id, notEmpty, wholeNumber } from "./kinds";
import type { ValueRules } from "./rule";

/** Rules for the arguments of the handler's function. */
export const functionValues: ValueRules = {
  "vpc.subnetIds": notEmpty(
    "Name the subnets in which the function gets its network interfaces, or leave vpc out.",
  ),
  "vpc.subnetIds[]": id("subnet", "subnet"),
  "vpc.securityGroupIds": notEmpty("Name the security groups of its network interfaces, or leave vpc out."),
  "vpc.securityGroupIds[]": id("sg", "security group"),
};

/** Rules for the arguments of a handler. With a reserved concurrency of 0 the function could not run at all. */
export const handlerValues: ValueRules = {
  ...functionValues,
  reservedConcurrency: wholeNumber(1, Infinity, { cure: "Leave it out for the account's limit." }),
};
