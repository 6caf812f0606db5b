import { defaultDeregistrationDelay } from "../timing";
import type { ScalingPolicySettings, TargetGroupSettings } from "../simulator/world";
import { number, object, optionalText, text, type All } from "./fields";

/** The target groups of a program, those of its load balancers included. */
export function targetGroupSettingsIn(all: All): TargetGroupSettings[] {
  return [
    ...all("aws:lb/targetGroup:TargetGroup"),
    ...all("aws:alb/targetGroup:TargetGroup"),
    ...all("awsx:lb:ApplicationLoadBalancer").map((one) => object(one["defaultTargetGroup"])),
  ].map((one) => ({
    name: text(one["name"]),
    arn: text(one["arn"]),
    protocol: optionalText(one["protocol"]) ?? "HTTP",
    targetType: optionalText(one["targetType"]) ?? "instance",
    deregistrationDelay: number(one["deregistrationDelay"], defaultDeregistrationDelay),
  }));
}

/** The scaling policies of a program. */
export function scalingPoliciesIn(all: All): ScalingPolicySettings[] {
  return all("aws:autoscaling/policy:Policy").map((one) => ({
    name: text(one["name"]),
    group: text(one["autoscalingGroupName"]),
    policyType: optionalText(one["policyType"]) ?? "SimpleScaling",
  }));
}
