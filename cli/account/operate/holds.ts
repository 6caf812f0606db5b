import { CreateTagsCommand, DeleteTagsCommand, DescribeTagsCommand } from "@aws-sdk/client-ec2";
import { holdTag, readHold, writeHold } from "../../../contract";
import type { Account } from "../account";

/** Until when somebody holds an instance, ms since 1970; undefined if nobody does. */
export async function readHoldOf({ clients, clock }: Account, instance: string): Promise<number | undefined> {
  const filters = [
    { Name: "key", Values: [holdTag] },
    { Name: "resource-type", Values: ["instance"] },
    { Name: "resource-id", Values: [instance] },
  ];
  const { Tags = [] } = await clients.ec2.send(new DescribeTagsCommand({ Filters: filters }));
  const until = Tags.map(({ Value = "" }) => readHold(Value)).find((one) => one !== undefined);
  return until !== undefined && until > clock.now() ? until : undefined;
}

/** Holds an instance until an instant, ms since 1970; gives the instant in the whole seconds that the tag has. */
export async function holdUntil({ clients }: Account, instance: string, until: number): Promise<string> {
  const value = writeHold(until);
  const tag = { Key: holdTag, Value: value };
  await clients.ec2.send(new CreateTagsCommand({ Resources: [instance], Tags: [tag] }));
  return value;
}

/** Ends a hold. */
export async function endHold({ clients }: Account, instance: string): Promise<void> {
  await clients.ec2.send(new DeleteTagsCommand({ Resources: [instance], Tags: [{ Key: holdTag }] }));
}
