import { lifecycleTransitions } from "../../contract";
import type { ServiceEvent } from "../eventBus";
import type { Context } from "../context";
import type { Action, Group, Instance } from "./model";

/** The message that a hook publishes to its topic, as Lambda and SQS get it. */
export function hookMessage(context: Context, instance: Instance, action: Action): string {
  return JSON.stringify({
    ...detailOf(instance, action),
    AccountId: context.account.id,
    RequestId: context.random.uuid(`request/${action.token}`),
    Service: "AWS Auto Scaling",
    Time: new Date(context.clock.now()).toISOString(),
  });
}

/** Two blanks, as the service has them. */
export function hookSubject(instance: Instance, { transition }: Action): string {
  const verb = transition === "launch" ? "LAUNCHING" : "TERMINATING";
  return `Auto Scaling:  Lifecycle action '${verb}' for instance ${instance.id} in progress.`;
}

/** The event that a hook puts on the bus, whether or not it has a target. */
export function scalingEvent(_: Context, instance: Instance, action: Action): ServiceEvent {
  const verb = action.transition === "launch" ? "launch" : "terminate";
  return {
    source: "aws.autoscaling",
    detailType: `EC2 Instance-${verb} Lifecycle Action`,
    resources: [instance.group.settings.arn],
    detail: { ...detailOf(instance, action), Action: verb === "launch" ? "Launch" : "Terminate" },
    instance: instance.id,
  };
}

/** The message that Auto Scaling publishes whenever a hook is put. */
export function testMessage(context: Context, { settings }: Group): string {
  return JSON.stringify({
    AccountId: context.account.id,
    RequestId: context.random.uuid(`test/${settings.name}/${context.clock.now()}`),
    AutoScalingGroupARN: settings.arn,
    AutoScalingGroupName: settings.name,
    Service: "AWS Auto Scaling",
    Event: "autoscaling:TEST_NOTIFICATION",
    Time: new Date(context.clock.now()).toISOString(),
  });
}

function detailOf({ group, id, route }: Instance, { hook, token, transition }: Action) {
  return {
    LifecycleActionToken: token,
    AutoScalingGroupName: group.settings.name,
    LifecycleHookName: hook.name,
    EC2InstanceId: id,
    LifecycleTransition: lifecycleTransitions[transition],
    ...(hook.notificationMetadata === undefined ? {} : { NotificationMetadata: hook.notificationMetadata }),
    Origin: route.origin,
    Destination: route.destination,
  };
}
