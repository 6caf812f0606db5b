import { paginateDescribeAutoScalingGroups, type AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { handlerTag } from "../../contract";
import { AccountError } from "../accountError";
import type { Account } from "./account";
import { translated } from "./aws/errors";

/** Most groups in an answer. Source: Auto Scaling API, DescribeAutoScalingGroups. */
const groupsAtOnce = 100;

/**
 * The groups of the Region, or the named groups of them, by their names.
 * @throws AccountError for a name that no group has
 */
export async function readGroups(
  account: Account,
  names: readonly string[] = [],
): Promise<AutoScalingGroup[]> {
  const found = await translated(async () => {
    const pages = paginateDescribeAutoScalingGroups(
      { client: account.clients.autoScaling, pageSize: groupsAtOnce },
      names.length > 0 ? { AutoScalingGroupNames: [...names] } : {},
    );
    const all: AutoScalingGroup[] = [];
    for await (const { AutoScalingGroups = [] } of pages) all.push(...AutoScalingGroups);
    return all;
  });
  const missing = names.filter((name) => !found.some((one) => nameOfGroup(one) === name));
  if (missing.length > 0)
    throw new AccountError(
      `--group is ${JSON.stringify(missing[0])}, but ${account.region} has no such Auto Scaling group. Check the name, --region and the account.`,
    );
  return found.sort((one, other) => nameOfGroup(one).localeCompare(nameOfGroup(other)));
}

export function nameOfGroup({ AutoScalingGroupName = "" }: AutoScalingGroup): string {
  return AutoScalingGroupName;
}

/** Whether the warm pool of a group takes instances back on scale-in. */
export function takesBack({ WarmPoolConfiguration }: AutoScalingGroup): boolean {
  return WarmPoolConfiguration?.InstanceReusePolicy?.ReuseOnScaleIn === true;
}

/** The handlers that serve a group, as its tags say; none for a group that is not ours. */
export function handlersOf({ Tags = [] }: AutoScalingGroup): readonly string[] {
  const values = Tags.filter(
    ({ Key = "" }) => Key === handlerTag || Key.startsWith(`${handlerTag}:`),
  ).flatMap(({ Value }) => Value ?? []);
  return [...new Set(values)];
}
