import { Place, lifecycleTransitions, type Transition } from "../../contract";
import { interruptionNotice } from "../../timing";
import type { EventBus } from "../eventBus";
import type { Topics } from "../topic";
import type { Instances } from "./instances";
import { LifecycleActions } from "./lifecycleActions";
import { inServiceReason, isInPool, isInTargetGroup, wayOut, type Group, type Instance } from "./model";
import { PoolLifecycle } from "./poolLifecycle";
import { waitsAt, whys, whyItTerminates } from "./words";

/** What the lifecycle of an instance asks of its group. */
interface Scaling {
  /** Launches and terminates until there are as many instances as there should be. */
  adjust(group: Group, request: string): void;
  /** A health check finds that the machine is gone. */
  notice(instance: Instance): void;
}

/** The way of an instance through its states, with the hooks that it passes. */
export class Lifecycle {
  readonly actions: LifecycleActions;
  /** The ways into the warm pool, out of it, and back. */
  readonly pool: PoolLifecycle;

  constructor(
    private readonly instances: Instances,
    private readonly bus: EventBus,
    topics: Topics,
    private readonly scaling: Scaling,
  ) {
    this.actions = new LifecycleActions(instances, bus, topics, this.proceed.bind(this));
    this.pool = new PoolLifecycle(instances, {
      wait: this.wait.bind(this),
      drain: this.drain.bind(this),
      terminate: this.terminate.bind(this),
      adjust: scaling.adjust,
    });
  }

  private get context() {
    return this.instances.context;
  }

  private get machines() {
    return this.instances.machines;
  }

  /** Launches an instance, through the hooks of a launch. */
  launch(group: Group, cause: string): void {
    const instance = this.instances.create(group);
    this.instances.begin(instance, `Launching a new EC2 instance: ${instance.id}`, cause, 30);
    this.instances.enter(instance, "Pending", whys.launched);
    this.machines.launch(instance);
    const start = this.context.random.between(`start/${instance.id}`, 3_000, 8_000);
    this.instances.afterwards(instance, start, () => {
      this.wait(instance, "launch");
    });
  }

  /** Terminates an instance, through the hooks of a termination. */
  terminate(instance: Instance, cause: string): void {
    const from = isInPool(instance) ? " from warm pool" : "";
    instance.route = wayOut(instance);
    this.instances.enter(
      instance,
      isInPool(instance) ? "Warmed:Terminating" : "Terminating",
      whyItTerminates(cause, isInTargetGroup(instance)),
    );
    this.instances.begin(instance, `Terminating EC2 instance${from}: ${instance.id}`, cause, 50);
    this.drain(instance);
  }

  /** The target groups deregister an instance; after that it waits at the hooks of a termination. */
  private drain(instance: Instance): void {
    const delay = instance.isRegistered ? (instance.group.settings.deregistrationDelay ?? 0) * 1000 : 0;
    instance.isRegistered = false;
    const drained = this.context.behaviour.draining(instance.id, delay);
    if (drained > 0 && instance.activity) instance.activity.statusCode = "WaitingForELBConnectionDraining";
    this.context.clock.after(drained + 700, () => {
      this.machines.stopHook(instance);
      this.wait(instance, "terminate");
    });
  }

  /**
   * An instance refresh replaces the root volume of an instance. The states are from the Auto Scaling user guide; that
   * the instance passes the hooks of a termination is from one other source; no source has the words of the activity.
   */
  replaceRootVolume(instance: Instance): void {
    instance.isRenewed = true;
    instance.route = { origin: Place.AutoScalingGroup, destination: Place.AutoScalingGroup };
    const cause = `At ${this.instances.time()} an instance refresh replaced the root volume of instance ${instance.id}.`;
    this.instances.begin(instance, `Replacing the root volume of EC2 instance: ${instance.id}`, cause, 50);
    this.instances.enter(instance, "ReplacingRootVolume", "an instance refresh replaces its root volume");
    this.instances.afterwards(instance, this.instances.lag("renewal"), () => {
      this.wait(instance, "terminate");
    });
  }

