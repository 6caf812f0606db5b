import type { Violation } from "../../timing";
import type { OrganisationArgs } from "../arguments";
import { wrongAlarmActions } from "../iam/alarmActions";
import { wrongLimitIfKnown } from "../iam/limit";
import { organisationRules } from "../iam/rules";
import { wrongTags } from "../iam/tags";
import type { ArgumentCheck } from "./refuse";

/** Retention times that CloudWatch Logs takes, days. Source: CloudWatch Logs, PutRetentionPolicy. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Checks of the demands of an organisation. */
export const organisationChecks = {
  logRetentionDays: ({ args: { logRetentionDays } }) =>
    logRetentionDays === undefined || retentionDays.includes(logRetentionDays)
      ? []
      : [
          {
            argument: "logRetentionDays",
            value: logRetentionDays,
            allowed: `one of ${retentionDays.join(", ")}`,
            cure: "Take the next longer one.",
          },
        ],
  kmsKeyArn: ({ args: { kmsKeyArn } }) => demanded("kmsKeyArn", kmsKeyArn),
  alarmTopicArn: ({ args: { alarmTopicArn } }) => demanded("alarmTopicArn", alarmTopicArn),
  alarmActionArns: ({ args }) => wrongAlarmActions(args),
  permissionsBoundary: ({ args: { permissionsBoundary } }) =>
    demanded("permissionsBoundary", permissionsBoundary),
  rolePath: ({ args: { rolePath } }) => demanded("rolePath", rolePath),
  tags: ({ args: { tags } }) => (tags === undefined ? [] : wrongTags(tags)),
} satisfies Record<string, ArgumentCheck<{ readonly args: OrganisationArgs }>>;

function demanded(argument: keyof typeof organisationRules, value: unknown): Violation[] {
  return value === undefined ? [] : wrongLimitIfKnown(argument, value, organisationRules[argument]);
}
