import { encodeInstructions } from "../../contract";
import type { Answer } from "../../simulator/wire";
import { ids, instructionsFor } from "../support/payloads";

/** Comment of every command that is listed. */
export const comment = "terminate, 150 s";

/** An empty answer. */
export function done(): Answer {
  return { output: {} };
}

/** The command that was sent. */
export function sent(): Answer {
  return { output: { Command: { CommandId: ids.command } } };
}

/** No tag of a hold on any instance. */
export function untagged(): Answer {
  return { output: { Tags: [] } };
}

/** The instance in a lifecycle state. */
export function state(LifecycleState: string): () => Answer {
  return () => ({
    output: {
      AutoScalingInstances: [{ InstanceId: ids.instance, LifecycleState, AutoScalingGroupName: ids.group }],
    },
  });
}

/** No instance any more. */
export function gone(): Answer {
  return { output: { AutoScalingInstances: [] } };
}

/** The group, with the instance in a lifecycle state. */
export function groups(LifecycleState: string): () => Answer {
  return () => ({
    output: {
      AutoScalingGroups: [
        {
          AutoScalingGroupName: ids.group,
          Instances: [{ InstanceId: ids.instance, LifecycleState }],
        },
      ],
    },
  });
}

/** The hook on termination, whose instructions may have changes. */
export function hooks(changes: Parameters<typeof instructionsFor>[1] = {}): () => Answer {
  return () => ({
    output: {
      LifecycleHooks: [
        {
          LifecycleHookName: "graceful-terminate-sns",
          LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
          HeartbeatTimeout: 450,
          NotificationMetadata: encodeInstructions(instructionsFor("terminate", changes)),
        },
      ],
    },
  });
}

/** The results of commands on the instance. */
export function invocations(
  ...all: { status: string; details?: string; secondsAgo?: number }[]
): () => Answer {
  return () => ({
    output: {
      CommandInvocations: all.map(({ details, secondsAgo = 30, status }, index) => ({
        CommandId: index === 0 ? ids.command : `${ids.command.slice(0, -1)}${index}`,
        InstanceId: ids.instance,
        Comment: comment,
        Status: status,
        StatusDetails: details ?? status,
        RequestedDateTime: new Date(Date.now() - secondsAgo * 1000),
      })),
    },
  });
}

/** The activity that terminates the instance. */
export function activity(secondsAgo: number, cause = ""): () => Answer {
  return () => ({
    output: {
      Activities: [
        {
          ActivityId: "a",
          Description: `Terminating EC2 instance: ${ids.instance}`,
          Cause: cause,
          StartTime: new Date(Date.now() - secondsAgo * 1000),
        },
      ],
    },
  });
}
