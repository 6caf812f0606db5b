import {
  CompleteLifecycleActionCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLifecycleHooksCommand,
  DescribeScalingActivitiesCommand,
  DescribeWarmPoolCommand,
  RecordLifecycleActionHeartbeatCommand,
  SetInstanceProtectionCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  type AutoScalingGroup,
  type AutoScalingClient,
  type Instance as ListedInstance,
} from "@aws-sdk/client-auto-scaling";
import { busyTag, hooksTag, type LifecycleActionResult, type Transition } from "../../contract";
import type { Launch } from "../route";
import type { Activity } from "../situation";
import { readActivities, readLaunches, type ActivityPages } from "./activities";
import { capacityOf, type Capacity } from "./capacity";
import type { CallKind, MakeCall } from "./calls";
import { isUnanswered, nameOf } from "./errors";

/** A group as a sweep sees it. */
export interface Group {
  readonly name: string;
  readonly instances: readonly Instance[];
  /** Whether the group has a warm pool whose instances are not among `instances` yet. */
  readonly hasUnreadPool: boolean;
  /** Whether an instance may pass a hook twice: after a warm pool, a retention, or a new root volume. */
  readonly repeats: boolean;
  /** Value of the tag that says how the handler asks the instances whether they are busy; undefined without the tag. */
  readonly busy: string | undefined;
  /** Revisions that the group's hooks should have, by the group's tags; none if the tags do not say. */
  readonly revisions: readonly string[];
  /** Whether the group can spare an instance; undefined where only some instances were read. */
  readonly capacity?: Capacity;
}

/** An instance of a group. */
export interface Instance {
  readonly id: string;
  readonly lifecycleState: string;
  /** Whether Auto Scaling calls the instance healthy. */
  readonly isHealthy: boolean;
  /** Whether the instance is protected from scale-in. */
  readonly isProtected: boolean;
}

/** An instance and its group. */
export interface InstanceDetails extends Omit<Instance, "id" | "isProtected"> {
  readonly group: string;
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

/** The action of one instance at one hook; without a token the instance names the action. */
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
  /** A group by its name; undefined if there is none. */
  group(name: string): Promise<Group | undefined>;
  /** Details of instances; an instance that is gone, or in no group, has none. */
  describe(instances: readonly string[]): Promise<ReadonlyMap<string, InstanceDetails>>;
  hooks(group: string): Promise<Hook[]>;
  /** The instances of the warm pool of a group; of these instances only this call and `describe` tell. */
  pool(group: string): Promise<Instance[]>;
  /** The latest launch of instances, by instance; an instance whose launch Auto Scaling does not show has none. */
  launches(group: string, instances: readonly string[]): Promise<ReadonlyMap<string, Launch>>;
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
  /**
   * Terminates an instance in its group, which launches another instance in its place; not tried twice.
   * @returns false if the instance is on its way already
   */
  replace(instance: string): Promise<boolean>;
  /** False if there is no such action: it is over, or Auto Scaling does not show it yet. */
  complete(action: LifecycleAction, result: LifecycleActionResult): Promise<boolean>;
  /** False if there is no such action. */
  heartbeat(action: LifecycleAction): Promise<boolean>;
  /** Sets or removes the protection from scale-in of instances of a group, at most 50. */
  protect(group: string, instances: readonly string[], isProtected: boolean): Promise<void>;
}

/** Most instances that DescribeAutoScalingInstances takes. */
const describedAtOnce = 50;

/** Most instances of a warm pool in an answer. Source: Auto Scaling API, DescribeWarmPool. */
const pooledAtOnce = 50;

/** Most pages of activities that are read, newest first; 100 activities each. */
const activityPages = 50;

