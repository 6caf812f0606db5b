import { nobody, token, type IllegalCall } from "./illegalCall";

const hook = "graceful-terminate-sns";
const onGroup = { AutoScalingGroupName: "$GROUP" };
const action = { ...onGroup, LifecycleHookName: hook };
const newHook = {
  ...onGroup,
  LifecycleHookName: "new",
  LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
};

/** Calls that Auto Scaling refuses. */
export const autoScalingCalls: Readonly<Record<string, IllegalCall>> = {
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
};

function autoscaling(
  name: string,
  input: Readonly<Record<string, unknown>>,
  code = "ValidationError",
): IllegalCall {
  return { service: "autoscaling", action: name, input, code };
}
