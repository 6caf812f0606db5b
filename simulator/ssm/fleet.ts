import type { Instance, Machines } from "../autoScaling/model";
import type { InstanceBehaviour, Incident } from "../behaviour";
import type { Context } from "../context";
import { Agents, type Report } from "./agent";
import type { Command } from "./command";
import { newMachine, type Machine } from "./machine";

/** How long an agent waits after a reboot before it gives up the commands that it was executing, ms; observed. */
const orphanNotice = 60_000;

/** How long after an agent's last ping SSM still takes the agent for online, ms. */
const pingMemory = 300_000;

/** The machines of all groups, and their incidents. */
export class Fleet implements Machines {
  private readonly machines = new Map<string, Machine>();
  private readonly agents: Agents;
  /** Called for a machine that ends though nobody asked Auto Scaling, with the reason. */
  onLost: (instance: Instance, why: string) => void = () => undefined;

  constructor(private readonly context: Context) {
    this.agents = new Agents(context);
  }

  set report(report: Report) {
    this.agents.report = report;
  }

  launch(instance: Instance): InstanceBehaviour {
    const { group, hasServed, id, index } = instance;
    const behaviour = this.context.behaviour.instance({ id, group: group.settings.name, index });
    const isManaged = group.settings.isManaged && behaviour.agentStart !== Infinity;
    const machine = newMachine(instance, behaviour, this.context.clock.now(), isManaged);
    this.machines.set(id, machine);
    if (behaviour.lacksTags === true) instance.tags = {};
    if (machine.isOnline) this.recordAgent(machine, "online");
    if (hasServed || !isManaged) return behaviour;
    this.context.clock.after(behaviour.boot + behaviour.agentStart, () => {
      if (!machine.isRunning || machine.starts > 0) return;
      machine.isRegistered = true;
      this.comeOnline(machine);
    });
    return behaviour;
  }

  stopHook(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine) for (const incident of machine.behaviour.incidents) this.plan(machine, incident);
  }

  /** Nothing of the old volume is left, not even the markers of the guard. */
  renew(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine === undefined) return;
    this.goOffline(machine);
    this.agents.cutOff(machine);
    machine.runs.clear();
    this.context.clock.after(machine.behaviour.boot, () => {
      if (machine.isRunning) this.comeOnline(machine);
    });
  }

  /** What runs on the machine ends with it; what is on its disk stays, with the markers of the guard. */
  stop(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine === undefined) return;
    this.goOffline(machine);
    machine.isRunning = false;
    this.agents.cutOff(machine);
  }

  start(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine === undefined) return;
    const { agentStart, boot } = machine.behaviour;
    machine.isRunning = true;
    machine.starts += 1;
    const { starts } = machine;
    this.context.clock.after(boot + agentStart, () => {
      if (!machine.isRunning || machine.starts !== starts || agentStart === Infinity) return;
      machine.isRegistered = instance.group.settings.isManaged;
      this.comeOnline(machine);
    });
  }

  end(instance: Instance): void {
    const machine = this.machines.get(instance.id);
    if (machine === undefined) return;
    machine.isRunning = false;
    machine.isOnline = false;
    this.agents.cutOff(machine);
  }

  /** Whether SSM takes a command for an instance; not for an instance that is stopped or terminated. */
  isReachable(id: string): boolean {
    const machine = this.machines.get(id);
    if (machine === undefined || !machine.isRegistered || !machine.isRunning) return false;
    return machine.isOnline || this.context.clock.now() - machine.lastSeen < pingMemory;
  }

  /**
   * What SSM knows of the agent; undefined without an agent, and for a machine that is stopped or terminated. Source:
   * ssm model, DescribeInstanceInformation: "doesn't return inventory information for terminated, or stopped
   * instances".
   */
  agentOf(id: string): { readonly isOnline: boolean; readonly lastSeen: number } | undefined {
    const machine = this.machines.get(id);
    if (machine === undefined || !machine.isRegistered || !machine.isRunning) return undefined;
    const lastSeen = machine.isOnline ? this.context.clock.now() : machine.lastSeen;
    return { isOnline: this.isReachable(id), lastSeen };
  }

  /** Ids of all machines that ever existed. */
  instances(): readonly string[] {
    return [...this.machines.keys()];
  }

  /** Puts a command into the inbox of an agent. */
  offer(id: string, command: Command): void {
    const machine = this.machines.get(id);
    if (machine === undefined) return;
    machine.inbox.push(command);
    if (machine.isOnline) this.agents.fetch(machine);
  }

  /** Cancels a command. */
  cancel(id: string, command: Command): void {
    const machine = this.machines.get(id);
    if (machine) this.agents.cancel(machine, command);
  }

  private plan(machine: Machine, incident: Incident): void {
    const { clock } = this.context;
    switch (incident.kind) {
      case "crash":
      case "stop":
      case "termination":
        clock.after(incident.from, () => {
          if (machine.isRunning) this.onLost(machine.instance, endings[incident.kind]);
        });
        return;
      case "agentAway":
        clock.after(incident.from, () => {
          this.goOffline(machine);
        });
        clock.after(incident.to, () => {
          if (machine.isRunning) this.comeOnline(machine);
        });
        return;
      case "agentBusy":
        clock.after(incident.from, () => {
          machine.isBusy = true;
          this.recordAgent(machine, "busy");
        });
        clock.after(incident.to, () => {
          machine.isBusy = false;
          this.recordAgent(machine, "free");
          if (machine.isOnline) this.agents.fetch(machine);
        });
        return;
      case "reboot":
        clock.after(incident.from, () => {
          this.reboot(machine, incident.to - incident.from);
        });
    }
  }

  private goOffline(machine: Machine): void {
    if (!machine.isOnline) return;
    machine.isOnline = false;
    machine.lastSeen = this.context.clock.now();
    this.recordAgent(machine, "offline");
  }

  private comeOnline(machine: Machine): void {
    if (machine.isOnline || !machine.isRegistered) return;
    machine.isOnline = true;
    this.recordAgent(machine, "online");
    const { outbox } = machine;
    machine.outbox = [];
    for (const send of outbox) send();
    this.agents.fetch(machine);
  }

  /** Ends all scripts; some time after the agent is back, it reports the commands that it was executing as failed. */
  private reboot(machine: Machine, length: number): void {
    if (!machine.isRunning) return;
    this.goOffline(machine);
    const interrupted = [...machine.executing.values()];
    this.agents.cutOff(machine);
    this.context.clock.after(length, () => {
      if (!machine.isRunning) return;
      this.comeOnline(machine);
      this.context.clock.after(orphanNotice, () => {
        for (const { command, output } of interrupted)
          this.agents.tell(machine, command, "Failed", "Failed", 1, { output });
      });
    });
  }

  private recordAgent({ instance }: Machine, phase: "online" | "offline" | "busy" | "free"): void {
    this.context.record({ kind: "agent", instance: instance.id, phase });
  }
}

/** How a machine may end though nobody asked Auto Scaling. */
const endings = {
  crash: "the machine crashed",
  stop: "somebody stopped it in EC2, or it powered itself off",
  termination: "somebody terminated it in EC2",
} as const;
