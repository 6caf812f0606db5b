import {
  Place,
  isFields,
  isOneOf,
  lifecycleTransitions,
  retirementEventTypes,
  type Fields,
  type Transition,
} from "../contract";
import { endStatuses, type CommandParameters, type Trigger } from "./trigger";

/**
 * Reads any event that the function is invoked with: messages of Auto Scaling over SNS, events of EventBridge. Never
 * throws; an unknown event is ignored with a reason.
 */
export function parseEvent(event: unknown): Trigger[] {
  if (!isFields(event)) return [ignored("the event is not an object")];
  if (Array.isArray(event["Records"])) return event["Records"].map(parseRecord);
  return [parseEventBridge(event)];
}

function parseRecord(record: unknown): Trigger {
  const sns = isFields(record) ? record["Sns"] : undefined;
  const message = isFields(sns) ? sns["Message"] : undefined;
  if (typeof message !== "string") return ignored("the record is not an SNS message");
  let body: unknown;
  try {
    body = JSON.parse(message);
  } catch {
    return ignored("the SNS message is not JSON");
  }
  if (!isFields(body)) return ignored("the SNS message is not an object");
  return parseHookAction(body, body["Time"]);
}

function parseEventBridge(event: Fields): Trigger {
  const detail = event["detail"];
  if (!isFields(detail)) return ignored("the event has no detail");
  switch (event["detail-type"]) {
    case "EC2 Instance-launch Lifecycle Action":
    case "EC2 Instance-terminate Lifecycle Action":
      return parseHookAction(detail, event["time"]);
    case "EC2 Command Status-change Notification":
      return parseCommand(detail, event["time"]);
    case "EC2 Spot Instance Interruption Warning":
      return parseSpotWarning(detail);
    case "AWS Health Event":
      return parseHealthEvent(event["source"], detail);
    case "EC2 Instance Rebalance Recommendation":
      return parseRebalance(event["source"], detail);
    case "Scheduled Event":
      return parseSweep(event["time"]);
    default:
      return ignored(`events of type ${JSON.stringify(event["detail-type"])} are not for this function`);
  }
}

function parseHookAction(body: Fields, time: unknown): Trigger {
  if (body["Event"] === testNotification || body["LifecycleTransition"] === testNotification) {
    return ignored("test notification of Auto Scaling");
  }
  const transition = transitionOf(body["LifecycleTransition"]);
  const { AutoScalingGroupName, LifecycleHookName, EC2InstanceId, LifecycleActionToken } = body;
  const since = instant(time);
  if (
    transition === undefined ||
    since === undefined ||
    typeof AutoScalingGroupName !== "string" ||
    typeof LifecycleHookName !== "string" ||
    typeof EC2InstanceId !== "string" ||
    typeof LifecycleActionToken !== "string"
  ) {
    return ignored("the message is not a lifecycle action");
  }
  const { Destination: destination, NotificationMetadata: metadata, Origin: origin } = body;
  return {
    kind: "hookAction",
    group: AutoScalingGroupName,
    hook: LifecycleHookName,
    transition,
    instance: EC2InstanceId,
    token: LifecycleActionToken,
    time: since,
    route: { origin: placeOf(origin), destination: placeOf(destination) },
    metadata: typeof metadata === "string" ? metadata : undefined,
  };
}

function parseCommand(detail: Fields, time: unknown): Trigger {
  const { status } = detail;
  const commandId = detail["command-id"];
  const document = detail["document-name"];
  if (typeof commandId !== "string" || typeof document !== "string" || typeof status !== "string") {
    return ignored("the event of Run Command names no command, document or status");
  }
  const ended = endStatuses.find((one) => one === status);
  if (ended === undefined) return ignored(`the command is ${status}, not at its end`);
  return {
    kind: "commandEnded",
    commandId,
    document,
    status: ended,
    requestedAt: instant(detail["requested-date-time"]),
    endedAt: instant(time),
    parameters: parseParameters(detail["parameters"]),
  };
}

/** Run Command holds every parameter as a list; our parameters have one value each. */
export function parseParameters(parameters: unknown): CommandParameters | undefined {
  if (!isFields(parameters)) return undefined;
  const found: Record<string, string> = {};
  for (const [name, values] of Object.entries(parameters)) {
    const value: unknown = Array.isArray(values) ? values[0] : values;
    if (typeof value === "string") found[name] = value;
  }
  return found;
}

function parseSpotWarning(detail: Fields): Trigger {
  const instance = detail["instance-id"];
  return typeof instance === "string"
    ? { kind: "spotWarning", instance }
    : ignored("the warning names no instance");
}

/** An entity is an id or an ARN. Source: AWS Health, examples of events on EventBridge. */
function parseHealthEvent(source: unknown, detail: Fields): Trigger {
  const { affectedEntities, eventTypeCode, service, statusCode } = detail;
  if (source !== "aws.health" || service !== "EC2") return ignored("the event is not about EC2");
  if (!retirementEventTypes.some((one) => one === eventTypeCode))
    return ignored("the event announces no retirement");
  if (statusCode === "closed") return ignored("the retirement is over");
  const instances = [affectedEntities].flat().flatMap((one) => {
    const value = isFields(one) ? one["entityValue"] : undefined;
    const id = typeof value === "string" ? /(?:^|\/)(i-[0-9a-f]{8,17})$/.exec(value)?.[1] : undefined;
    return id === undefined ? [] : [id];
  });
  return instances.length > 0
    ? { kind: "retirement", instances: [...new Set(instances)] }
    : ignored("the event names no instance");
}

function parseRebalance(source: unknown, detail: Fields): Trigger {
  const instance = detail["instance-id"];
  return source === "aws.ec2" && typeof instance === "string"
    ? { kind: "rebalance", instance }
    : ignored("the recommendation names no instance");
}

function parseSweep(time: unknown): Trigger {
  const due = instant(time);
  return due === undefined ? ignored("the scheduled event has no time") : { kind: "sweep", time: due };
}

const testNotification = "autoscaling:TEST_NOTIFICATION";

function transitionOf(name: unknown): Transition | undefined {
  if (name === lifecycleTransitions.launch) return "launch";
  return name === lifecycleTransitions.terminate ? "terminate" : undefined;
}

function placeOf(name: unknown): Place | undefined {
  return isOneOf(name, Place) ? name : undefined;
}

/** An ISO instant; Date.parse also takes the nanoseconds that some services write. */
function instant(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

function ignored(reason: string): Trigger {
  return { kind: "ignored", reason };
}