/** Auto Scaling through the client of the AWS SDK. */
export function createAutoScaling(client: AutoScalingClient, make: MakeCall): AutoScaling {
  return {
    async groups(handler) {
      const found: Group[] = [];
      // The tag key of a group made elsewhere differs: each component that serves the group has its own key.
      const Filters = [{ Name: "tag-value", Values: [handler] }];
      let NextToken: string | undefined;
      do {
        const command = new DescribeAutoScalingGroupsCommand({ Filters, MaxRecords: 100, NextToken });
        const page = await make("read", () => client.send(command));
        found.push(...(page.AutoScalingGroups ?? []).map(groupOf));
        ({ NextToken } = page);
      } while (NextToken);
      return found;
    },

    async group(name) {
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
      const { AutoScalingGroups = [] } = await make("read", () => client.send(command));
      const [found] = AutoScalingGroups;
      return found && groupOf(found);
    },

    async describe(instances) {
      const found = new Map<string, InstanceDetails>();
      for (let from = 0; from < instances.length; from += describedAtOnce) {
        const InstanceIds = instances.slice(from, from + describedAtOnce);
        const command = new DescribeAutoScalingInstancesCommand({ InstanceIds });
        const page = await make("read", () => client.send(command));
        for (const one of page.AutoScalingInstances ?? []) {
          const { InstanceId: id, AutoScalingGroupName: group, LifecycleState: lifecycleState } = one;
          const isHealthy = isHealthyStatus(one.HealthStatus);
          if (id !== undefined && group !== undefined && lifecycleState !== undefined)
            found.set(id, { group, lifecycleState, isHealthy });
        }
      }
      return found;
    },

    async hooks(group) {
      const command = new DescribeLifecycleHooksCommand({ AutoScalingGroupName: group });
      const { LifecycleHooks = [] } = await make("read", () => client.send(command));
      return LifecycleHooks.map((hook) => ({
        name: hook.LifecycleHookName ?? "",
        lifecycleTransition: hook.LifecycleTransition ?? "",
        heartbeatTimeout: hook.HeartbeatTimeout ?? 0,
        metadata: hook.NotificationMetadata,
      }));
    },

    async pool(group) {
      const found: Instance[] = [];
      let NextToken: string | undefined;
      do {
        const command = new DescribeWarmPoolCommand({
          AutoScalingGroupName: group,
          MaxRecords: pooledAtOnce,
          NextToken,
        });
        const page = await make("read", () => client.send(command));
        found.push(...(page.Instances ?? []).map(listedInstance));
        ({ NextToken } = page);
      } while (NextToken);
      return found;
    },

    launches: (group, instances) => readLaunches(activityPagesOf(group), instances),

    activities: (group, transition, instances, history) =>
      readActivities(activityPagesOf(group), transition, instances, history),

    async complete(action, result) {
      const command = new CompleteLifecycleActionCommand({
        ...inputOf(action),
        LifecycleActionResult: result,
      });
      return isActive("complete", () => client.send(command));
    },

    async replace(instance) {
      const command = new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: instance,
        ShouldDecrementDesiredCapacity: false,
      });
      // Not tried again: by then the instance may be on its way, or kept for inspection.
      const [ended] = await make("replace", () => Promise.allSettled([client.send(command)]));
      if (ended.status === "fulfilled") return true;
      if (ended.reason instanceof Error && !isOver(ended.reason)) throw ended.reason;
      return false;
    },

    async heartbeat(action) {
      const command = new RecordLifecycleActionHeartbeatCommand(inputOf(action));
      return isActive("heartbeat", () => client.send(command));
    },

    async protect(group, instances, isProtected) {
      const command = new SetInstanceProtectionCommand({
        AutoScalingGroupName: group,
        InstanceIds: [...instances],
        ProtectedFromScaleIn: isProtected,
      });
      await make("protect", () => client.send(command));
    },
  };

  /** The scaling activities of a group, newest first, page by page. */
  async function* activityPagesOf(group: string): ActivityPages {
    let NextToken: string | undefined;
    for (let page = 1; page <= activityPages; page += 1) {
      const command = new DescribeScalingActivitiesCommand({
        AutoScalingGroupName: group,
        MaxRecords: 100,
        NextToken,
      });
      const answer = await make("read", () => client.send(command));
      yield answer.Activities ?? [];
      ({ NextToken } = answer);
      if (!NextToken) return;
    }
  }

  /**
   * Auto Scaling answers `ValidationError: No active Lifecycle Action found with ...` if the action is over. If it did
   * not answer an earlier try, that try ended the action.
   */
  async function isActive(kind: CallKind, send: () => Promise<unknown>): Promise<boolean> {
    let wasUnanswered = false;
    try {
      await make(kind, async () => {
        try {
          await send();
        } catch (error) {
          wasUnanswered ||= isUnanswered(error);
          throw error;
        }
      });
      return true;
    } catch (error) {
      if (nameOf(error) === "ValidationError") return wasUnanswered;
      throw error;
    }
  }
}

/** Whether Auto Scaling does not terminate an instance because it is on its way already, or gone. */
function isOver(error: unknown): boolean {
  return ["ScalingActivityInProgress", "ScalingActivityInProgressFault", "ValidationError"].includes(
    nameOf(error),
  );
}

/** A group as Auto Scaling describes it. */
export function groupOf(group: AutoScalingGroup): Group {
  return {
    name: group.AutoScalingGroupName ?? "",
    instances: (group.Instances ?? []).map(listedInstance),
    hasUnreadPool: group.WarmPoolConfiguration !== undefined,
    busy: group.Tags?.find(({ Key }) => Key === busyTag)?.Value,
    repeats: group.WarmPoolConfiguration !== undefined || isRetaining(group) || mayRenew(group),
    revisions: (group.Tags ?? [])
      .filter(({ Key = "" }) => Key === hooksTag || Key.startsWith(`${hooksTag}:`))
      .flatMap(({ Value = "" }) => Value.split(" ").filter(Boolean)),
    capacity: capacityOf(group),
  };
}

function listedInstance({
  HealthStatus,
  InstanceId,
  LifecycleState,
  ProtectedFromScaleIn,
}: ListedInstance): Instance {
  return {
    id: InstanceId ?? "",
    lifecycleState: LifecycleState ?? "",
    isHealthy: isHealthyStatus(HealthStatus),
    isProtected: ProtectedFromScaleIn ?? false,
  };
}

/** One call spells the status in capitals. */
function isHealthyStatus(status: string | undefined): boolean {
  return status?.toLowerCase() !== "unhealthy";
}

/** Whether a group retains instances whose termination anybody abandons. */
function isRetaining({ InstanceLifecyclePolicy: policy }: AutoScalingGroup): boolean {
  return policy?.RetentionTriggers?.TerminateHookAbandon === "retain";
}

/** Whether an instance refresh can replace root volumes: only where all overrides name an image. */
function mayRenew({ MixedInstancesPolicy: policy }: AutoScalingGroup): boolean {
  const overrides = policy?.LaunchTemplate?.Overrides ?? [];
  return overrides.some(({ ImageId }) => ImageId !== undefined);
}

function inputOf({ group, hook, instance, token }: LifecycleAction) {
  return {
    AutoScalingGroupName: group,
    LifecycleHookName: hook,
    InstanceId: instance,
    ...(token ? { LifecycleActionToken: token } : {}),
  };
}
