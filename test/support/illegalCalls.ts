/** A call that AWS refuses. `$GROUP`, `$INSTANCE`, `$DOCUMENT`, `$COMMAND`, `$TOPIC` and `$ROLE` stand for real ones. */
export interface IllegalCall {
  readonly service: "autoscaling" | "ssm" | "sns";
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly code: string;
  /**
   * What the message has to contain, where a message of AWS is known: its source. All other messages of the simulator are
   * modelled, and no test relies on them.
   */
  readonly quoted?: { readonly message: string; readonly source: string };
}

const hook = "graceful-terminate-sns";
const token = "f66c3d47-e602-4af0-8edd-d4e4d2fe4620";
const nobody = "i-0123456789abcdef0";
const onGroup = { AutoScalingGroupName: "$GROUP" };
const action = { ...onGroup, LifecycleHookName: hook };
const newHook = {
  ...onGroup,
  LifecycleHookName: "new",
  LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
};
const command = { DocumentName: "$DOCUMENT", InstanceIds: ["$INSTANCE"] };
const autoscaling = (
  name: string,
  input: Readonly<Record<string, unknown>>,
  code = "ValidationError",
): IllegalCall => ({
  service: "autoscaling",
  action: name,
  input,
  code,
});
const ssm = (name: string, input: Readonly<Record<string, unknown>>, code: string): IllegalCall => ({
  service: "ssm",
  action: name,
  input,
  code,
});