  /** EC2 interrupts a Spot instance: a warning, the termination hook, and the end in two minutes whatever happens. */
  interrupt(instance: Instance): void {
    const { partition } = this.context.account;
    instance.isInterrupted = true;
    this.context.record({
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
    this.context.clock.after(this.instances.lag("rebalance"), () => {
      if (instance.state !== "InService") return;
      this.terminate(
        instance,
        `At ${this.instances.time()} an instance was taken out of service in response to an EC2 Spot interruption notice.`,
      );
    });
    this.context.clock.after(interruptionNotice * 1000, () => {
      this.lost(instance, "EC2 takes the Spot instance back");
    });
  }

  /** The machine is gone though nobody asked Auto Scaling. */
  lost(instance: Instance, why: string): void {
    if (!instance.isRunning) return;
    this.instances.endMachine(instance, why);
    const notice = this.context.random.between(`healthCheck/${instance.id}`, 30_000, 60_000);
    this.context.clock.after(notice, () => {
      this.scaling.notice(instance);
    });
  }

  /** The instance waits at all hooks of a transition at once; without hooks it goes on. */
  private wait(instance: Instance, transition: Transition): void {
    const hooks = [...instance.group.hooks.values()].filter(
      (hook) => hook.lifecycleTransition === lifecycleTransitions[transition],
    );
    if (hooks.length === 0) {
      this.proceed(instance, transition, "CONTINUE", "");
      return;
    }
    this.instances.enter(
      instance,
      `${waitingAs(instance, transition)}:Wait`,
      waitsAt(hooks.map(({ name }) => name)),
    );
    if (instance.activity) {
      instance.activity.statusCode =
        transition === "launch" ? "MidLifecycleAction" : "MidTerminatingLifecycleAction";
      instance.activity.progress = transition === "launch" ? 40 : 60;
    }
    this.actions.begin(instance, hooks, transition);
  }

  private proceed(instance: Instance, transition: Transition, result: string, token: string): void {
    if (instance.isRenewed) this.proceedRenewal(instance);
    else if (instance.route.destination === Place.WarmPool)
      this.pool.proceed(instance, transition, result, () => {
        this.failLaunch(instance, token);
      });
    else if (transition === "launch") this.proceedLaunch(instance, result, token);
    else this.proceedTerminate(instance, result);
  }

  private proceedLaunch(instance: Instance, result: string, token: string): void {
    if (result === "ABANDON") {
      this.failLaunch(instance, token);
      return;
    }
    this.instances.enter(instance, "Pending:Proceed", "its launch hooks are done");
    this.instances.afterwards(
      instance,
      this.context.random.between(`register/${instance.id}`, 1_000, 5_000),
      () => {
        instance.hasServed = true;
        instance.isRegistered = true;
        this.instances.enter(instance, "InService", inServiceReason(instance));
        this.instances.end(instance, "Successful", "");
        this.scaling.adjust(instance.group, "");
      },
    );
  }

  /** An abandoned launch ends the instance, and another instance is launched in its place. */
  private failLaunch(instance: Instance, token: string): void {
    const message = `Instance failed to complete user's Lifecycle Action: Lifecycle Action with token ${token} was abandoned: Lifecycle Action Completed with ABANDON Result`;
    this.instances.end(instance, "Cancelled", message);
    this.terminate(
      instance,
      `At ${this.instances.time()} an instance was taken out of service in response to a launch failure.`,
    );
    const again = this.context.random.between(`relaunch/${instance.id}`, 5_000, 60_000);
    this.context.clock.after(again, () => {
      this.scaling.adjust(instance.group, "");
    });
  }

  private proceedRenewal(instance: Instance): void {
    this.instances.enter(instance, "ReplacingRootVolume:Proceed", "its termination hooks are done");
    this.instances.afterwards(
      instance,
      this.context.random.between(`renewed/${instance.id}`, 20_000, 60_000),
      () => {
        instance.isRenewed = false;
        this.machines.renew(instance);
        this.instances.enter(instance, "RootVolumeReplaced", "it boots from its new root volume");
        this.instances.end(instance, "Successful", "");
        this.instances.enter(instance, "InService", "it goes on with its new root volume");
      },
    );
  }

  private proceedTerminate(instance: Instance, result: string): void {
    const pool = isInPool(instance) ? "Warmed:" : "";
    this.instances.enter(instance, `${pool}Terminating:Proceed`, "its termination hooks are done");
    if (result === "ABANDON" && instance.group.settings.retains && instance.isRunning) {
      this.context.clock.after(1_000, () => {
        this.instances.end(instance, "Cancelled", "");
        this.instances.enter(instance, `${pool}Terminating:Retained`, whys.retained);
      });
      return;
    }
    this.context.clock.after(this.context.random.between(`shutdown/${instance.id}`, 1_000, 6_000), () => {
      this.instances.endMachine(instance, "Auto Scaling terminates it");
      this.context.clock.after(this.context.random.between(`gone/${instance.id}`, 15_000, 35_000), () => {
        this.instances.end(instance, "Successful", "");
        this.instances.enter(instance, "Terminated", whys.gone);
        instance.group.instances.delete(instance.id);
      });
    });
  }
}

/** The state in which an instance waits, without its ending. Source: Auto Scaling, warm pool instance lifecycle. */
function waitingAs({ isRenewed, route }: Instance, transition: Transition): string {
  if (route.destination === Place.WarmPool) return "Warmed:Pending";
  if (transition === "launch") return "Pending";
  if (isRenewed) return "ReplacingRootVolume";
  return route.origin === Place.WarmPool ? "Warmed:Terminating" : "Terminating";
}
