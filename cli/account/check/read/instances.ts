import { paginateDescribeTags } from "@aws-sdk/client-ec2";
import { DescribeInstanceInformationCommand } from "@aws-sdk/client-ssm";
import { handlerTag } from "../../../../contract";
import { chunks, found, type Look, type Reads } from "./reads";

/** Instances that a call of DescribeInstanceInformation asks about, and shows. Source: SSM API. */
const instancesAtOnce = 50;

/** What Systems Manager says of the agent of each instance; instances that it does not know are missing. */
export async function readAgents(
  reads: Reads,
  instances: readonly string[],
): Promise<Look<ReadonlyMap<string, string>>> {
  const { account, look } = reads;
  const answers = await Promise.all(
    chunks([...instances].sort(), instancesAtOnce).map((Values) =>
      look({
        what: "agents of instances",
        action: "ssm:DescribeInstanceInformation",
        key: Values.join(),
        make: () =>
          account.clients.ssm.send(
            new DescribeInstanceInformationCommand({
              Filters: [{ Key: "InstanceIds", Values }],
              MaxResults: instancesAtOnce,
            }),
          ),
      }),
    ),
  );
  if (answers.some(({ kind }) => kind !== "found")) return { kind: "unread" };
  const known = answers.flatMap((answer) => found(answer)?.InstanceInformationList ?? []);
  return {
    kind: "found",
    value: new Map(known.map(({ InstanceId = "", PingStatus = "" }) => [InstanceId, PingStatus])),
  };
}

/** The handler that the tag of each instance of the Region names; instances without the tag are missing. */
export function readHandlerTags({ account, look }: Reads): Promise<Look<ReadonlyMap<string, string>>> {
  return look({
    what: "tags of instances",
    action: "ec2:DescribeTags",
    key: handlerTag,
    make: async () => {
      const pages = paginateDescribeTags(
        { client: account.clients.ec2, pageSize: 1000 },
        {
          Filters: [
            { Name: "key", Values: [handlerTag] },
            { Name: "resource-type", Values: ["instance"] },
          ],
        },
      );
      const all = new Map<string, string>();
      for await (const { Tags = [] } of pages)
        for (const { ResourceId = "", Value = "" } of Tags) all.set(ResourceId, Value);
      return all;
    },
  });
}
