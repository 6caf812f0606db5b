import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Resource } from "../../../../policy/stack/resource";
import { chunks, found, type Reads } from "./reads";
import { resource } from "./resource";

/** Target groups by ARN, with their deregistration delays. */
export type TargetGroups = ReadonlyMap<string, Resource>;

/** Target groups in a request; the API names no limit. */
const targetGroupsAtOnce = 20;

/** Reads each target group of some groups once. */
export async function readTargetGroups(
  reads: Reads,
  groups: readonly AutoScalingGroup[],
): Promise<TargetGroups> {
  const arns = [...new Set(groups.flatMap(targetGroupsOf))].sort();
  const read = await Promise.all(chunks(arns, targetGroupsAtOnce).map((some) => readSome(reads, some)));
  return new Map(read.flat().map((one) => [one.urn, one]));
}

/** ARNs of the target groups with which instances of a group are registered. */
export function targetGroupsOf({ TargetGroupARNs = [], TrafficSources = [] }: AutoScalingGroup): string[] {
  const sources = TrafficSources.map(({ Identifier = "" }) => Identifier).filter((one) =>
    /:targetgroup\//.test(one),
  );
  return [...new Set([...TargetGroupARNs, ...sources])];
}

async function readSome(reads: Reads, arns: readonly string[]): Promise<Resource[]> {
  const described = await reads.look({
    what: "target groups",
    action: "elasticloadbalancing:DescribeTargetGroups",
    key: arns.join(),
    make: () =>
      reads.account.clients.elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] })),
  });
  const groups = found(described)?.TargetGroups ?? [];
  return Promise.all(
    groups.map(async ({ Protocol, TargetGroupArn: arn = "", TargetGroupName: name = "", TargetType }) => {
      const delay = await readDelay(reads, arn);
      const props = { name, arn, protocol: Protocol, targetType: TargetType, deregistrationDelay: delay };
      return resource("targetGroup", arn, name, props);
    }),
  );
}

async function readDelay({ account, look }: Reads, arn: string): Promise<string | undefined> {
  const attributes = await look({
    what: "deregistration delays, which count with their default of 300 s",
    action: "elasticloadbalancing:DescribeTargetGroupAttributes",
    key: arn,
    make: () => account.clients.elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })),
  });
  return found(attributes)?.Attributes?.find(({ Key }) => Key === "deregistration_delay.timeout_seconds")
    ?.Value;
}
