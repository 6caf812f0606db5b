import {
  CompleteLifecycleActionCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLifecycleHooksCommand,
  RecordLifecycleActionHeartbeatCommand,
  paginateDescribeAutoScalingGroups,
  paginateDescribeScalingActivities,
  type Activity as ScalingActivity,
  type AutoScalingGroup,
  type AutoScalingClient,
} from "@aws-sdk/client-auto-scaling";
import type { LifecycleActionResult, Transition } from "../../contract";
import type { Activity } from "../situation";
import { nameOf } from "./errors";

/** A group as a sweep sees it. */
export interface Group {
  readonly name: string;
  readonly instances: readonly Instance[];
  /** Whether an instance may pass a hook twice: after a warm pool, after it was retained, after it got a new root volume. */
  readonly repeats: boolean;
}

/** An instance of a group. */
export interface Instance {
  readonly id: string;
  readonly lifecycleState: string;
}

/** An instance and its group. */
export interface InstanceDetails {
  readonly group: string;
  readonly lifecycleState: string;
}

/** A lifecycle hook of a group. */
export interface Hook {
  readonly name: string;
  /** Auto Scaling's name of the transition. */
  readonly lifecycleTransition: string;
  /** Seconds. */
  readonly heartbeatTimeout: number;
  readonly metadata: string | undefined;
}

/** The action of one instance at one hook; without a token it is named by the instance. */
export interface LifecycleAction {
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
  readonly token: string | undefined;
}

/** The calls of Auto Scaling that the handler uses. */
export interface AutoScaling {
  /** All groups that carry the handler's tag. */
  groups(handler: string): Promise<Group[]>;
  /** What is known of instances; one that is gone, or in no group, is not among them. */
  describe(instances: readonly string[]): Promise<ReadonlyMap<string, InstanceDetails>>;
  hooks(group: string): Promise<Hook[]>;
  /**
   * The running activities of a transition, by instance.
   * @param history whether to look for earlier activities of the same instances, too
   */
  activities(
    group: string,
    transition: Transition,
    instances: readonly string[],
    history: boolean,
  ): Promise<ReadonlyMap<string, Activity>>;
  /** False if there is no such action: it is over, or not visible yet. */
  complete(action: LifecycleAction, result: LifecycleActionResult): Promise<boolean>;
  /** False if there is no such action. */
  heartbeat(action: LifecycleAction): Promise<boolean>;
}

/** Most instances that DescribeAutoScalingInstances takes. */
const describedAtOnce = 50;

/** Pages of activities that are read at most, newest first; 100 activities each. */
const activityPages = 50;

