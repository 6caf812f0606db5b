import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../../timing";
import type { OrganisationArgs } from "../arguments";
import { InvalidArguments } from "../checks/refuse";
import { isLater, wrongLimitIfKnown } from "./limit";
import { alarmActionArn } from "./rules";

/** Most actions of an alarm for one state. Source: CloudWatch, PutMetricAlarm, AlarmActions. */
const maxActions = 5;

type AlarmArgs = Pick<OrganisationArgs, "alarmActionArns" | "alarmTopicArn">;

/** What is wrong with the actions of alarms, as far as they are known. */
export function wrongAlarmActions({ alarmActionArns = [], alarmTopicArn }: AlarmArgs): Violation[] {
  if (isLater(alarmActionArns) || !Array.isArray(alarmActionArns)) return [];
  const wrong = alarmActionArns.flatMap((arn: unknown, index) =>
    wrongLimitIfKnown(`alarmActionArns[${index}]`, arn, alarmActionArn),
  );
  const count = alarmActionArns.length + (alarmTopicArn === undefined ? 0 : 1);
  if (count <= maxActions) return wrong;
  return [
    ...wrong,
    {
      argument: "alarmActionArns",
      value: Symbol(`${alarmActionArns.length} ARNs`),
      allowed: `at most ${maxActions}${alarmTopicArn === undefined ? "" : " together with alarmTopicArn"}, as CloudWatch takes no more for an alarm`,
      cure: "Leave some out; several subscribers can share one SNS topic.",
    },
  ];
}

/**
 * The actions of alarms besides the topic, checked once they are known.
 * @throws InvalidArguments, when they are known, about ARNs that no alarm takes
 */
export function checkedAlarmActions(subject: string, args: AlarmArgs): pulumi.Output<string[]> {
  return pulumi.output(args.alarmActionArns ?? []).apply((known) => {
    const violations = wrongAlarmActions({ ...args, alarmActionArns: known });
    if (violations.length > 0) throw new InvalidArguments(subject, violations);
    return known;
  });
}

/**
 * What an alarm calls when it rings: the topic first, then the other actions, each of them once. An alarm that recovers
 * calls nobody: docs/alarms.md says why.
 */
export function alarmActionsOf({
  alarmActionArns,
  alarmTopicArn,
}: AlarmArgs): pulumi.Input<pulumi.Input<string>[]> {
  const topic = alarmTopicArn === undefined ? [] : [alarmTopicArn];
  if (alarmActionArns === undefined) return topic;
  return pulumi.all([pulumi.all(topic), alarmActionArns]).apply((all) => [...new Set(all.flat())]);
}
