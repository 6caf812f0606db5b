import type { Context } from "../context";
import { toSecond } from "../eventBus";
import { Place } from "../../contract";
import type { Activity, Group, Instance, Machines } from "./model";

/** From a decision of Auto Scaling to the start of its activity, ms; observed. */
const decisionLag = 4_000;

/** The instances of all groups, their states and the activities that change them. */
export class Instances {
  /** All instances that ever existed, by id: EC2 knows the tags of an instance for about an hour after it is gone. */
  readonly known = new Map<string, Instance>();
  private sequence = 0;

  constructor(
    readonly context: Context,
    readonly machines: Machines,
  ) {}

  /** A unique number. */
  next(): number {
    this.sequence += 1;
    return this.sequence;
  }

  /** Adds an instance to a group. */
  create(group: Group): Instance {
    group.launched += 1;
    const { zones } = group.settings;
    const instance: Instance = {
      id: `i-${this.context.random.hex(`instance/${group.settings.name}/${group.launched}`, 17)}`,
      group,
      index: group.launched,
      zone: zones[(group.launched - 1) % zones.length] ?? "",
      isProtected: false,
      state: "",
      health: "Healthy",
      isRunning: true,
      hasEnded: false,
      hasServed: false,
      isRegistered: false,
      route: { origin: Place.Ec2, destination: Place.AutoScalingGroup },
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

  /** Puts an instance into a state. */
  enter(instance: Instance, state: string, why: string): void {
    instance.state = state;
    this.context.record({
      kind: "instance",
      group: instance.group.settings.name,
      instance: instance.id,
      state,
      why,
    });
  }

  /** Runs a function after some milliseconds, unless the instance has another state by then. */
  afterwards(instance: Instance, milliseconds: number, run: () => void): void {
    const { state } = instance;
    this.context.clock.after(milliseconds, () => {
      if (instance.state === state) run();
    });
  }

  /** The machine ends. */
  endMachine(instance: Instance, why: string): void {
    if (instance.hasEnded) return;
    instance.hasEnded = true;
    instance.isRunning = false;
    this.machines.end(instance);
    this.recordMachine(instance, "ended", why);
  }

  /** A warm pool stops a machine, which goes on with the same disk when it is started again. */
  stopMachine(instance: Instance, why: string): void {
    instance.isRunning = false;
    this.machines.stop(instance);
    this.recordMachine(instance, "stopped", why);
  }

  /** Starts a machine that a warm pool has stopped. */
  startMachine(instance: Instance, why: string): void {
    instance.isRunning = true;
    this.machines.start(instance);
    this.recordMachine(instance, "started", why);
  }

  /** Begins the activity of an instance. */
  begin(instance: Instance, description: string, cause: string, progress: number): void {
    const activity: Activity = {
      id: this.context.random.uuid(`activity/${this.next()}`),
      instance: instance.id,
      description,
      cause,
      startTime: this.context.clock.now(),
      endTime: undefined,
      statusCode: "InProgress",
      statusMessage: "",
      progress,
    };
    instance.activity = activity;
    instance.group.activities.push(activity);
  }

  /** Ends the activity of an instance. */
  end(instance: Instance, statusCode: string, statusMessage: string): void {
    const { activity } = instance;
    if (activity === undefined) return;
    Object.assign(activity, { statusCode, statusMessage, endTime: this.context.clock.now(), progress: 100 });
    instance.activity = undefined;
  }

  private recordMachine({ group, id }: Instance, state: "ended" | "stopped" | "started", why: string): void {
    this.context.record({ kind: "instance", group: group.settings.name, instance: id, state, why });
  }

  /** How long Auto Scaling takes to begin what it has decided, ms. */
  lag(about: string): number {
    return this.context.random.between(`${about}/${this.next()}`, decisionLag / 2, decisionLag * 1.5);
  }

  /** The present time, in the form of the causes of activities. */
  time(): string {
    return toSecond(this.context.clock.now());
  }
}
