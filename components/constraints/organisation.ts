import type { OrganisationArgs } from "../arguments";
import type { Constraint } from "./refuse";

/** Retention times that CloudWatch Logs takes, days. Source: CloudWatch Logs, PutRetentionPolicy. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What an organisation may not demand. */
export const organisationConstraints = {
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
  kmsKeyArn: ({ args: { kmsKeyArn } }) =>
    typeof kmsKeyArn === "string" && !/^arn:[^:]+:kms:[^:]+:[^:]+:key\/.+$/.test(kmsKeyArn)
      ? [
          {
            argument: "kmsKeyArn",
            value: kmsKeyArn,
            allowed: "the ARN of a customer managed key, arn:...:kms:...:key/...",
            cure: "Auto Scaling cannot publish with a key of AWS such as alias/aws/sns; make a key, see docs/encryption.md, or leave it out.",
          },
        ]
      : [],
} satisfies Record<string, Constraint<{ readonly args: OrganisationArgs }>>;
