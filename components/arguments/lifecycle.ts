import type * as pulumi from "@pulumi/pulumi";
import type { OnFailure } from "../../contract";

/** What stops the application before its instance is terminated. */
export interface TerminateArgs {
  /**
   * The stop script for Linux. Runs as root, once per lifecycle action, under its own interpreter line or sh. Exit code 0
   * means stopped; anything else, and a script that runs too long, is a failure. Exactly one of this and `powershell`
   * is given. Defaults to none.
   */
  script?: string;
  /**
   * The stop script for Windows, in PowerShell. Runs as Local System, once per lifecycle action. Exit code 0 means
   * stopped; anything else, and a script that runs too long, is a failure. Exactly one of this and `script` is given.
   * Defaults to none.
   */
  powershell?: string;
  /**
   * Seconds that the script may take, 5 to 172470. Near its end the script gets SIGTERM, then SIGKILL.
   */
  timeout: number;
  /** What the script waits for before it starts. Defaults to nothing. */
  sessions?: SessionsArgs;
  /**
   * Seconds for which an SSM agent that does not answer is asked, 180 to 172645; after that `onFailure` says what happens.
   * Defaults to a quarter of the budget, which is the timeout and `sessions.maxWait` plus 30; at least 180 and at most 900.
   */
  agentTimeout?: number;
  /**
   * The hook's heartbeat timeout in seconds, 300 to 7200. Defaults to the budget plus `agentTimeout` plus 120, at most 7200;
   * shorter ones are extended by heartbeats as long as the script runs.
   */
  heartbeatTimeout?: number;
  /**
   * What happens to an instance whose script failed or could not be run: `continue`, `abandon` or `retain`.
   * Defaults to `continue`.
   */
  onFailure?: OnFailure;
}

/** What the stop script waits for before it starts. */
export interface SessionsArgs {
  /** Seconds after which the script starts although the instance is still in use, 1 to 172465. */
  maxWait: number;
  /**
   * Ports of the instance, 1 to 65535: the script waits until nobody is connected to any of them, over IPv4 or IPv6.
   * Connections through the load balancer are over by then. Defaults to none.
   */
  ports?: number[];
  /** Whether to wait for Session Manager sessions to end. Defaults to false. */
  sessionManager?: boolean;
}

/** What makes an instance ready before it takes traffic. */
export interface LaunchArgs {
  /**
   * The script for Linux that waits until the application is ready. Runs as root, once per lifecycle action, under its
   * own interpreter line or sh. Exit code 0 means ready; anything else is a failure. Exactly one of this and
   * `powershell` is given. Defaults to none.
   */
  script?: string;
  /**
   * The script for Windows that waits until the application is ready, in PowerShell. Runs as Local System, once per
   * lifecycle action. Exit code 0 means ready; anything else is a failure. Exactly one of this and `script` is given.
   * Defaults to none.
   */
  powershell?: string;
  /**
   * Seconds that the script may take, 5 to 172470. The agent has at least `agentTimeout` seconds to come up before that.
   */
  timeout: number;
  /**
   * Seconds for which an SSM agent that does not answer is asked, 180 to 172645; after that `onFailure` says what happens.
   * Defaults to a quarter of the budget, which is the timeout plus 30; at least 180 and at most 900.
   */
  agentTimeout?: number;
  /**
   * The hook's heartbeat timeout in seconds, 300 to 7200. Defaults to the budget plus `agentTimeout` plus 120, at most 7200;
   * shorter ones are extended by heartbeats as long as the script runs.
   */
  heartbeatTimeout?: number;
  /**
   * What happens to an instance whose script failed or could not be run: `abandon` terminates and replaces it,
   * `continue` takes it into service all the same. Defaults to `abandon`.
   */
  onFailure?: OnFailure;
}

/**
 * A handler that was made elsewhere, in this stack or another. A `LifecycleHandler` has all of these as outputs, so it
 * can be given as it is.
 */
export interface LifecycleHandlerRef {
  /** Unique name of the handler, which is the name of its function. */
  name: pulumi.Input<string>;
  /** ARN of the topic for lifecycle hooks. */
  topicArn: pulumi.Input<string>;
  /** ARN of the role with which Auto Scaling publishes to the topic. */
  notificationRoleArn: pulumi.Input<string>;
  /** Name of the function's role, which gets the grants for groups that exist already. */
  functionRoleName: pulumi.Input<string>;
  /** ARN of the log group for the output of scripts. */
  scriptLogGroupArn: pulumi.Input<string>;
}

/** What an organisation demands of everything that is made. */
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
  /** ARN of an SNS topic that is told of alarms. Defaults to none: the alarms only show. */
  alarmTopicArn?: pulumi.Input<string>;
  /** Tags of all resources that take tags. Defaults to none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