/** Calls that AWS refuses, with the code that it answers. */
export const illegalCalls: Readonly<Record<string, IllegalCall>> = {
  "complete: no group": autoscaling("CompleteLifecycleAction", {
    LifecycleHookName: hook,
    LifecycleActionResult: "CONTINUE",
    InstanceId: nobody,
  }),
  "complete: an unknown group": autoscaling("CompleteLifecycleAction", {
    ...action,
    AutoScalingGroupName: "nobody",
    LifecycleActionResult: "CONTINUE",
    InstanceId: nobody,
  }),
  "complete: no result": autoscaling("CompleteLifecycleAction", { ...action, InstanceId: nobody }),
  "complete: another result": autoscaling("CompleteLifecycleAction", {
    ...action,
    InstanceId: nobody,
    LifecycleActionResult: "RETAIN",
  }),
  "complete: neither token nor instance": autoscaling("CompleteLifecycleAction", {
    ...action,
    LifecycleActionResult: "CONTINUE",
  }),
  "complete: a token that is too short": autoscaling("CompleteLifecycleAction", {
    ...action,
    LifecycleActionResult: "CONTINUE",
    LifecycleActionToken: "f66c3d47",
  }),
  "complete: an instance id that is too long": autoscaling("CompleteLifecycleAction", {
    ...action,
    LifecycleActionResult: "CONTINUE",
    InstanceId: `${nobody}1`,
  }),
  "complete: a token that is over": {
    ...autoscaling("CompleteLifecycleAction", {
      ...action,
      LifecycleActionResult: "CONTINUE",
      LifecycleActionToken: token,
    }),
    quoted: {
      message: `No active Lifecycle Action found with token ${token}`,
      source: "spacelift-io/terraform-aws-spacelift-workerpool-on-ec2#197",
    },
  },
  "complete: an instance that does not wait": {
    ...autoscaling("CompleteLifecycleAction", {
      ...action,
      LifecycleActionResult: "CONTINUE",
      InstanceId: "$INSTANCE",
    }),
    quoted: {
      message: "No active Lifecycle Action found with instance ID $INSTANCE",
      source: "convox/rack#2432",
    },
  },
  "heartbeat: a token that is over": {
    ...autoscaling("RecordLifecycleActionHeartbeat", { ...action, LifecycleActionToken: token }),
    quoted: {
      message: `No active Lifecycle Action found with token ${token}`,
      source: "as for CompleteLifecycleAction",
    },
  },
  "heartbeat: no hook": autoscaling("RecordLifecycleActionHeartbeat", { ...onGroup, InstanceId: nobody }),
  "groups: another filter": autoscaling("DescribeAutoScalingGroups", {
    Filters: [{ Name: "name", Values: ["web"] }],
  }),
  "groups: pages that are too large": autoscaling("DescribeAutoScalingGroups", { MaxRecords: 101 }),
  "groups: a token of nobody": autoscaling(
    "DescribeAutoScalingGroups",
    { NextToken: "nonsense" },
    "InvalidNextToken",
  ),
  "instances: more than fifty": autoscaling("DescribeAutoScalingInstances", {
    InstanceIds: Array.from({ length: 51 }, () => nobody),
  }),
  "instances: pages that are too large": autoscaling("DescribeAutoScalingInstances", { MaxRecords: 51 }),
  "hooks: no group": autoscaling("DescribeLifecycleHooks", {}),
  "activities: a token of nobody": autoscaling(
    "DescribeScalingActivities",
    { ...onGroup, NextToken: "nonsense" },
    "InvalidNextToken",
  ),
  "put hook: a timeout that is too short": autoscaling("PutLifecycleHook", {
    ...newHook,
    HeartbeatTimeout: 29,
  }),
  "put hook: a timeout that is too long": autoscaling("PutLifecycleHook", {
    ...newHook,
    HeartbeatTimeout: 7201,
  }),
  "put hook: a new one without transition": autoscaling("PutLifecycleHook", {
    ...onGroup,
    LifecycleHookName: "new",
  }),
  "put hook: another transition": autoscaling("PutLifecycleHook", {
    ...newHook,
    LifecycleTransition: "autoscaling:EC2_INSTANCE_SLEEPING",
  }),
  "put hook: another default result": autoscaling("PutLifecycleHook", {
    ...newHook,
    DefaultResult: "RETAIN",
  }),
  "put hook: a name with a blank": autoscaling("PutLifecycleHook", {
    ...newHook,
    LifecycleHookName: "my hook",
  }),
  "put hook: metadata that is too long": autoscaling("PutLifecycleHook", {
    ...newHook,
    NotificationMetadata: "x".repeat(4001),
  }),
  "put hook: metadata that is not ASCII": autoscaling("PutLifecycleHook", {
    ...newHook,
    NotificationMetadata: "über",
  }),
  "put hook: a topic without a role": autoscaling("PutLifecycleHook", {
    ...newHook,
    NotificationTargetARN: "$TOPIC",
  }),
  "put hook: a topic that is not there": {
    ...autoscaling("PutLifecycleHook", {
      ...newHook,
      NotificationTargetARN: "arn:aws:sns:us-east-1:123456789012:gone",
      RoleARN: "$ROLE",
    }),
    quoted: {
      message:
        "Unable to publish test message to notification target arn:aws:sns:us-east-1:123456789012:gone using IAM role $ROLE.",
      source: "aws/aws-cdk#1212",
    },
  },
  "delete hook: one that is not there": {
    ...autoscaling("DeleteLifecycleHook", { ...onGroup, LifecycleHookName: "nobody" }),
    quoted: {
      message: "No Lifecycle Hook found",
      source: "hashicorp/terraform-provider-aws, internal/service/autoscaling/lifecycle_hook.go",
    },
  },
  "capacity: above the greatest": autoscaling("SetDesiredCapacity", { ...onGroup, DesiredCapacity: 1001 }),
  "capacity: no number": autoscaling("SetDesiredCapacity", { ...onGroup, DesiredCapacity: "many" }),
  "health: neither healthy nor unhealthy": autoscaling("SetInstanceHealth", {
    InstanceId: "$INSTANCE",
    HealthStatus: "Poorly",
  }),
  "health: an instance of nobody": autoscaling("SetInstanceHealth", {
    InstanceId: nobody,
    HealthStatus: "Unhealthy",
  }),
  "terminate: without saying whether to replace": autoscaling("TerminateInstanceInAutoScalingGroup", {
    InstanceId: "$INSTANCE",
  }),
  "terminate: an instance of nobody": autoscaling("TerminateInstanceInAutoScalingGroup", {
    InstanceId: nobody,
    ShouldDecrementDesiredCapacity: true,
  }),
  "send: no document": ssm("SendCommand", { InstanceIds: ["$INSTANCE"] }, "ValidationException"),
  "send: a document of nobody": ssm("SendCommand", { ...command, DocumentName: "nobody" }, "InvalidDocument"),
  "send: a document's name with a blank": ssm(
    "SendCommand",
    { ...command, DocumentName: "my document" },
    "ValidationException",
  ),
  "send: nobody": ssm("SendCommand", { DocumentName: "$DOCUMENT" }, "ValidationException"),
  "send: more than fifty": ssm(
    "SendCommand",
    {
      ...command,
      InstanceIds: Array.from({ length: 51 }, (_, index) => `i-${String(index).padStart(17, "0")}`),
    },
    "ValidationException",
  ),
  "send: an instance twice": ssm(
    "SendCommand",
    { ...command, InstanceIds: ["$INSTANCE", "$INSTANCE"] },
    "DuplicateInstanceId",
  ),
  "send: no instance id": ssm("SendCommand", { ...command, InstanceIds: ["web-1"] }, "ValidationException"),
  "send: an instance that SSM does not know": {
    ...ssm("SendCommand", { ...command, InstanceIds: [nobody] }, "InvalidInstanceId"),
    quoted: {
      message: `Instances [[${nobody}]] not in a valid state for account 123456789012`,
      source: "aws/aws-sdk-js-v3#3676",
    },
  },
  "send: a delivery time-out that is too short": ssm(
    "SendCommand",
    { ...command, TimeoutSeconds: 29 },
    "ValidationException",
  ),
  "send: a comment that is too long": ssm(
    "SendCommand",
    { ...command, Comment: "x".repeat(101) },
    "ValidationException",
  ),
  "send: a parameter that the document lacks": ssm(
    "SendCommand",
    { ...command, Parameters: { colour: ["red"] } },
    "InvalidParameters",
  ),
  "send: a parameter outside of its pattern": ssm(
    "SendCommand",
    { ...command, Parameters: { token: ["$(reboot)"] } },
    "InvalidParameters",
  ),
  "send: a version that is not there": ssm(
    "SendCommand",
    { ...command, DocumentVersion: "7" },
    "InvalidDocumentVersion",
  ),
  "send: errors that are no number": ssm(
    "SendCommand",
    { ...command, MaxErrors: "some" },
    "ValidationException",
  ),
  "send: a log group with a blank": ssm(
    "SendCommand",
    {
      ...command,
      CloudWatchOutputConfig: { CloudWatchLogGroupName: "my logs", CloudWatchOutputEnabled: true },
    },
    "ValidationException",
  ),
  "cancel: a command of nobody": ssm("CancelCommand", { CommandId: token }, "InvalidCommandId"),
  "cancel: an id that is too short": ssm("CancelCommand", { CommandId: "f66c3d47" }, "ValidationException"),
  "cancel: an instance that did not get it": ssm(
    "CancelCommand",
    { CommandId: "$COMMAND", InstanceIds: [nobody] },
    "InvalidInstanceId",
  ),
  "commands: another filter": ssm(
    "ListCommands",
    { Filters: [{ key: "Comment", value: "x" }] },
    "ValidationException",
  ),
  "commands: no instant": ssm(
    "ListCommands",
    { Filters: [{ key: "InvokedAfter", value: "yesterday" }] },
    "ValidationException",
  ),
  "commands: more than five filters": ssm(
    "ListCommands",
    { Filters: Array.from({ length: 6 }, () => ({ key: "Status", value: "Success" })) },
    "ValidationException",
  ),
  "commands: pages that are too large": ssm("ListCommands", { MaxResults: 51 }, "ValidationException"),
  "invocations: a filter of commands only": ssm(
    "ListCommandInvocations",
    { Filters: [{ key: "ExecutionStage", value: "Complete" }] },
    "ValidationException",
  ),
  "invocations: a token of nobody": ssm(
    "ListCommandInvocations",
    { NextToken: "nonsense" },
    "InvalidNextToken",
  ),
  "invocation: of another instance": ssm(
    "GetCommandInvocation",
    { CommandId: "$COMMAND", InstanceId: nobody },
    "InvocationDoesNotExist",
  ),
  "invocation: of a command of nobody": ssm(
    "GetCommandInvocation",
    { CommandId: token, InstanceId: nobody },
    "InvalidCommandId",
  ),
  "invocation: no step of a document that has several": ssm(
    "GetCommandInvocation",
    { CommandId: "$COMMAND", InstanceId: "$INSTANCE" },
    "InvalidPluginName",
  ),
  "invocation: a step that the document lacks": ssm(
    "GetCommandInvocation",
    { CommandId: "$COMMAND", InstanceId: "$INSTANCE", PluginName: "runBeOS" },
    "InvalidPluginName",
  ),
  "agents: pages that are too small": ssm(
    "DescribeInstanceInformation",
    { MaxResults: 4 },
    "ValidationException",
  ),
  "publish: to a topic that is not there": {
    service: "sns",
    action: "Publish",
    input: { TopicArn: "arn:aws:sns:us-east-1:123456789012:gone", Message: "x" },
    code: "NotFound",
  },
  "publish: to what is no topic": {
    service: "sns",
    action: "Publish",
    input: { TopicArn: "gone", Message: "x" },
    code: "InvalidParameter",
  },
};
