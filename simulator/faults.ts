import { lifecycleTransitions, type Transition } from "../contract";
import type { Box } from "./box";
import type { Chance } from "./chance";
import {
  changed,
  deniedByOrganisation,
  isCommand,
  isHook,
  isSweep,
  outage,
  throttled,
  withCallErrors,
  withDeliveries,
  withHandling,
  withInstance,
  withMishaps,
  withOtherHook,
} from "./changes";
import type { Conduct } from "./conduct";
import { forgeHookEvent, parametersOf, runByHand } from "./forgery";
import type { World } from "./world";

/** Something that goes wrong. */
export interface Fault {
  /** What it simulates, for people. */
  readonly simulates: string;
  /** The only transition that it means anything for. Defaults to both. */
  readonly only?: Transition;
  /** How things behave with it. */
  conduct?(usual: Conduct, chance: Chance): Conduct;
  /** What the world looks like with it. */
  world?(world: World): World;
  /** What somebody does while it is played. */
  meanwhile?(box: Box): void;
}

const second = 1_000;
const minute = 60 * second;

/** Far longer than any rehearsal. */
const forever = 30 * 24 * 60 * minute;

/** Faults by name. Those that strike at random do so often enough to be seen in a rehearsal of a few instances. */
export const faults = {
  "lost-hook-event": {
    simulates: "the event of the lifecycle hook never reaches the function",
    conduct: (usual) => withDeliveries(usual, isHook, () => []),
  },
  "repeated-hook-event": {
    simulates: "the event of the lifecycle hook arrives three times",
    conduct: (usual) =>
      withDeliveries(usual, isHook, ([first = 0]) => [first, first + 2 * second, first + 40 * second]),
  },
  "late-hook-event": {
    simulates: "the event of the lifecycle hook arrives three minutes late",
    conduct: (usual) => withDeliveries(usual, isHook, (delays) => delays.map((delay) => delay + 3 * minute)),
  },
  "lost-command-event": {
    simulates: "the event of the ended command never reaches the function",
    conduct: (usual) => withDeliveries(usual, isCommand, () => []),
  },
  "repeated-command-event": {
    simulates: "the event of the ended command arrives three times",
    conduct: (usual) =>
      withDeliveries(usual, isCommand, ([first = 0]) => [first, first + second, first + 5 * second]),
  },
  "lost-sweeps": {
    simulates: "half of the sweeps do not take place",
    conduct: (usual, chance) =>
      withDeliveries(usual, isSweep, (delays, { id }) =>
        chance.happens(`lost-sweep/${id}`, 0.5) ? [] : delays,
      ),
  },
  throttling: {
    simulates: "AWS throttles two of three calls that change something",
    conduct: (usual, chance) =>
      withCallErrors(usual, ({ action, caller, sequence }) =>
        changes.has(action) && chance.happens(`throttling/${caller}/${sequence}`, 2 / 3)
          ? throttled(action)
          : undefined,
      ),
  },
  "unanswered-calls": {
    simulates: "AWS does what a call asks for, but never answers one in four",
    conduct: (usual, chance) =>
      changed(usual, {
        isUnanswered: ({ caller, sequence }) => chance.happens(`unanswered/${caller}/${sequence}`, 1 / 4),
      }),
  },
  "ssm-outage": {
    simulates: "SSM answers nothing for five minutes",
    conduct: (usual) =>
      withCallErrors(usual, ({ elapsed, service }) =>
        service === "ssm" && elapsed < 5 * minute ? outage : undefined,
      ),
  },
  "auto-scaling-outage": {
    simulates: "Auto Scaling answers nothing for five minutes",
    conduct: (usual) =>
      withCallErrors(usual, ({ elapsed, service }) =>
        service === "autoscaling" && elapsed < 5 * minute ? outage : undefined,
      ),
  },
  "agent-away": {
    simulates: "the SSM agent stops as the hook fires and never comes back",
    conduct: (usual) => withMishaps(usual, { kind: "agentAway", from: -second, to: forever }),
  },
  "agent-restart": {
    simulates: "the SSM agent restarts while the script runs",
    conduct: (usual) => withMishaps(usual, { kind: "agentAway", from: 5 * second, to: 50 * second }),
  },
  "slow-agent": {
    only: "launch",
    simulates: "the SSM agent takes two and a half minutes to come up on launch",
    conduct: (usual) => withInstance(usual, (instance) => ({ ...instance, agentStart: 150 * second })),
  },
  "no-agent": {
    simulates: "the SSM agent never comes up",
    conduct: (usual) => withInstance(usual, (instance) => ({ ...instance, agentStart: Infinity })),
  },
  crash: {
    simulates: "the machine dies while the script runs",
    conduct: (usual) => withMishaps(usual, { kind: "crash", from: 5 * second }),
  },
  "machine-stopped": {
    simulates: "somebody stops the machine in EC2 while the script runs",
    conduct: (usual) => withMishaps(usual, { kind: "stop", from: 5 * second }),
  },
  reboot: {
    simulates: "the machine reboots while the script runs",
    conduct: (usual) => withMishaps(usual, { kind: "reboot", from: 5 * second, to: 45 * second }),
  },
  "undelivered-command": {
    simulates: "SSM gives up the first command for each instance, whose agent it does not reach",
    conduct: (usual) =>
      changed(usual, {
        undelivered: (delivery) => (delivery.earlier === 0 ? "Undeliverable" : usual.undelivered(delivery)),
      }),
  },
  "agent-fails-first": {
    simulates: "the SSM agent fails the first command for each instance, as it cannot start its worker",
    conduct: (usual) => withHandling(usual, (how, isFirst) => (isFirst ? { ...how, failsWith: -1 } : how)),
  },
  "busy-agent": {
    simulates: "the SSM agent is there, but takes no command for two minutes",
    conduct: (usual) => withMishaps(usual, { kind: "agentBusy", from: -second, to: 2 * minute }),
  },
  "late-step": {
    simulates: "the SSM agent starts the script a minute after it has taken the command",
    conduct: (usual) => withHandling(usual, (how) => ({ ...how, startsAfter: minute })),
  },
  "lost-report": {
    simulates: "the end of the first script on each instance is never reported",
    conduct: (usual) => withHandling(usual, (how, isFirst) => ({ ...how, isReported: !isFirst })),
  },
  "cancelled-command": {
    simulates: "somebody cancels the first command for each instance while its script runs",
    conduct: (usual) =>
      changed(usual, { cancelledAfter: ({ earlier }) => (earlier === 0 ? 8 * second : undefined) }),
  },
  "untagged-instance": {
    simulates: "the instances lack the tag by which the function may send them commands",
    conduct: (usual) => withInstance(usual, (instance) => ({ ...instance, lacksTags: true })),
  },
  "denied-send": {
    simulates: "a service control policy denies the function to send commands",
    conduct: (usual) =>
      withCallErrors(usual, ({ action, instances }) =>
        action === "SendCommand" ? deniedByOrganisation(instances) : undefined,
      ),
  },
  "forged-event": {
    only: "terminate",
    simulates: "somebody publishes a stop event for instances that stay, and runs the stop document on them",
    meanwhile: (box) => {
      box.stage.clock.after(second, () => {
        for (const group of box.autoScaling.groups.values())
          for (const instance of group.instances.values())
            for (const hook of group.hooks.values()) {
              if (hook.lifecycleTransition !== lifecycleTransitions.terminate) continue;
              forgeHookEvent(box, instance, hook);
              runByHand(box, instance, hook, parametersOf(instance, hook));
            }
      });
    },
  },
  "no-logs-endpoint": {
    simulates: "the instances cannot reach CloudWatch Logs, as in a private subnet without its endpoint",
    conduct: (usual) => changed(usual, { scriptLogs: () => "unreachable" }),
  },
  "refused-script-logs": {
    simulates:
      "CloudWatch Logs refuses the output of the scripts, as the role of the instances lacks a permission",
    conduct: (usual) => changed(usual, { scriptLogs: () => "refused" }),
  },
  "script-fails": {
    simulates: "the script ends with exit code 1",
    conduct: (usual) => changed(usual, { script: (facts) => ({ ...usual.script(facts), exitCode: 1 }) }),
  },
  "script-overruns": {
    simulates: "the script takes longer than it may, and ends when it is asked to",
    conduct: (usual) => changed(usual, { script: (facts) => ({ ...usual.script(facts), takes: forever }) }),
  },
  "script-hangs": {
    simulates: "the script takes longer than it may, and does not listen",
    conduct: (usual) =>
      changed(usual, { script: (facts) => ({ ...usual.script(facts), takes: forever, heedsTerm: false }) }),
  },
  "function-crashes": {
    simulates: "every other invocation of the function dies in the middle",
    conduct: (usual, chance) =>
      changed(usual, {
        invocation: (facts) => ({
          ...usual.invocation(facts),
          crashesAfter: chance.happens(`crash/${facts.id}`, 0.5)
            ? chance.between(`crashAt/${facts.id}`, 1, 200)
            : undefined,
        }),
      }),
  },
  "function-throttled": {
    simulates: "Lambda runs one copy of the function at a time",
    world: (world) => ({
      ...world,
      functions: world.functions.map((one) => ({ ...one, reservedConcurrency: 1 })),
    }),
  },
  "spot-interruption": {
    only: "terminate",
    simulates: "EC2 takes the instances back, two minutes after a warning",
    conduct: (usual) => withInstance(usual, (instance) => ({ ...instance, interruptedAt: 5 * second })),
  },
  "early-drain": {
    only: "terminate",
    simulates: "Auto Scaling does not wait for the whole deregistration delay",
    conduct: (usual, chance) =>
      changed(usual, { draining: (instance, delay) => chance.between(`drain/${instance}`, 0, delay) }),
  },
  "slow-lists": {
    simulates: "a command shows in lists only half a minute after it was sent",
    conduct: (usual) => changed(usual, { listingLag: () => 30 * second }),
  },
  "other-hook": {
    simulates: "somebody else's hook holds the instance for four more minutes",
    conduct: (usual) => changed(usual, { otherHook: () => ({ after: 4 * minute, result: "CONTINUE" }) }),
    world: withOtherHook,
  },
  "broken-topic": {
    simulates: "Auto Scaling may not publish to the topic any more",
    world: (world) => ({ ...world, topics: new Set() }),
  },
} as const satisfies Record<string, Fault>;

/** Names of the faults that mean something for a transition. */
export function faultsOf(transition: Transition): readonly FaultName[] {
  return Object.keys(faults).filter((name): name is FaultName => {
    if (!isFault(name)) return false;
    const { only }: Fault = faults[name];
    return only === undefined || only === transition;
  });
}

export function isFault(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

/** Name of a fault. */
export type FaultName = keyof typeof faults;

/** Calls that change something. */
const changes = new Set([
  "SendCommand",
  "CancelCommand",
  "CompleteLifecycleAction",
  "RecordLifecycleActionHeartbeat",
]);
