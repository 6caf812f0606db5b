import type { EventBus } from "../eventBus";
import { validationError } from "../errors";
import type { Context } from "../context";
import type { Topics } from "../topic";
import type { HookSettings, World } from "../world";
import { Instances } from "./instances";
import { Lifecycle } from "./lifecycle";
import { testMessage } from "./messages";
import { readyInstance } from "./poolLifecycle";
import { candidatesOf, TerminationPolicies, type Invoke } from "./terminationPolicy";
import { countedInstances, type Group, type Instance, type Machines, type Process } from "./model";

/** Why an instance is in service at the very beginning. */
export const beforehand = "it was there when the rehearsal began";

/** What a health check finds where the machine is gone. */
export const notRunning = "an EC2 health check indicating it has been terminated or stopped";

/** How long the successor of an instance takes until it is in service and warm, ms; assumed. */
const successorReady = 120_000;

/** Auto Scaling: groups, instances and their way through the lifecycle. */
export class AutoScaling {
  readonly groups = new Map<string, Group>();
  readonly instances: Instances;
  readonly lifecycle: Lifecycle;
  private readonly policies: TerminationPolicies;

  constructor(
    private readonly context: Context,
    world: World,
    bus: EventBus,
    private readonly topics: Topics,
    machines: Machines,
    invoke: Invoke,
  ) {
    this.instances = new Instances(context, machines);
    this.lifecycle = new Lifecycle(this.instances, bus, topics, {
      adjust: this.adjust.bind(this),
      notice: (instance) => {
        if (!isSuspended(instance.group, "HealthCheck")) this.replaceUnhealthy(instance, notRunning);
      },
    });
    this.policies = new TerminationPolicies(context, invoke, {
      adjust: (group) => {
        this.adjust(group, "");
      },
      terminate: (instance) => {
        this.shrink(instance, countedInstances(instance.group).length, "");
      },
    });
    for (const settings of world.groups) {
      const hooks = new Map(settings.hooks.map((hook) => [hook.name, hook]));
      const group: Group = {
        settings,
        hooks,
        tags: settings.tags,
        instances: new Map(),
        activities: [],
        suspended: new Set(),
        desired: 0,
        launched: 0,
        warmPool: settings.warmPool,
      };
      this.groups.set(settings.name, group);
    }
  }

  /** Fills a group with instances that have been in service for long. */
  populate(group: Group, count: number): void {
    group.desired = count;
    for (let made = 0; made < count; made += 1) {
      const instance = this.instances.create(group);
      instance.hasServed = true;
      instance.isRegistered = true;
      const { interruptedAt } = this.instances.machines.launch(instance);
      this.instances.enter(instance, "InService", beforehand);
      if (interruptedAt !== undefined) {
        this.context.clock.at(this.context.began + interruptedAt, () => {
          this.lifecycle.interrupt(instance);
        });
      }
    }
  }

  /** Sets how many instances a group should have. */
  setDesired(group: Group, desired: number): void {
    const before = group.desired;
    group.desired = desired;
    const request = `At ${this.instances.time()} a user request explicitly set group desired capacity changing the desired capacity from ${before} to ${desired}.`;
    this.context.clock.after(this.instances.lag("decision"), () => {
      this.adjust(group, request);
    });
  }

  /** Terminates one instance at somebody's request. */
  terminateAtRequest(instance: Instance, decrement: boolean): void {
    const { group } = instance;
    if (decrement) group.desired -= 1;
    this.context.clock.after(this.instances.lag("decision"), () => {
      if (isOnItsWay(instance) || !group.instances.has(instance.id)) return;
      const cause = `At ${this.instances.time()} instance ${instance.id} was taken out of service in response to a user request.`;
      const mayReturn = group.warmPool?.reuseOnScaleIn === true && instance.state === "InService";
      if (mayReturn && this.context.behaviour.returnsAtRequest(instance.id))
        this.lifecycle.pool.takeBack(instance, cause);
      else this.lifecycle.terminate(instance, cause);
      this.adjust(group, "");
    });
  }

  /** Replaces a Spot instance that EC2 recommends to rebalance, its successor first. */
  rebalance(instance: Instance): void {
    const { group } = instance;
    this.context.clock.after(this.instances.lag("rebalance"), () => {
      if (instance.state !== "InService") return;
      const why = "in response to an EC2 instance rebalance recommendation";
      const more = group.desired + 1;
      group.desired = more;
      this.adjust(group, `At ${this.instances.time()} an instance was launched ${why}.`);
      this.context.clock.after(successorReady, () => {
        if (group.desired === more) group.desired -= 1;
        if (instance.state !== "InService") return;
        this.lifecycle.terminate(
          instance,
          `At ${this.instances.time()} an instance was taken out of service ${why}.`,
        );
      });
    });
  }

