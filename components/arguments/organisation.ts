import type * as pulumi from "@pulumi/pulumi";

/** What an organisation demands of all resources. */
export interface OrganisationArgs {
  /** ARN of the permissions boundary of all roles. Defaults to none. */
  permissionsBoundary?: pulumi.Input<string>;
  /** Path of all roles, as in `/graceful/`. Defaults to `/`. */
  rolePath?: pulumi.Input<string>;
  /**
   * ARN of the KMS key for the topic, the dead-letter queue and the logs. Its policy must allow what
   * docs/encryption.md lists. `alias/aws/sns` is refused: Auto Scaling cannot use it. Defaults to no key of your own.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days that logs are kept: one of the values that CloudWatch Logs takes, 1 to 3653. Defaults to 30. */
  logRetentionDays?: number;
  /** ARN of an SNS topic that receives the alarms, besides `alarmActionArns`. Defaults to none. */
  alarmTopicArn?: pulumi.Input<string>;
  /**
   * ARNs of the actions that the alarms take when they ring, 0 to 5 together with `alarmTopicArn`: SNS topics, Lambda
   * functions, OpsItems and incidents of Systems Manager, scaling policies, investigations. docs/alarms.md says what
   * each of them needs. Defaults to none: without a topic the alarms then notify nobody.
   */
  alarmActionArns?: pulumi.Input<pulumi.Input<string>[]>;
  /** Tags of all resources that take tags. Defaults to none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