/** Auto Scaling through the client of the AWS SDK. */
export function createAutoScaling(client: AutoScalingClient): AutoScaling {
  return {
    async groups(handler) {
      const found: Group[] = [];
      // Of a group made elsewhere the key differs: each component that serves it has one of its own.
      const filter = { Name: "tag-value", Values: [handler] };
      for await (const page of paginateDescribeAutoScalingGroups(
        { client, pageSize: 100 },
        { Filters: [filter] },
      )) {
        for (const group of page.AutoScalingGroups ?? []) {
          found.push({
            name: group.AutoScalingGroupName ?? "",
            instances: (group.Instances ?? []).map(({ InstanceId = "", LifecycleState = "" }) => ({
              id: InstanceId,
              lifecycleState: LifecycleState,
            })),
            repeats: group.WarmPoolConfiguration !== undefined || isRetaining(group) || mayRenew(group),
          });
        }
      }
      return found;
    },

    async describe(instances) {
      const found = new Map<string, InstanceDetails>();
      for (let from = 0; from < instances.length; from += describedAtOnce) {
        const InstanceIds = instances.slice(from, from + describedAtOnce);
        const page = await client.send(new DescribeAutoScalingInstancesCommand({ InstanceIds }));
        for (const one of page.AutoScalingInstances ?? []) {
          const { InstanceId: id, AutoScalingGroupName: group, LifecycleState: lifecycleState } = one;
          if (id !== undefined && group !== undefined && lifecycleState !== undefined)
            found.set(id, { group, lifecycleState });
        }
      }
      return found;
    },

    async hooks(group) {
      const { LifecycleHooks = [] } = await client.send(
        new DescribeLifecycleHooksCommand({ AutoScalingGroupName: group }),
      );
      return LifecycleHooks.map((hook) => ({
        name: hook.LifecycleHookName ?? "",
        lifecycleTransition: hook.LifecycleTransition ?? "",
        heartbeatTimeout: hook.HeartbeatTimeout ?? 0,
        metadata: hook.NotificationMetadata,
      }));
    },

    async activities(group, transition, instances, history) {
      const running = new Map<string, ScalingActivity>();
      const retained = new Set<string>();
      const wanted = new Set(instances);
      let pages = 0;
      for await (const page of paginateDescribeScalingActivities(
        { client, pageSize: 100 },
        { AutoScalingGroupName: group },
      )) {
        for (const activity of page.Activities ?? []) {
          const instance = instanceOf(activity, transition);
          if (instance === undefined || !wanted.has(instance)) continue;
          if (activity.EndTime === undefined) running.set(instance, activity);
          else if (isCancelledTermination(activity)) retained.add(instance);
        }
        pages += 1;
        if ((running.size === wanted.size && !history) || pages >= activityPages) break;
      }
      return new Map(
        [...running].map(([instance, { Cause = "", StartTime }]) => [
          instance,
          {
            startedAt: StartTime?.getTime() ?? 0,
            cause: Cause,
            retainedBefore: history && retained.has(instance),
          },
        ]),
      );
    },

    async complete(action, result) {
      const command = new CompleteLifecycleActionCommand({
        ...inputOf(action),
        LifecycleActionResult: result,
      });
      return isActive(() => client.send(command));
    },

    async heartbeat(action) {
      const command = new RecordLifecycleActionHeartbeatCommand(inputOf(action));
      return isActive(() => client.send(command));
    },
  };
}

/** Whether a group keeps instances whose termination is abandoned, by whomever. */
function isRetaining({ InstanceLifecyclePolicy: policy }: AutoScalingGroup): boolean {
  return policy?.RetentionTriggers?.TerminateHookAbandon === "retain";
}

/** Whether an instance refresh can replace root volumes: only where all overrides name an image. */
function mayRenew({ MixedInstancesPolicy: policy }: AutoScalingGroup): boolean {
  const overrides = policy?.LaunchTemplate?.Overrides ?? [];
  return overrides.some(({ ImageId }) => ImageId !== undefined);
}

/**
 * The instance of an activity that may pass hooks of this transition; Auto Scaling names it only in the description. Hooks
 * of terminations are passed by others too, as when a root volume is replaced, which no page of AWS gives the words of.
 */
function instanceOf({ Description = "" }: ScalingActivity, transition: Transition): string | undefined {
  const launches = Description.startsWith("Launching");
  return launches === (transition === "launch") ? /\bi-[0-9a-f]+\b/.exec(Description)?.[0] : undefined;
}

/** So ends the activity of an instance that is retained. */
function isCancelledTermination({ Description = "", StatusCode }: ScalingActivity): boolean {
  return Description.startsWith("Terminating") && StatusCode === "Cancelled";
}

function inputOf({ group, hook, instance, token }: LifecycleAction) {
  return {
    AutoScalingGroupName: group,
    LifecycleHookName: hook,
    InstanceId: instance,
    ...(token ? { LifecycleActionToken: token } : {}),
  };
}

/** Auto Scaling says `ValidationError: No active Lifecycle Action found with ...` of an action that is over. */
async function isActive(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (nameOf(error) === "ValidationError") return false;
    throw error;
  }
}
