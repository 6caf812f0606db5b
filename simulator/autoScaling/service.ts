import { decodeInstructions, lifecycleTransitions, type Transition } from "../../contract";
import { globalTimeout } from "../../timing";
import { toSecond, type EventBus } from "../events";
import { validationError } from "../errors";
import type { Stage } from "../stage";
import type { Topics } from "../topic";
import type { HookSettings, World } from "../world";
import {
  countedInstances,
  type Action,
  type Activity,
  type Group,
  type Instance,
  type Machines,
  type Process,
} from "./model";
import { hookMessage, hookSubject, scalingEvent, testMessage } from "./messages";

/** How late Auto Scaling notices that a heartbeat timeout has passed, ms; observed. */
const timeoutLag = 3_500;

/** From EC2's warning to the end of a Spot instance, ms. */
const interruptionNotice = 120_000;

/** From a decision of Auto Scaling to the start of its activity, ms; observed. */
const decisionLag = 4_000;

/** Why an instance is in service at the very beginning. */
export const beforehand = "it was there when the rehearsal began";

/** Auto Scaling: groups, instances and their way through the lifecycle. */
export class AutoScaling {
  readonly groups = new Map<string, Group>();
  /** All instances that there ever were, by id: EC2 knows the tags of one that is gone for about an hour. */
  readonly known = new Map<string, Instance>();
  private sequence = 0;

