import { createSeal } from "../../handler/seal";
import { encodeInstructions, type Instructions, type Transition } from "../../contract";

/** The secret with which a function of the tests seals tokens. */
export const secret = "a secret";

/** Ids and names that all payloads of the tests share. */
export const ids = {
  handler: "web-handler-1234567",
  group: "web-7654321",
  instance: "i-05629ab7d9287e205",
  token: "465e0162-e6af-4786-b4e8-bb544ae58790",
  command: "e8d3c0e4-71f7-4491-898f-c9b35bee5f3b",
} as const;

/** Instructions as the components write them for a group. */
export function instructionsFor(transition: Transition, changes: Partial<Instructions> = {}): Instructions {
  return {
    handler: ids.handler,
    transport: "sns",
    document: `${ids.handler}-web-${transition}-01234567`,
    delivery: 30,
    execution: 120,
    maxWait: 0,
    deregistrationDelay: 30,
    agentTimeout: 180,
    onFailure: transition === "launch" ? "abandon" : "continue",
    ...changes,
  };
}

/** Fields that differ between two lifecycle actions. */
export interface HookPayload {
  readonly transition?: Transition;
  readonly time?: string;
  readonly instance?: string;
  readonly token?: string;
  readonly group?: string;
  readonly metadata?: string | undefined;
}

/** Body of a lifecycle action, the same over SNS and EventBridge; facts of a production capture of 2024. */
export function hookBody(payload: HookPayload = {}): Record<string, unknown> {
  const { transition = "terminate", time = "2024-03-23T03:26:43.904Z" } = payload;
  const launches = transition === "launch";
  return {
    Origin: launches ? "EC2" : "AutoScalingGroup",
    LifecycleHookName: `graceful-${transition}-sns`,
    Destination: launches ? "AutoScalingGroup" : "EC2",
    AccountId: "123456789012",
    RequestId: "f02639a5-62b9-0772-d50e-09647ae07b49",
    LifecycleTransition: launches
      ? "autoscaling:EC2_INSTANCE_LAUNCHING"
      : "autoscaling:EC2_INSTANCE_TERMINATING",
    AutoScalingGroupName: payload.group ?? ids.group,
    Service: "AWS Auto Scaling",
    Time: time,
    EC2InstanceId: payload.instance ?? ids.instance,
    LifecycleActionToken: payload.token ?? ids.token,
    NotificationMetadata:
      "metadata" in payload ? payload.metadata : encodeInstructions(instructionsFor(transition)),
  };
}

/** An SNS message as Lambda gets it. */
export function snsEvent(...bodies: unknown[]): unknown {
  return {
    Records: bodies.map((body) => ({
      EventSource: "aws:sns",
      EventVersion: "1.0",
      EventSubscriptionArn: "arn:aws:sns:us-east-1:123456789012:hooks:f4fdba36-a856-4dde-ad38-99aa1190c534",
      Sns: {
        Type: "Notification",
        MessageId: "4a9f3fdc-a3e3-58db-b23b-61a4edd05553",
        TopicArn: "arn:aws:sns:us-east-1:123456789012:hooks",
        Subject:
          "Auto Scaling:  Lifecycle action 'TERMINATING' for instance i-05629ab7d9287e205 in progress.",
        Message: typeof body === "string" ? body : JSON.stringify(body),
        Timestamp: "2024-03-23T03:26:43.936Z",
        MessageAttributes: {},
      },
    })),
  };
}

/** The message that Auto Scaling publishes whenever a hook is put. */
export const testNotification = {
  AccountId: "123456789012",
  RequestId: "7daf9553-84a1-11e8-bc02-b1a9e72fca9d",
  AutoScalingGroupARN:
    "arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:042cba90:autoScalingGroupName/web",
  AutoScalingGroupName: "web",
  Service: "AWS Auto Scaling",
  Event: "autoscaling:TEST_NOTIFICATION",
  Time: "2018-07-11T00:29:36.940Z",
};

/** Fields that differ between the ends of two commands. */
export interface CommandPayload {
  readonly status?: string;
  readonly transition?: Transition;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly document?: string;
}

/** Parameters of a command as the handler sends them. */
export function commandParameters(transition: Transition = "terminate"): Record<string, string> {
  return {
    group: ids.group,
    groupBase64: Buffer.from(ids.group).toString("base64"),
    hook: `graceful-${transition}-sns`,
    action: createSeal(`${ids.handler} ${secret}`).close(ids.token, {
      group: ids.group,
      hook: `graceful-${transition}-sns`,
      instance: ids.instance,
    }),
    instance: ids.instance,
    transition,
    onFailure: instructionsFor(transition).onFailure,
    sent: "1711164404",
  };
}

/** The event of a command that has ended. */
export function commandEvent(payload: CommandPayload = {}): unknown {
  const { status = "Success", transition = "terminate" } = payload;
  const parameters = "parameters" in payload ? payload.parameters : commandParameters(transition);
  return {
    version: "0",
    id: "51c0891d-0e34-45b1-83d6-95db273d1602",
    "detail-type": "EC2 Command Status-change Notification",
    source: "aws.ssm",
    account: "123456789012",
    time: "2024-03-23T03:27:10Z",
    region: "us-east-1",
    resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-05629ab7d9287e205"],
    detail: {
      "command-id": ids.command,
      "document-name": payload.document ?? instructionsFor(transition).document,
      "expire-after": "2024-03-23T04:26:50.049Z",
      parameters:
        parameters && Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
      "requested-date-time": "2024-03-23T03:26:44.049Z",
      status,
    },
  };
}

/** A lifecycle event of EventBridge. */
export function lifecycleEvent(body: Record<string, unknown>, time = "2024-03-23T03:26:43Z"): unknown {
  return {
    version: "0",
    id: "daa49132-411e-fa14-ecde-2eaf9356f19e",
    "detail-type": "EC2 Instance-terminate Lifecycle Action",
    source: "aws.autoscaling",
    account: "123456789012",
    time,
    region: "us-east-1",
    resources: [
      "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:bacaca43:autoScalingGroupName/web",
    ],
    detail: body,
  };
}

/** The tick of the sweep. */
export function sweepEvent(time = "2024-03-23T03:27:00Z"): unknown {
  return {
    version: "0",
    id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "123456789012",
    time,
    region: "us-east-1",
    resources: ["arn:aws:events:us-east-1:123456789012:rule/web-handler-sweep"],
    detail: {},
  };
}
