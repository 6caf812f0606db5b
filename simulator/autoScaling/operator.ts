import type { WarmPoolSettings } from "../world";
import { beforehand, notRunning, type AutoScaling } from "./service";
import { inServiceReason, isReady, type Group, type Instance, type Process } from "./model";

/** How long a target group and Auto Scaling take to deregister an instance that leaves the service, ms. */
const leaving = 5_000;

/**
 * Suspends processes of a group. An operation that has begun goes on; no new operation of the processes begins. Source:
 * Auto Scaling, Suspend and resume processes.
 */
export function suspendProcesses(group: Group, ...processes: readonly Process[]): void {
  for (const one of processes) group.suspended.add(one);
}

/** Resumes all processes of a group: operations that waited for them begin now. */
export function resumeProcesses(service: AutoScaling, group: Group): void {
  group.suspended.clear();
  service.adjust(group, "");
  for (const instance of group.instances.values()) {
    if (instance.state === "InService" && !instance.isRunning) service.replaceUnhealthy(instance, notRunning);
  }
}

/** Puts an instance into standby, without a replacement. No hook fires. Source: Auto Scaling, Lifecycle hooks. */
export function enterStandby(service: AutoScaling, instance: Instance): void {
  if (instance.state !== "InService") return;
  instance.group.desired -= 1;
  service.instances.enter(instance, "EnteringStandby", "somebody puts it into standby");
  service.instances.afterwards(instance, leaving, () => {
    service.instances.enter(instance, "Standby", "it is on standby");
  });
}

/** Takes an instance back from standby. No hook fires. */
export function exitStandby(service: AutoScaling, instance: Instance): void {
  if (instance.state !== "Standby") return;
  instance.group.desired += 1;
  service.instances.enter(instance, "Pending", "somebody takes it back from standby");
  service.instances.afterwards(instance, leaving, () => {
    service.instances.enter(instance, "InService", inServiceReason(instance));
    service.adjust(instance.group, "");
  });
}

/** Detaches an instance from its group. The machine runs on; no hook fires. */
export function detach(service: AutoScaling, instance: Instance): void {
  if (instance.state !== "InService") return;
  instance.group.desired -= 1;
  service.instances.enter(instance, "Detaching", "somebody detaches it");
  service.instances.afterwards(instance, leaving, () => {
    service.instances.enter(instance, "Detached", "it is detached");
    instance.group.instances.delete(instance.id);
  });
}

/** Fills the warm pool of a group, by its settings or with machines that are stopped, as if it had been there for long. */
export function fillWarmPool(service: AutoScaling, group: Group, count: number): readonly Instance[] {
  group.warmPool ??= { ...usualPool, maxGroupPreparedCapacity: 0, minSize: count };
  const { poolState } = group.warmPool;
  return Array.from({ length: count }, () => {
    const instance = service.instances.create(group);
    service.instances.machines.launch(instance);
    service.instances.enter(instance, `Warmed:${poolState}`, beforehand);
    if (poolState !== "Running") service.instances.stopMachine(instance, beforehand);
    return instance;
  });
}

/** Adds a warm pool to a group, or changes it. Instances that are there already stay as they are: observed. */
export function putWarmPool(service: AutoScaling, group: Group, changes: Partial<WarmPoolSettings>): void {
  group.warmPool = { ...usualPool, ...group.warmPool, ...changes };
  service.adjust(group, "");
}

/** Deletes the warm pool, with its instances, through the hooks of a termination. */
export function deleteWarmPool(service: AutoScaling, group: Group): void {
  group.warmPool = undefined;
  for (const instance of group.instances.values()) {
    if (isReady(instance))
      service.lifecycle.terminate(
        instance,
        `At ${service.instances.time()} instance ${instance.id} was taken out of service in response to a user request.`,
      );
  }
}

/** Defaults of PutWarmPool. */
const usualPool: WarmPoolSettings = {
  minSize: 0,
  maxGroupPreparedCapacity: undefined,
  poolState: "Stopped",
  reuseOnScaleIn: false,
};