  constructor(
    private readonly stage: Stage,
    world: World,
    private readonly bus: EventBus,
    private readonly topics: Topics,
    private readonly machines: Machines,
  ) {
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
      };
      this.groups.set(settings.name, group);
    }
  }

  /** Fills a group with instances that have been in service for long. */
  populate(group: Group, count: number): void {
    group.desired = count;
    for (let made = 0; made < count; made += 1) {
      const instance = this.newInstance(group);
      instance.hasServed = true;
      const { interruptedAt } = this.machines.launch(instance);
      this.enter(instance, "InService", beforehand);
      if (interruptedAt !== undefined) {
        this.stage.clock.at(this.stage.began + interruptedAt, () => {
          this.interrupt(instance);
        });
      }
    }
  }

  /** Sets how many instances a group should have. */
  setDesired(group: Group, desired: number): void {
    const before = group.desired;
    group.desired = desired;
    const request = `At ${this.time()} a user request explicitly set group desired capacity changing the desired capacity from ${before} to ${desired}.`;
    this.stage.clock.after(this.lag("decision"), () => {
      this.adjust(group, request);
    });
  }

  /** Terminates one instance at somebody's request. */
  terminateAtRequest(instance: Instance, decrement: boolean): void {
    const { group } = instance;
    if (decrement) group.desired -= 1;
    this.stage.clock.after(this.lag("decision"), () => {
      if (isOnItsWay(instance) || !group.instances.has(instance.id)) return;
      this.terminate(
        instance,
        `At ${this.time()} instance ${instance.id} was taken out of service in response to a user request.`,
      );
      this.adjust(group, "");
    });
  }

  /** Takes an instance out because it is not healthy. */
  replaceUnhealthy(instance: Instance, cause: string): void {
    instance.health = "Unhealthy";
    this.stage.record({ kind: "health", group: instance.group.settings.name, instance: instance.id });
    if (instance.state !== "InService" || isSuspended(instance.group, "ReplaceUnhealthy", "Terminate"))
      return;
    this.terminate(
      instance,
      `At ${this.time()} an instance was taken out of service in response to ${cause}.`,
    );
    this.adjust(instance.group, "");
  }

  /**
   * An instance refresh replaces the root volume of an instance. The states are those of the Auto Scaling user guide; that the
   * hooks of a termination are passed rests on one other source, the words of the activity on none.
   */
  replaceRootVolume(instance: Instance): void {
    instance.isRenewed = true;
    const cause = `At ${this.time()} an instance refresh replaced the root volume of instance ${instance.id}.`;
    this.begin(instance, `Replacing the root volume of EC2 instance: ${instance.id}`, cause, 50);
    this.enter(instance, "ReplacingRootVolume", "an instance refresh replaces its root volume");
    this.afterwards(instance, this.lag("renewal"), () => {
      this.wait(instance, "terminate");
    });
  }

  /** EC2 takes a Spot instance back: a warning, the termination hook, and the end two minutes later whatever happens. */
  interrupt(instance: Instance): void {
    const { partition } = this.stage.account;
    instance.isInterrupted = true;
    this.stage.record({
      kind: "interruption",
      group: instance.group.settings.name,
      instance: instance.id,
    });
    this.bus.put({
      source: "aws.ec2",
      detailType: "EC2 Spot Instance Interruption Warning",
      resources: [`arn:${partition}:ec2:us-east-1a:instance/${instance.id}`],
      detail: { "instance-id": instance.id, "instance-action": "terminate" },
      instance: instance.id,
    });
    this.stage.clock.after(this.lag("rebalance"), () => {
      if (instance.state !== "InService") return;
      this.terminate(
        instance,
        `At ${this.time()} an instance was taken out of service in response to an EC2 Spot interruption notice.`,
      );
    });
    this.stage.clock.after(interruptionNotice, () => {
      this.lost(instance, "EC2 takes the Spot instance back");
    });
  }

  /** Adds or changes a hook; a target is tried out with a test message. */
  putHook(group: Group, hook: HookSettings): void {
    const { notificationTargetArn: topic, roleArn: role } = hook;
    if (topic !== undefined && topic !== "") {
      const message = testMessage(this.stage, group);
      const subject = `Auto Scaling: test notification for group "${group.settings.name}"`;
      if (!this.topics.publish({ topic, role: role ?? "", subject, message })) {
        throw validationError(
          `Unable to publish test message to notification target ${topic} using IAM role ${role ?? ""}. Please check your target and role configuration and try to put lifecycle hook again.`,
        );
      }
    }
    group.hooks.set(hook.name, hook);
    this.stage.record({
      kind: "hook",
      group: group.settings.name,
      hook: hook.name,
      heartbeatTimeout: hook.heartbeatTimeout,
      metadata: hook.notificationMetadata,
    });
  }

  /** Removes a hook; who waits at it goes on: abandoned on launch, continued on terminate. */
  deleteHook(group: Group, name: string): void {
    group.hooks.delete(name);
    for (const instance of group.instances.values()) {
      for (const action of instance.actions.filter((one) => one.hook.name === name)) {
        this.finish(instance, action, action.transition === "launch" ? "ABANDON" : "CONTINUE", "call");
      }
    }
  }

  /** The action that a token or an instance names at a hook. */
  findAction(
    group: Group,
    hook: string,
    by: { readonly token?: string | undefined; readonly instance?: string | undefined },
  ): { readonly instance: Instance; readonly action: Action } | undefined {
    for (const instance of group.instances.values()) {
      if (by.token === undefined && instance.id !== by.instance) continue;
      const action = instance.actions.find(
        (one) => one.hook.name === hook && (by.token === undefined || one.token === by.token),
      );
      if (action) return { instance, action };
    }
    return undefined;
  }

  /** Completes an action at somebody's call. */
  complete(instance: Instance, action: Action, result: string, caller: string): void {
    this.finish(instance, action, result, "call", caller);
  }

  /** Starts the timer of an action anew, not beyond its global deadline. */
  extend(instance: Instance, action: Action, caller: string): void {
    action.timer.cancel();
    action.timer = this.startTimer(instance, action);
    this.recordAction(instance, action, { phase: "extended", caller });
  }

  /** The machine is gone though nobody asked Auto Scaling. */
  lost(instance: Instance, why: string): void {
    if (!instance.isRunning) return;
    this.endMachine(instance, why);
    const notice = this.stage.chance.between(`healthCheck/${instance.id}`, 30_000, 60_000);
    this.stage.clock.after(notice, () => {
      if (!isSuspended(instance.group, "HealthCheck"))
        this.replaceUnhealthy(instance, "an EC2 health check indicating it has been terminated or stopped");
    });
  }

  /** Launches and terminates until there are as many instances as there should be. */
  adjust(group: Group, request: string): void {
    const now = countedInstances(group);
    const sentence = (text: string) => [request, `At ${this.time()} ${text}`].filter(Boolean).join("  ");
    const wanted = isSuspended(group, "Launch") ? 0 : group.desired;
    for (let count = now.length; count < wanted; count += 1) {
      const text = `an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${count} to ${count + 1}.`;
      this.launch(group, sentence(text));
    }
    const inService = now.filter(({ state }) => state === "InService");
    const excess = Math.min(now.length - group.desired, inService.length);
    if (isSuspended(group, "Terminate")) return;
    for (const instance of inService.slice(0, Math.max(0, excess))) {
      const text = `an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${now.length} to ${group.desired}.  At ${this.time()} instance ${instance.id} was selected for termination.`;
      this.terminate(instance, sentence(text));
    }
  }

  private launch(group: Group, cause: string): void {
    const instance = this.newInstance(group);
    this.begin(instance, `Launching a new EC2 instance: ${instance.id}`, cause, 30);
    this.enter(instance, "Pending", "it is launched");
    this.machines.launch(instance);
    const start = this.stage.chance.between(`start/${instance.id}`, 3_000, 8_000);
    this.afterwards(instance, start, () => {
      this.wait(instance, "launch");
    });
  }

  /** Takes an instance out, through the hooks of a termination. */
  terminate(instance: Instance, cause: string): void {
    const reason = /in response to (.*)\.$/.exec(cause)?.[1] ?? "it was selected";
    this.enter(
      instance,
      isInPool(instance) ? "Warmed:Terminating" : "Terminating",
      cause.includes("selected for termination") ? "it was selected" : reason,
    );
    this.begin(instance, `Terminating EC2 instance: ${instance.id}`, cause, 50);
    const delay = instance.hasServed ? (instance.group.settings.deregistrationDelay ?? 0) * 1000 : 0;
    const drained = this.stage.conduct.draining(instance.id, delay);
    if (drained > 0 && instance.activity) instance.activity.statusCode = "WaitingForELBConnectionDraining";
    this.stage.clock.after(drained + 700, () => {
      this.machines.stopHook(instance);
      this.wait(instance, "terminate");
    });
  }

  /** The instance waits at all hooks of a transition at once; without any it goes on. */
  private wait(instance: Instance, transition: Transition): void {
    const hooks = [...instance.group.hooks.values()].filter(
      (hook) => hook.lifecycleTransition === lifecycleTransitions[transition],
    );
    if (hooks.length === 0) {
      this.proceed(instance, transition, "CONTINUE", "");
      return;
    }
    const pool = isInPool(instance) ? "Warmed:" : "";
    const verb = instance.isRenewed ? "ReplacingRootVolume" : `${pool}Terminating`;
    const state = transition === "launch" ? "Pending" : verb;
    this.enter(instance, `${state}:Wait`, `it waits at ${hooks.map(({ name }) => name).join(" and ")}`);
    if (instance.activity) {
      instance.activity.statusCode =
        transition === "launch" ? "MidLifecycleAction" : "MidTerminatingLifecycleAction";
      instance.activity.progress = transition === "launch" ? 40 : 60;
    }
    const actions = hooks.map((hook) => this.newAction(instance, hook, transition));
    instance.actions = actions;
    for (const action of actions) if (instance.actions.includes(action)) this.notify(instance, action);
  }

  private newAction(instance: Instance, hook: HookSettings, transition: Transition): Action {
    this.sequence += 1;
    const action: Action = {
      token: this.stage.chance.uuid(`token/${instance.id}/${hook.name}/${this.sequence}`),
      hook,
      transition,
      globalDeadline: this.stage.clock.now() + globalTimeout(hook.heartbeatTimeout) * 1000,
      timer: { cancel: () => undefined },
    };
    action.timer = this.startTimer(instance, action);
    this.recordAction(instance, action, { phase: "waiting" });
    return action;
  }

  /** Publishes to the hook's target, and always to EventBridge. A target that cannot be used ends the wait at once. */
  private notify(instance: Instance, action: Action): void {
    const { hook } = action;
    const { notificationTargetArn: topic, roleArn: role } = hook;
    this.bus.put(scalingEvent(this.stage, instance, action));
    if (topic !== undefined && topic !== "") {
      const publication = {
        topic,
        role: role ?? "",
        subject: hookSubject(instance, action),
        message: hookMessage(this.stage, instance, action),
        instance: instance.id,
      };
      if (!this.topics.publish(publication)) {
        this.finish(instance, action, hook.defaultResult, "broken notification");
        return;
      }
    }
    // A hook that notifies a topic waits for whoever listens there.
    const isOurs = decodeInstructions(hook.notificationMetadata) !== undefined;
    if (!isOurs && hook.notificationTargetArn === undefined) this.leaveToOthers(instance, action);
  }

  private leaveToOthers(instance: Instance, action: Action): void {
    const other = this.stage.conduct.otherHook(action.hook.name, instance.id);
    if (other === undefined) return;
    this.stage.clock.after(other.after, () => {
      if (instance.actions.includes(action)) this.finish(instance, action, other.result, "other hook");
    });
  }

  private startTimer(instance: Instance, action: Action) {
    const { clock } = this.stage;
    const deadline = Math.min(clock.now() + action.hook.heartbeatTimeout * 1000, action.globalDeadline);
    return clock.at(deadline + timeoutLag, () => {
      this.finish(instance, action, action.hook.defaultResult, "timeout");
    });
  }

  private finish(
    instance: Instance,
    action: Action,
    result: string,
    by: "call" | "timeout" | "other hook" | "broken notification",
    caller?: string,
  ): void {
    action.timer.cancel();
    instance.actions = instance.actions.filter((one) => one !== action);
    this.recordAction(instance, action, {
      phase: "completed",
      by,
      result,
      ...(caller === undefined ? {} : { caller }),
    });
    if (result === "ABANDON") {
      for (const other of instance.actions) {
        other.timer.cancel();
        this.recordAction(instance, other, { phase: "completed", by: "other hook", result });
      }
      instance.actions = [];
    }
    if (instance.actions.length === 0) this.proceed(instance, action.transition, result, action.token);
  }

  private proceed(instance: Instance, transition: Transition, result: string, token: string): void {
    if (instance.isRenewed) this.proceedRenewal(instance);
    else if (transition === "launch") this.proceedLaunch(instance, result, token);
    else this.proceedTerminate(instance, result);
  }

  private proceedLaunch(instance: Instance, result: string, token: string): void {
    if (result === "ABANDON") {
      const message = `Instance failed to complete user's Lifecycle Action: Lifecycle Action with token ${token} was abandoned: Lifecycle Action Completed with ABANDON Result`;
      this.end(instance, "Cancelled", message);
      this.terminate(
        instance,
        `At ${this.time()} an instance was taken out of service in response to a launch failure.`,
      );
      const again = this.stage.chance.between(`relaunch/${instance.id}`, 5_000, 60_000);
      this.stage.clock.after(again, () => {
        this.adjust(instance.group, "");
      });
      return;
    }
    this.enter(instance, "Pending:Proceed", "its launch hooks are done");
    this.afterwards(instance, this.stage.chance.between(`register/${instance.id}`, 1_000, 5_000), () => {
      instance.hasServed = true;
      this.enter(instance, "InService", "it is registered with the target group");
      this.end(instance, "Successful", "");
      this.adjust(instance.group, "");
    });
  }

  private proceedRenewal(instance: Instance): void {
    this.enter(instance, "ReplacingRootVolume:Proceed", "its termination hooks are done");
    this.afterwards(instance, this.stage.chance.between(`renewed/${instance.id}`, 20_000, 60_000), () => {
      instance.isRenewed = false;
      this.machines.renew(instance);
      this.enter(instance, "RootVolumeReplaced", "it boots from its new root volume");
      this.end(instance, "Successful", "");
      this.enter(instance, "InService", "it goes on with its new root volume");
    });
  }

  private proceedTerminate(instance: Instance, result: string): void {
    const pool = isInPool(instance) ? "Warmed:" : "";
    this.enter(instance, `${pool}Terminating:Proceed`, "its termination hooks are done");
    if (result === "ABANDON" && instance.group.settings.retains && instance.isRunning) {
      this.stage.clock.after(1_000, () => {
        this.end(instance, "Cancelled", "");
        this.enter(instance, "Terminating:Retained", "it is kept for inspection");
      });
      return;
    }
    this.stage.clock.after(this.stage.chance.between(`shutdown/${instance.id}`, 1_000, 6_000), () => {
      this.endMachine(instance, "Auto Scaling terminates it");
      this.stage.clock.after(this.stage.chance.between(`gone/${instance.id}`, 15_000, 35_000), () => {
        this.end(instance, "Successful", "");
        this.enter(instance, "Terminated", "it is gone");
        instance.group.instances.delete(instance.id);
      });
    });
  }

  /** A machine that has been there before, of which nobody hears. */
  launchQuietly(instance: Instance): void {
    this.machines.launch(instance);
  }

  /** Does what follows on the state of an instance, unless it has passed to another by then. */
  afterwards(instance: Instance, milliseconds: number, run: () => void): void {
    const { state } = instance;
    this.stage.clock.after(milliseconds, () => {
      if (instance.state === state) run();
    });
  }

  /** The machine ends, or a warm pool stops it. */
  endMachine(instance: Instance, why: string): void {
    if (!instance.isRunning) return;
    instance.isRunning = false;
    this.machines.end(instance);
    this.stage.record({
      kind: "instance",
      group: instance.group.settings.name,
      instance: instance.id,
      state: "ended",
      why,
    });
  }

  newInstance(group: Group): Instance {
    group.launched += 1;
    const instance: Instance = {
      id: `i-${this.stage.chance.hex(`instance/${group.settings.name}/${group.launched}`, 17)}`,
      group,
      index: group.launched,
      state: "",
      health: "Healthy",
      isRunning: true,
      hasServed: false,
      isRenewed: false,
      isInterrupted: false,
      tags: group.settings.instanceTags,
      activity: undefined,
      actions: [],
    };
    group.instances.set(instance.id, instance);
    this.known.set(instance.id, instance);
    return instance;
  }

  private begin(instance: Instance, description: string, cause: string, progress: number): void {
    this.sequence += 1;
    const activity: Activity = {
      id: this.stage.chance.uuid(`activity/${this.sequence}`),
      instance: instance.id,
      description,
      cause,
      startTime: this.stage.clock.now(),
      endTime: undefined,
      statusCode: "InProgress",
      statusMessage: "",
      progress,
    };
    instance.activity = activity;
    instance.group.activities.push(activity);
  }

  private end(instance: Instance, statusCode: string, statusMessage: string): void {
    const { activity } = instance;
    if (activity === undefined) return;
    Object.assign(activity, { statusCode, statusMessage, endTime: this.stage.clock.now(), progress: 100 });
    instance.activity = undefined;
  }

  enter(instance: Instance, state: string, why: string): void {
    instance.state = state;
    this.stage.record({
      kind: "instance",
      group: instance.group.settings.name,
      instance: instance.id,
      state,
      why,
    });
  }

  private recordAction(
    instance: Instance,
    { hook, token, transition }: Action,
    rest:
      | { phase: "waiting" | "extended" }
      | { phase: "completed"; by: "call" | "timeout" | "other hook" | "broken notification"; result: string }
      | { phase: "extended"; caller: string },
  ): void {
    this.stage.record({
      kind: "action",
      group: instance.group.settings.name,
      hook: hook.name,
      instance: instance.id,
      transition,
      token,
      ...rest,
    });
  }

  private lag(about: string): number {
    this.sequence += 1;
    return this.stage.chance.between(`${about}/${this.sequence}`, decisionLag / 2, decisionLag * 1.5);
  }

  time(): string {
    return toSecond(this.stage.clock.now());
  }
}

/** Whether an instance is being terminated already; a retained one can be terminated again. */
function isOnItsWay({ state }: Instance): boolean {
  return /^(Warmed:)?Terminat/.test(state) && state !== "Terminating:Retained";
}

function isInPool({ state }: Instance): boolean {
  return state.startsWith("Warmed:");
}

/** Whether one of some processes is suspended. */
function isSuspended({ suspended }: Group, ...processes: readonly Process[]): boolean {
  return processes.some((one) => suspended.has(one));
}
