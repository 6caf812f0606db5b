import { isNetworkProtocol, outside, type Violation } from "../../timing";
import { TargetGroupProtocol, type GracefulAutoScalingGroupArgs, type TargetGroupArgs } from "../arguments";
import { known } from "./known";
import type { ArgumentCheck } from "./refuse";

/** The arguments of a group that concern its load balancer. */
export interface TargetGroupGiven {
  readonly args: Pick<
    GracefulAutoScalingGroupArgs,
    "healthCheckType" | "listeners" | "targetGroup" | "targetGroups" | "vpcId"
  >;
}

/** Checks of target groups against each other and against the rest of the arguments. */
export const targetGroupChecks = {
  oneKindOfTargetGroup: ({ args: { targetGroup, targetGroups } }) =>
    targetGroup === undefined || targetGroups === undefined
      ? []
      : [
          {
            argument: "targetGroup, targetGroups",
            value: "both given",
            allowed: "at most one of the two",
            cure: "Give targetGroup for one that is made here, or targetGroups for those that exist.",
          },
        ],
  vpcOfTargetGroup: ({ args: { targetGroup, vpcId } }) =>
    targetGroup === undefined || vpcId !== undefined
      ? []
      : [
          {
            argument: "vpcId",
            value: undefined,
            allowed: "given along with targetGroup",
            cure: "Give the VPC of the subnets.",
          },
        ],
  listenersOfTargetGroup: ({ args: { listeners, targetGroup } }) =>
    listeners === undefined || targetGroup !== undefined
      ? []
      : [
          {
            argument: "listeners",
            value: "given",
            allowed: "given only along with targetGroup, whose ARN it gets",
            cure: "Name listeners of other target groups in the resource option dependsOn.",
          },
        ],
  healthCheckWithoutTargetGroup: ({ args: { healthCheckType, targetGroup, targetGroups = [] } }) => {
    const type = known(healthCheckType);
    if (targetGroup !== undefined || targetGroups.length > 0 || !type?.split(",").includes("ELB")) return [];
    return [
      {
        argument: "healthCheckType",
        value: type,
        allowed: "EC2, as the group has no target group",
        cure: "Leave it out, or give targetGroup or targetGroups.",
      },
    ];
  },
  port: ({ args: { targetGroup } }) =>
    outside(
      "targetGroup.port",
      targetGroup?.port,
      { min: 1, max: 65_535 },
      "",
      "Give the port of the application.",
    ),
  argumentsOfProtocol: ({ args: { targetGroup } }) =>
    targetGroup === undefined ? [] : strangeToProtocol(targetGroup),
} satisfies Record<string, ArgumentCheck<TargetGroupGiven>>;

/**
 * Arguments that a target group of another protocol has. Sources: Elastic Load Balancing API, TargetGroupAttribute and
 * CreateTargetGroup; Network Load Balancers, Sticky sessions.
 */
function strangeToProtocol(targetGroup: TargetGroupArgs): Violation[] {
  const { protocol = TargetGroupProtocol.Http, slowStart } = targetGroup;
  const only = (protocols: string, names: readonly (keyof TargetGroupArgs)[]) =>
    names
      .filter((name) => targetGroup[name] !== undefined)
      .map((name) =>
        strange(
          `targetGroup.${name}`,
          "given",
          `left out: only target groups for ${protocols} have it`,
          protocol,
        ),
      );
  if (isNetworkProtocol(protocol))
    return [
      ...(slowStart === 0 ? [] : only("HTTP and HTTPS", ["slowStart"])),
      ...stickiness(targetGroup, protocol),
    ];
  return [
    ...only("TCP and TLS", ["connectionTermination", "preserveClientIp", "proxyProtocolV2"]),
    ...stickiness(targetGroup, protocol),
    ...healthCheckProtocol(targetGroup, protocol),
  ];
}

/** Types of stickiness that a target group may have. */
const stickinessTypes: Readonly<Record<TargetGroupProtocol, readonly string[]>> = {
  HTTP: ["lb_cookie", "app_cookie"],
  HTTPS: ["lb_cookie", "app_cookie"],
  TCP: ["source_ip"],
  TLS: [],
};

function stickiness(targetGroup: TargetGroupArgs, protocol: TargetGroupProtocol): Violation[] {
  const types = stickinessTypes[protocol];
  const given = known(targetGroup.stickiness);
  if (given === undefined) return [];
  if (types.length === 0)
    return [
      strange(
        "targetGroup.stickiness",
        "given",
        `left out: a target group for ${protocol} has none`,
        protocol,
      ),
    ];
  const type = known(given.type);
  return type === undefined || types.includes(type)
    ? []
    : [strange("targetGroup.stickiness.type", type, types.join(" or "), protocol)];
}

function healthCheckProtocol(targetGroup: TargetGroupArgs, protocol: string): Violation[] {
  const given = known(known(targetGroup.healthCheck)?.protocol);
  return given === "TCP"
    ? [strange("targetGroup.healthCheck.protocol", given, "HTTP or HTTPS", protocol)]
    : [];
}

function strange(argument: string, value: string, allowed: string, protocol: string): Violation {
  return { argument, value, allowed, cure: `targetGroup.protocol is ${protocol}; change one of the two.` };
}
