/** What a value has to be so that it limits a grant. */
export interface LimitRule {
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** Completes the sentence "it must be ...". */
  readonly allowed: string;
  /** A sentence that says what to do. */
  readonly cure: string;
}

/** Key of a tag of instances. AWS keeps the prefix aws: for its own tags. */
export const tagKey: LimitRule = {
  pattern: /^(?!aws:).*\S/is,
  maxLength: 128,
  allowed: "the key of a tag of your own",
  cure: "Name a tag that all instances of the group carry, Name for one.",
};

/** Value of a tag of instances. */
export const tagValue: LimitRule = {
  pattern: /\S/,
  maxLength: 256,
  allowed: "the value of a tag",
  cure: "Give the value that all instances of the group carry; the handler runs its documents on these alone.",
};

/** Name of an Auto Scaling group. The name is a parameter of the documents, in which braces have a meaning. */
export const groupName: LimitRule = {
  pattern: /^(?!\s*$)[^:{}\p{Cc}]+$/u,
  maxLength: 255,
  allowed: "the name of an Auto Scaling group, without colon, braces and control characters",
  cure: "Give the name of the group that the handler is to serve.",
};

/** Name of a function, which is the name of its handler. */
export const handlerName: LimitRule = {
  pattern: /^[\w-]+$/,
  maxLength: 64,
  allowed: "the name of the handler's function",
  cure: "Give the output name of the LifecycleHandler.",
};

/** Name of a handler that served a group before. */
export const formerHandler: LimitRule = {
  ...handlerName,
  allowed: "the name of a handler, as its output name says it",
  cure: "Give the value of the tag graceful-asg:handler that the running instances carry.",
};

/** Name of a role. */
export const roleName: LimitRule = {
  pattern: /^[\w+=,.@-]+$/,
  maxLength: 64,
  allowed: "the name of a role",
  cure: "Give the output functionRoleName of the LifecycleHandler, a name and no ARN.",
};

/** Path of a role. Source: IAM, CreateRole. */
export const rolePath: LimitRule = {
  pattern: /^\/([!-~]+\/)?$/,
  maxLength: 512,
  allowed: "a path of ASCII characters without blanks that begins and ends with /",
  cure: "Give the path that your organisation demands, or leave it out.",
};

/** ARN of an IAM policy; AWS's own policies have aws as their account. */
export const managedPolicyArn = arnRule({
  service: "iam",
  global: true,
  resource: "policy/",
  cure: "Give the ARN of the policy, arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy for one.",
});

/** ARN of the policy that bounds roles. */
export const permissionsBoundary = arnRule({
  service: "iam",
  global: true,
  resource: "policy/",
  cure: "Give the policy that your organisation demands, or leave it out.",
});

/** ARN of a key. */
export const kmsKeyArn = arnRule({
  service: "kms",
  resource: "key/",
  what: "a customer managed key",
  cure: "Auto Scaling cannot publish with a key of AWS such as alias/aws/sns; make a key, see docs/encryption.md, or leave it out.",
});

/** ARN of a topic; the ARN of a subscription has one more part. */
export const topicArn = arnRule({ service: "sns", name: "[\\w.-]+" });

/** ARN of the topic for alarms. */
export const alarmTopicArn: LimitRule = {
  ...topicArn,
  cure: "Give the ARN of an SNS topic, not of a subscription to it, or leave it out.",
};

/**
 * ARN of an action of an alarm. The actions on an instance, `arn:aws:automate:...:ec2:stop` for one, are for alarms on
 * metrics of that instance. Sources: CloudWatch, PutMetricAlarm and alarm actions.
 */
export const alarmActionArn: LimitRule = {
  pattern: new RegExp(
    `^arn:aws(?:-[a-z]+)*:(?:${[
      "sns:PLACE:[\\w.-]+",
      "lambda:PLACE:function:[\\w-]+(?::[\\w$-]+)?",
      "ssm:PLACE:opsitem:[1-4](?:#CATEGORY=\\w+)?",
      "ssm-incidents::\\d{12}:responseplan/\\S+",
      "autoscaling:PLACE:scalingPolicy:\\S+",
      "aiops:PLACE:investigation-group[:/]\\S+",
    ]
      .join("|")
      .replaceAll("PLACE", "[a-z]+(?:-[a-z]+)+-\\d+:\\d{12}")})$`,
  ),
  maxLength: 1024,
  allowed:
    "the ARN of an SNS topic, a Lambda function, an OpsItem (ssm), a response plan (ssm-incidents), a scaling policy or an investigation group (aiops)",
  cure: "Give the ARN of what the alarms of CloudWatch can call; an SNS topic reaches everything else.",
};

