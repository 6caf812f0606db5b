import type * as pulumi from "@pulumi/pulumi";
import { placeOf, type Place } from "../arn";
import { limitTo, type Limit } from "./limit";
import { arnPart } from "./rules";

/** Where a checked ARN lives, for patterns of other ARNs there; an ARN without Region or account is refused. */
export function placeLimits(
  subject: string,
  arn: pulumi.Output<Limit>,
): Readonly<Record<keyof Place, pulumi.Output<Limit>>> {
  const part = (key: keyof Place) =>
    limitTo(
      subject,
      `the ${key} of an ARN`,
      arn.apply((known) => placeOf(known)[key]),
      arnPart,
    );
  return { partition: part("partition"), region: part("region"), account: part("account") };
}
