import { defaultHeartbeatTimeout } from "../timing";
import type { AwsError } from "./wire";
import type { CallFacts, Behaviour, Handling, InstanceBehaviour, Message, Incident } from "./behaviour";
import type { World } from "./world";

/** The answer of a service that is down. */
export const outage: AwsError = {
  code: "ServiceUnavailable",
  message: "Service is unavailable",
  status: 503,
};

/** The answer of a service that fails by itself. */
export const internalError: AwsError = {
  code: "InternalFailure",
  message: "An internal error has occurred",
  status: 500,
};

/** The answer of a service to too many calls. */
export function throttled(action: string): AwsError {
  const isSsm = action.endsWith("Command");
  return { code: isSsm ? "ThrottlingException" : "Throttling", message: "Rate exceeded" };
}

/**
 * The answer of SSM where an organisation forbids what a role allows. Source: IAM, Troubleshoot access denied error
 * messages.
 */
export function deniedByOrganisation([instance = ""]: readonly string[]): AwsError {
  const resource = `arn:aws:ec2:us-east-1:123456789012:instance/${instance}`;
  return {
    code: "AccessDeniedException",
    message: `User: arn:aws:sts::123456789012:assumed-role/handler/handler is not authorized to perform: ssm:SendCommand on resource: ${resource} with an explicit deny in a service control policy`,
  };
}

/** The usual behaviour with some of it replaced. */
export function changed(usual: Behaviour, changes: Partial<Behaviour>): Behaviour {
  return Object.assign(Object.create(usual) as Behaviour, changes);
}

/** Changes the deliveries of some messages. */
export function withDeliveries(
  usual: Behaviour,
  concerns: (message: Message) => boolean,
  change: (delays: readonly number[], message: Message) => readonly number[],
): Behaviour {
  return changed(usual, {
    deliveries: (message) => {
      const delays = usual.deliveries(message);
      return concerns(message) ? change(delays, message) : delays;
    },
  });
}

/** Lets some calls fail. */
export function withCallErrors(
  usual: Behaviour,
  error: (call: CallFacts) => AwsError | undefined,
): Behaviour {
  return changed(usual, { callError: (call) => error(call) ?? usual.callError(call) });
}

/** Changes how instances behave. */
export function withInstance(
  usual: Behaviour,
  change: (instance: InstanceBehaviour, id: string) => InstanceBehaviour,
): Behaviour {
  return changed(usual, { instance: (facts) => change(usual.instance(facts), facts.id) });
}

/** Changes how agents deal with commands; the change knows which command is the first for its instance. */
export function withHandling(
  usual: Behaviour,
  change: (how: Handling, isFirst: boolean, instance: string) => Handling,
): Behaviour {
  return changed(usual, {
    handling: (facts) => change(usual.handling(facts), facts.earlier === 0, facts.instance),
  });
}

/** Adds incidents to every instance. */
export function withIncidents(usual: Behaviour, ...incidents: readonly Incident[]): Behaviour {
  return withInstance(usual, (instance) => ({
    ...instance,
    incidents: [...instance.incidents, ...incidents],
  }));
}

/** Adds a hook of somebody else to every group, on both transitions. */
export function withOtherHook(world: World): World {
  const hooks = ["LAUNCHING", "TERMINATING"].map((transition) => ({
    name: `somebody-elses-${transition.toLowerCase()}`,
    lifecycleTransition: `autoscaling:EC2_INSTANCE_${transition}`,
    heartbeatTimeout: defaultHeartbeatTimeout,
    defaultResult: "CONTINUE",
  }));
  return { ...world, groups: world.groups.map((group) => ({ ...group, hooks: [...group.hooks, ...hooks] })) };
}

export function isHook({ channel, what }: Message): boolean {
  return channel === "sns" || what.endsWith("Lifecycle Action");
}

export function isCommand({ what }: Message): boolean {
  return what === "EC2 Command Status-change Notification";
}

export function isSweep({ what }: Message): boolean {
  return what === "Scheduled Event";
}
