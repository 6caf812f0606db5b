import {
  CreateTagsCommand,
  DescribeInstanceStatusCommand,
  DescribeTagsCommand,
  type EC2Client,
  type InstanceStatusEvent,
} from "@aws-sdk/client-ec2";
import { holdTag, replaceTag } from "../../contract";
import type { MakeCall } from "./calls";

/**
 * The calls of EC2 that the handler uses: `holds` before it applies a failure policy, the others only where it replaces
 * instances.
 */
export interface Ec2 {
  /** The values of the tags with which operators of the account hold instances. */
  holds(): Promise<ReadonlyMap<string, string>>;
  /** Running instances that EC2 is going to stop or to retire, and from when on it may do so. */
  retirements(): Promise<ReadonlyMap<string, number>>;
  /** What the handlers of the account have marked instances with. */
  marks(): Promise<ReadonlyMap<string, string>>;
  mark(instance: string, value: string): Promise<void>;
}

/** Codes of scheduled events that end an instance. Source: EC2 API, InstanceStatusEvent. */
const endings: readonly string[] = ["instance-retirement", "instance-stop"];

/** How the description of an event begins that is over. Source: EC2 API, InstanceStatusEvent. */
const over: readonly string[] = ["[Completed]", "[Canceled]"];

/** EC2 through the client of the AWS SDK. */
export function createEc2(client: EC2Client, make: MakeCall): Ec2 {
  return {
    async retirements() {
      const found = new Map<string, number>();
      let NextToken: string | undefined;
      do {
        const command = new DescribeInstanceStatusCommand({
          Filters: [{ Name: "event.code", Values: [...endings] }],
          MaxResults: 1000,
          NextToken,
        });
        const page = await make("read", () => client.send(command));
        for (const { Events = [], InstanceId } of page.InstanceStatuses ?? []) {
          const times = Events.filter(isAhead).map(({ NotBefore }) => NotBefore?.getTime() ?? 0);
          if (InstanceId !== undefined && times.length > 0) found.set(InstanceId, Math.min(...times));
        }
        ({ NextToken } = page);
      } while (NextToken);
      return found;
    },

    holds: () => tags(holdTag),

    marks: () => tags(replaceTag),

    async mark(instance, value) {
      const command = new CreateTagsCommand({
        Resources: [instance],
        Tags: [{ Key: replaceTag, Value: value }],
      });
      await make("replace", () => client.send(command));
    },
  };

  /** The values of a tag, by instance. */
  async function tags(key: string): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    let NextToken: string | undefined;
    do {
      const command = new DescribeTagsCommand({
        Filters: [
          { Name: "key", Values: [key] },
          { Name: "resource-type", Values: ["instance"] },
        ],
        MaxResults: 1000,
        NextToken,
      });
      const page = await make("read", () => client.send(command));
      for (const { ResourceId, Value } of page.Tags ?? [])
        if (ResourceId !== undefined && Value !== undefined) found.set(ResourceId, Value);
      ({ NextToken } = page);
    } while (NextToken);
    return found;
  }
}

/** EC2 lists an event for up to a week after it is over. Source: EC2 API, InstanceStatusEvent. */
function isAhead({ Code, Description }: InstanceStatusEvent): boolean {
  return endings.some((one) => one === Code) && !over.some((start) => Description?.startsWith(start));
}