  /** Takes an instance out because it is not healthy. */
  replaceUnhealthy(instance: Instance, cause: string): void {
    instance.health = "Unhealthy";
    this.context.record({ kind: "health", group: instance.group.settings.name, instance: instance.id });
    if (instance.state !== "InService" || isSuspended(instance.group, "ReplaceUnhealthy", "Terminate"))
      return;
    this.lifecycle.terminate(
      instance,
      `At ${this.instances.time()} an instance was taken out of service in response to ${cause}.`,
    );
    this.adjust(instance.group, "");
  }

  /** Adds or changes a hook; Auto Scaling tries a target out with a test message. */
  putHook(group: Group, hook: HookSettings): void {
    const { notificationTargetArn: topic, roleArn: role } = hook;
    if (topic !== undefined && topic !== "") {
      const message = testMessage(this.context, group);
      const subject = `Auto Scaling: test notification for group "${group.settings.name}"`;
      if (!this.topics.publish({ topic, role: role ?? "", subject, message })) {
        throw validationError(
          `Unable to publish test message to notification target ${topic} using IAM role ${role ?? ""}. Please check your target and role configuration and try to put lifecycle hook again.`,
        );
      }
    }
    group.hooks.set(hook.name, hook);
    this.context.record({
      kind: "hook",
      group: group.settings.name,
      hook: hook.name,
      heartbeatTimeout: hook.heartbeatTimeout,
      metadata: hook.notificationMetadata,
    });
  }

  /** Removes a hook; instances that wait at it go on: abandoned on launch, continued on terminate. */
  deleteHook(group: Group, name: string): void {
    group.hooks.delete(name);
    this.lifecycle.actions.completeAll(group, name);
  }

  /** Launches and terminates until there are as many instances as there should be. */
  adjust(group: Group, request: string): void {
    const now = countedInstances(group);
    const sentence = (text: string) =>
      [request, `At ${this.instances.time()} ${text}`].filter(Boolean).join("  ");
    const wanted = isSuspended(group, "Launch") ? 0 : group.desired;
    for (let count = now.length; count < wanted; count += 1) {
      const text = `an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${count} to ${count + 1}.`;
      // "As instances leave the warm pool, they count toward the desired capacity": User Guide, warm pools.
      const ready = readyInstance(group);
      if (ready === undefined) this.lifecycle.launch(group, sentence(text));
      else this.lifecycle.pool.use(ready, sentence(text));
    }
    this.scaleIn(group, now.length, request);
    this.lifecycle.pool.adjust(group);
  }

  private scaleIn(group: Group, from: number, request: string): void {
    const excess = from - group.desired;
    if (excess <= 0 || isSuspended(group, "Terminate")) return;
    const policy = this.policies.functionOf(group);
    if (policy !== undefined) this.policies.ask(group, policy);
    else for (const one of candidatesOf(group).slice(0, excess)) this.shrink(one, from, request);
  }

  /** Sets or removes the protection from scale-in; instances that were too many and protected may go now. */
  protect(group: Group, instances: readonly Instance[], isProtected: boolean): void {
    for (const instance of instances) {
      instance.isProtected = isProtected;
      this.context.record({
        kind: "protection",
        group: group.settings.name,
        instance: instance.id,
        isProtected,
      });
    }
    if (!isProtected)
      this.context.clock.after(this.instances.lag("protection"), () => {
        this.adjust(group, "");
      });
  }

  /** Terminates an instance that is too many, or returns it to the warm pool. */
  private shrink(instance: Instance, from: number, request: string): void {
    const { desired, warmPool } = instance.group;
    const text = `At ${this.instances.time()} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${from} to ${desired}.  At ${this.instances.time()} instance ${instance.id} was selected for termination.`;
    const cause = [request, text].filter(Boolean).join("  ");
    if (warmPool?.reuseOnScaleIn === true) this.lifecycle.pool.takeBack(instance, cause);
    else this.lifecycle.terminate(instance, cause);
  }
}

/**
 * Whether an instance is being terminated already, or is on its way into the warm pool; a retained instance can be
 * terminated again.
 */
function isOnItsWay({ state }: Instance): boolean {
  return /^((Warmed:)?Terminat|Warmed:Pending)/.test(state) && !state.endsWith(":Retained");
}

/** Whether any of some processes is suspended. */
function isSuspended({ suspended }: Group, ...processes: readonly Process[]): boolean {
  return processes.some((one) => suspended.has(one));
}
