import * as pulumi from "@pulumi/pulumi";
import type { OrganisationArgs } from "../arguments";
import { InvalidArguments } from "../checks/refuse";
import { checkedAlarmActions } from "./alarmActions";
import { limitTo, type Limit } from "./limit";
import { organisationRules } from "./rules";
import { wrongTags } from "./tags";

/** Demands of an organisation, each checked as soon as it is known. */
export type CheckedOrganisation = Omit<OrganisationArgs, keyof Limits> & Limits;

interface Limits {
  readonly permissionsBoundary?: pulumi.Output<Limit> | undefined;
  readonly rolePath?: pulumi.Output<Limit> | undefined;
  readonly kmsKeyArn?: pulumi.Output<Limit> | undefined;
  readonly alarmTopicArn?: pulumi.Output<Limit> | undefined;
  readonly alarmActionArns?: pulumi.Output<string[]> | undefined;
  readonly tags?: OrganisationArgs["tags"];
}

/**
 * Arguments in which outputs are checked: a boundary, a path or a key that turns out to be empty would leave roles
 * without a boundary and data without a key. Arguments that are not given stay so.
 */
export function limitOrganisation<Args extends OrganisationArgs>(
  subject: string,
  args: Args,
): Omit<Args, keyof Limits> & Limits {
  const limited = (argument: keyof typeof organisationRules) =>
    args[argument] === undefined
      ? undefined
      : limitTo(subject, argument, args[argument], organisationRules[argument]);
  return {
    ...args,
    permissionsBoundary: limited("permissionsBoundary"),
    rolePath: limited("rolePath"),
    kmsKeyArn: limited("kmsKeyArn"),
    alarmTopicArn: limited("alarmTopicArn"),
    alarmActionArns: args.alarmActionArns === undefined ? undefined : checkedAlarmActions(subject, args),
    tags: args.tags === undefined ? undefined : checkedTags(subject, args.tags),
  };
}

function checkedTags(subject: string, tags: NonNullable<OrganisationArgs["tags"]>) {
  return pulumi.output(tags).apply((known) => {
    const violations = wrongTags(known);
    if (violations.length > 0) throw new InvalidArguments(subject, violations);
    return known;
  });
}