/** ARN of a role. */
export const roleArn = arnRule({ service: "iam", global: true, resource: "role/" });

/** ARN of a log group. */
export const logGroupArn = arnRule({ service: "logs", resource: "log-group:" });

/** ARN of a function. */
export const functionArn = arnRule({ service: "lambda", resource: "function:" });

/** Name of a document that asks instances whether they are busy. Source: SSM, CreateDocument, Name. */
export const checkDocumentName: LimitRule = {
  pattern: /^[\w-]+\.[\w.-]+$/,
  maxLength: 128,
  allowed: "the name of a document that begins with the handler's name and a full stop",
  cure: "Give the component a shorter name.",
};

/** ARN of the function that is the termination policy of groups. */
export const terminationPolicyArn: LimitRule = {
  ...functionArn,
  cure: 'Give prefer: "idle" to the LifecycleHandler too, and pass on its output terminationPolicyArn.',
};

/** ARN of a queue. */
export const queueArn = arnRule({ service: "sqs" });

/** ARN of an event bus; of a bus of a partner no customer puts events. Source: EventBridge API, PutEvents. */
export const eventBusArn: LimitRule = {
  ...arnRule({
    service: "events",
    resource: "event-bus/",
    name: "(?!aws\\.partner/)[\\w./-]+",
    cure: "Give the output arn of an event bus, or leave events out.",
  }),
  // A variable of the function holds it.
  maxLength: 340,
};

/** ARN of a rule of EventBridge. */
export const eventRuleArn = arnRule({ service: "events", resource: "rule/" });

/** Partition, Region or account of an ARN. */
export const arnPart: LimitRule = {
  pattern: /^[^:\s]+$/,
  maxLength: 64,
  allowed: "there",
  cure: "Give an ARN that has all of its parts.",
};

/** Rules for roles, keys and alarms of an organisation, by argument. */
export const organisationRules = { permissionsBoundary, rolePath, kmsKeyArn, alarmTopicArn };

/** What makes a handler replace instances, in the words of its output. */
export const replaceOn: LimitRule = {
  pattern: /^(retirement(,rebalance)?|rebalance)?$/,
  maxLength: 100,
  allowed: "retirement, rebalance, both with a comma in between, or empty",
  cure: "Give the output replaceOn of the LifecycleHandler, or leave it out.",
};

/** Rules for a reference to a handler, by argument. */
export const handlerRules = {
  name: handlerName,
  topicArn,
  notificationRoleArn: roleArn,
  functionRoleName: roleName,
  scriptLogGroupArn: logGroupArn,
};

/** Rules for a role that was made elsewhere, by argument. */
export const roleRules = {
  name: { ...roleName, cure: "Give the name of a role that lambda.amazonaws.com may assume, no ARN." },
  arn: { ...roleArn, cure: "Give the ARN of a role that lambda.amazonaws.com may assume." },
};

/**
 * No part may be missing: an ARN without its account would be a pattern that matches no resource, or resources of any
 * account.
 */
function arnRule({
  cure = "Give it as AWS shows it, with partition, Region and account.",
  global = false,
  name = "\\S+",
  resource = "",
  service,
  what,
}: {
  readonly service: string;
  /** Whether the service has no Regions. */
  readonly global?: boolean;
  readonly resource?: string;
  /** What follows the kind of the resource, as a regular expression. */
  readonly name?: string;
  readonly what?: string;
  readonly cure?: string;
}): LimitRule {
  const shape = `arn:...:${service}:${global ? "" : "..."}:...:${resource}...`;
  // Regions are named like eu-central-1 and us-gov-west-1, and policies of AWS itself have aws for an account.
  const place = `${global ? "" : "[a-z]+(?:-[a-z]+)+-\\d+"}:(?:\\d{12}|aws)`;
  return {
    pattern: new RegExp(`^arn:aws(?:-[a-z]+)*:${service}:${place}:${resource}${name}$`),
    maxLength: 2048,
    allowed: what === undefined ? `an ARN like ${shape}` : `the ARN of ${what}, ${shape}`,
    cure,
  };
}
