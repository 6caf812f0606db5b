import { matching, oneOf, wholeNumber } from "./kinds";
import type { ValueRules } from "./rule";

/**
 * Rules for the arguments of a target group. Sources: Elastic Load Balancing API, CreateTargetGroup, Matcher and
 * TargetGroupAttribute.
 */
export const targetGroupValues: ValueRules = {
  "targetGroups[].arn": matching(
    /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:targetgroup\/[\w-]+\/[\w-]+$/,
    "the ARN of a target group",
    "Give the target group's output arn.",
  ),
  "targetGroup.slowStart": wholeNumber(30, 900, {
    also: 0,
    unit: "seconds",
    cure: "Leave it out where a new target may get its full share at once.",
  }),
  "targetGroup.healthCheck.protocol": oneOf(
    ["HTTP", "HTTPS", "TCP"],
    "Give the protocol in which the application answers health checks.",
  ),
  "targetGroup.healthCheck.path": matching(
    /^\/\S{0,1023}$/,
    "a path that begins with / and has no blanks, at most 1024 characters",
    "Give the path that the application answers with 200 when it is ready.",
  ),
  "targetGroup.healthCheck.port": matching(
    /^(traffic-port|[1-9]\d{0,4})$/,
    "traffic-port, or a port in quotes",
    "Leave it out for the port of the application.",
  ),
  "targetGroup.healthCheck.interval": wholeNumber(5, 300, {
    unit: "seconds",
    cure: "Give the time from one check to the next.",
  }),
  "targetGroup.healthCheck.timeout": wholeNumber(2, 120, {
    unit: "seconds",
    cure: "Give how long the application may take to answer a check.",
  }),
  "targetGroup.healthCheck.healthyThreshold": wholeNumber(2, 10, {
    cure: "Give the number of checks in a row that make a target healthy.",
  }),
  "targetGroup.healthCheck.unhealthyThreshold": wholeNumber(2, 10, {
    cure: "Give the number of failed checks in a row that make a target unhealthy.",
  }),
  "targetGroup.healthCheck.matcher": matching(
    /^[2-5]\d\d(-[2-5]\d\d)?(,[2-5]\d\d(-[2-5]\d\d)?)*$/,
    "codes from 200 to 599, as in 200, 200,202 or 200-299",
    "Give the codes of healthy answers.",
  ),
  "targetGroup.stickiness.type": oneOf(["lb_cookie", "app_cookie", "source_ip"]),
  "targetGroup.stickiness.cookieDuration": wholeNumber(1, 604_800, {
    unit: "seconds",
    cure: "Give for how long a client stays with its target.",
  }),
};
