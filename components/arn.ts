/** Where a resource lives, as its ARN says. Partitions differ, so we write no ARN by hand. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Reads partition, Region and account from an ARN; Region and account are empty where the ARN has none. */
export function placeOf(arn: string): Place {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}

/** The last part of the ARN of a log group: its name. */
export function logGroupNameOf(arn: string): string {
  return arn.split(":").slice(6).join(":").replace(/:\*$/, "");
}
