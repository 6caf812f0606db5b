import { autoScalingCalls } from "./autoScaling";
import { ec2Calls } from "./ec2";
import { eventsCalls } from "./events";
import type { IllegalCall } from "./illegalCall";
import { snsCalls } from "./sns";
import { ssmCalls } from "./ssm";

/** Calls that AWS refuses, with the code that it answers. */
export const illegalCalls: Readonly<Record<string, IllegalCall>> = {
  ...autoScalingCalls,
  ...ec2Calls,
  ...eventsCalls,
  ...ssmCalls,
  ...snsCalls,
};
