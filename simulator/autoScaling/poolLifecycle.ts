import { Place, type Transition } from "../../contract";
import type { Instances } from "./instances";
import { isInPool, isInTargetGroup, isReady, pooledInstances, type Group, type Instance } from "./model";
import { whys, whyItReturns } from "./words";

/** The steps that the ways through a warm pool share with all other ways. */
interface Steps {
  /** The instance waits at the hooks of a transition. */
  wait(instance: Instance, transition: Transition): void;
  /** The target groups deregister the instance, which then waits at the hooks of a termination. */
  drain(instance: Instance): void;
  terminate(instance: Instance, cause: string): void;
  adjust(group: Group, request: string): void;
}

/**
 * The ways of instances into a warm pool, out of it, and back. Sources: Auto Scaling User Guide, warm pool instance
 * lifecycle (states and hooks); the wording of the activities of launches is observed, of the activity of a return it
 * is assumed.
 */
export class PoolLifecycle {
  constructor(
    private readonly instances: Instances,
    private readonly steps: Steps,
  ) {}

  private get context() {
    return this.instances.context;
  }

  /** Launches an instance into the pool, through the hooks of a launch. */
  launch(group: Group, cause: string): void {
    const instance = this.instances.create(group);
    instance.route = { origin: Place.Ec2, destination: Place.WarmPool };
    this.instances.begin(instance, `Launching a new EC2 instance into warm pool: ${instance.id}`, cause, 30);
    this.instances.enter(instance, "Warmed:Pending", whys.launchedIntoPool);
    this.instances.machines.launch(instance);
    this.afterStart(instance);
  }

  /** Takes an instance out of the pool into the group, through the hooks of a launch. */
  use(instance: Instance, cause: string): void {
    instance.route = { origin: Place.WarmPool, destination: Place.AutoScalingGroup };
    this.instances.begin(instance, `Launching a new EC2 instance from warm pool: ${instance.id}`, cause, 30);
    this.instances.enter(instance, "Pending", whys.leavesPool);
    if (!instance.isRunning) this.instances.startMachine(instance, whys.leavesPool);
    this.afterStart(instance);
  }

  /** Returns an instance to the pool instead of terminating it, through the hooks of a termination. */
  takeBack(instance: Instance, cause: string): void {
    instance.route = { origin: Place.AutoScalingGroup, destination: Place.WarmPool };
    this.instances.enter(instance, "Warmed:Pending", whyItReturns(isInTargetGroup(instance)));
    this.instances.begin(instance, `Returning EC2 instance to warm pool: ${instance.id}`, cause, 50);
    this.steps.drain(instance);
  }

  /**
   * An instance on its way into the pool waits at no hook any more. An abandoned launch ends the instance. An abandoned
   * return does not: observed, unless the group retains instances (Auto Scaling, manage retained instances).
   */
  proceed(instance: Instance, transition: Transition, result: string, failLaunch: () => void): void {
    if (transition === "launch" && result === "ABANDON") {
      failLaunch();
      return;
    }
    if (
      transition === "terminate" &&
      result === "ABANDON" &&
      instance.group.settings.retains &&
      instance.isRunning
    ) {
      this.context.clock.after(1_000, () => {
        this.instances.end(instance, "Cancelled", "");
        this.instances.enter(instance, "Warmed:Pending:Retained", whys.retained);
        this.steps.adjust(instance.group, "");
      });
      return;
    }
    this.instances.enter(instance, "Warmed:Pending:Proceed", "its hooks are done");
    const settling = this.context.random.between(
      `settle/${instance.id}/${this.instances.next()}`,
      5_000,
      40_000,
    );
    this.instances.afterwards(instance, settling, () => {
      this.settle(instance);
    });
  }

  /** Launches into the pool, or terminates there, until the pool has its size. */
  adjust(group: Group): void {
    const pooled = pooledInstances(group);
    const wanted = poolSize(group);
    for (let count = pooled.length; count < wanted && !group.suspended.has("Launch"); count += 1) {
      this.launch(
        group,
        `At ${this.instances.time()} an instance was started in response to a difference between desired and actual capacity of the warm pool, increasing the capacity from ${count} to ${count + 1}.`,
      );
    }
    if (group.suspended.has("Terminate")) return;
    const excess = Math.max(0, pooled.length - wanted);
    for (const instance of pooled.filter(isReady).slice(0, excess)) {
      this.steps.terminate(
        instance,
        `At ${this.instances.time()} an instance was taken out of the warm pool in response to a difference between desired and actual capacity of the warm pool.`,
      );
    }
  }

  /** The machine reaches the state of the pool. A machine that is gone by then is replaced: assumed. */
  private settle(instance: Instance): void {
    const { group, isRunning } = instance;
    const state = group.warmPool?.poolState;
    if (!isRunning || state === undefined) {
      this.instances.end(instance, "Successful", "");
      this.steps.terminate(
        instance,
        `At ${this.instances.time()} an instance was taken out of service in response to ${isRunning ? "a user request" : "an EC2 health check indicating it has been terminated or stopped"}.`,
      );
      return;
    }
    if (state !== "Running") this.instances.stopMachine(instance, "the warm pool keeps it stopped");
    this.instances.enter(instance, `Warmed:${state}`, whys.inPool);
    this.instances.end(instance, "Successful", "");
    this.steps.adjust(group, "");
  }

  private afterStart(instance: Instance): void {
    const start = this.context.random.between(`start/${instance.id}/${this.instances.next()}`, 3_000, 8_000);
    this.instances.afterwards(instance, start, () => {
      this.steps.wait(instance, "launch");
    });
  }
}

/** How many instances a pool should have. Source: Auto Scaling API, PutWarmPool, MaxGroupPreparedCapacity and MinSize. */
export function poolSize({ desired, settings, warmPool }: Group): number {
  if (warmPool === undefined) return 0;
  const prepared = warmPool.maxGroupPreparedCapacity ?? settings.maxSize;
  return Math.max(warmPool.minSize, prepared - desired);
}

/** An instance of the pool that can be used at once. */
export function readyInstance(group: Group): Instance | undefined {
  return [...group.instances.values()].find((one) => isInPool(one) && isReady(one));
}
