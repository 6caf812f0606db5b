import { decodeInstructions, type Transition } from "../../contract";
import { globalTimeout } from "../../timing";
import type { EventBus } from "../eventBus";
import type { Topics } from "../topic";
import type { HookSettings } from "../world";
import type { Instances } from "./instances";
import { hookMessage, hookSubject, scalingEvent } from "./messages";
import type { Action, Group, Instance } from "./model";

/** How late Auto Scaling notices that a heartbeat timeout has passed, ms; observed. */
const timeoutLag = 3_500;

/** What completes an action. */
type Cause = "call" | "timeout" | "other hook" | "broken notification";

/** Called when an instance waits at no hook any more, with the result and the token of the last action. */
type OnDone = (instance: Instance, transition: Transition, result: string, token: string) => void;

/** The lifecycle actions of instances that wait at hooks. */
export class LifecycleActions {
  constructor(
    private readonly instances: Instances,
    private readonly bus: EventBus,
    private readonly topics: Topics,
    private readonly onDone: OnDone,
  ) {}

  private get context() {
    return this.instances.context;
  }

  /** An instance waits at hooks, at all of them at once. */
  begin(instance: Instance, hooks: readonly HookSettings[], transition: Transition): void {
    const actions = hooks.map((hook) => this.newAction(instance, hook, transition));
    instance.actions = actions;
    for (const action of actions) if (instance.actions.includes(action)) this.notify(instance, action);
  }

  /** The action that a token or an instance names at a hook. */
  find(
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

  /** Completes the actions of a hook that is deleted: abandoned on launch, continued on terminate. */
  completeAll(group: Group, hook: string): void {
    for (const instance of group.instances.values()) {
      for (const action of instance.actions.filter((one) => one.hook.name === hook)) {
        this.finish(instance, action, action.transition === "launch" ? "ABANDON" : "CONTINUE", "call");
      }
    }
  }

  /** Starts the timer of an action anew, not beyond its global deadline. */
  extend(instance: Instance, action: Action, caller: string): void {
    action.timer.cancel();
    action.timer = this.startTimer(instance, action);
    this.recordAction(instance, action, { phase: "extended", caller });
  }

  private newAction(instance: Instance, hook: HookSettings, transition: Transition): Action {
    const action: Action = {
      token: this.context.random.uuid(`token/${instance.id}/${hook.name}/${this.instances.next()}`),
      hook,
      transition,
      globalDeadline: this.context.clock.now() + globalTimeout(hook.heartbeatTimeout) * 1000,
      timer: { cancel: () => undefined },
    };
    action.timer = this.startTimer(instance, action);
    this.recordAction(instance, action, { phase: "waiting", route: instance.route });
    return action;
  }

  /** Publishes to the hook's target, and always to EventBridge. A target that cannot be used ends the wait at once. */
  private notify(instance: Instance, action: Action): void {
    const { hook } = action;
    const { notificationTargetArn: topic, roleArn: role } = hook;
    this.bus.put(scalingEvent(this.context, instance, action));
    if (topic !== undefined && topic !== "") {
      const publication = {
        topic,
        role: role ?? "",
        subject: hookSubject(instance, action),
        message: hookMessage(this.context, instance, action),
        instance: instance.id,
      };
      if (!this.topics.publish(publication)) {
        this.finish(instance, action, hook.defaultResult, "broken notification");
        return;
      }
    }
    // A hook that notifies a topic waits for the subscribers of the topic.
    const isOurs = decodeInstructions(hook.notificationMetadata) !== undefined;
    if (!isOurs && hook.notificationTargetArn === undefined) this.leaveToOthers(instance, action);
  }

  private leaveToOthers(instance: Instance, action: Action): void {
    const other = this.context.behaviour.otherHook(action.hook.name, instance.id);
    if (other === undefined) return;
    this.context.clock.after(other.after, () => {
      if (instance.actions.includes(action)) this.finish(instance, action, other.result, "other hook");
    });
  }

  private startTimer(instance: Instance, action: Action) {
    const { clock } = this.context;
    const deadline = Math.min(clock.now() + action.hook.heartbeatTimeout * 1000, action.globalDeadline);
    return clock.at(deadline + timeoutLag, () => {
      this.finish(instance, action, action.hook.defaultResult, "timeout");
    });
  }

  private finish(instance: Instance, action: Action, result: string, by: Cause, caller?: string): void {
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
    if (instance.actions.length === 0) this.onDone(instance, action.transition, result, action.token);
  }

  private recordAction(
    instance: Instance,
    { hook, token, transition }: Action,
    rest:
      | { phase: "waiting"; route: Instance["route"] }
      | { phase: "extended" }
      | { phase: "completed"; by: Cause; result: string }
      | { phase: "extended"; caller: string },
  ): void {
    this.context.record({
      kind: "action",
      group: instance.group.settings.name,
      hook: hook.name,
      instance: instance.id,
      transition,
      token,
      ...rest,
    });
  }
}
