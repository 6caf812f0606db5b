import { GracefulAutoScalingGroup } from "../components";
import { Simulator, NormalBehaviour, changed, type SimulationEvent, type World } from "../simulator";
import { readWorld } from "../stack";
import { codeOf } from "../cli/rehearsal/rehearsal";
import { groupArgs, registered } from "../test/support/deployment";
import { manyGroups } from "../test/support/manyGroups";

/** Groups on one handler. */
const sizes = [1, 10, 100, 300, 1000];

/** Milliseconds that a call takes, from and to. */
const latency = [80, 160] as const;

/** How long scripts take, seconds: several heartbeats of the shortest timeout that has heartbeats. */
const scriptSeconds = 900;

/** The cost of the sweeps of a minute. */
interface Cost {
  /** Calls of the most expensive sweep. */
  readonly calls: number;
  readonly seconds: number;
  /** Longest time without a call to Auto Scaling about a waiting instance, seconds. */
  readonly longestSilence: number;
  readonly timedOut: number;
  readonly cutOff: number;
}

async function worldOf(count: number): Promise<World> {
  const args = groupArgs({
    minSize: 0,
    targetGroup: { port: 8080, deregistrationDelay: 0 },
    terminate: { script: "drain", timeout: scriptSeconds + 100, heartbeatTimeout: 300 },
  });
  return manyGroups(readWorld(await registered(() => new GracefulAutoScalingGroup("web", args))), count);
}

/** Plays groups with one instance each: the instances serve, or their scripts run. */
async function play(count: number, isBusy: boolean): Promise<Cost> {
  const world = await worldOf(count);
  const { simulator, close } = await Simulator.open({
    world,
    code: codeOf(world),
    seed: "scale",
    behaviour: (random) =>
      changed(new NormalBehaviour(random, { scriptSeconds: { launch: 0, terminate: scriptSeconds } }), {
        callLatency: ({ caller, sequence }) => random.between(`latency/${caller}/${sequence}`, ...latency),
        script: () => ({ takes: scriptSeconds * 1000, exitCode: 0, heedsTerm: true }),
      }),
  });
  try {
    for (const group of simulator.autoScaling.groups.values()) {
      simulator.autoScaling.populate(group, 1);
      if (isBusy) simulator.autoScaling.setDesired(group, 0);
    }
    await simulator.run(simulator.context.began + (isBusy ? scriptSeconds + 300 : 300) * 1000);
    return costOf(simulator.events);
  } finally {
    await close();
  }
}

function costOf(events: readonly SimulationEvent[]): Cost {
  const sweeping = new Map<string, number>();
  const heard = new Map<string, number>();
  let [calls, seconds, longestSilence, timedOut, cutOff] = [0, 0, 0, 0, 0];
  for (const one of events) {
    if (one.kind === "invocation" && one.trigger === "Scheduled Event") {
      if (one.phase === "started") sweeping.set(one.environment, 0);
      else {
        calls = Math.max(calls, sweeping.get(one.environment) ?? 0);
        seconds = Math.max(seconds, (one.billed ?? 0) / 1000);
        sweeping.delete(one.environment);
        if (one.phase !== "ended") cutOff += 1;
      }
    }
    if (one.kind === "call") {
      const made = sweeping.get(one.caller);
      if (made !== undefined) sweeping.set(one.caller, made + 1);
    }
    if (one.kind === "action") {
      const before = heard.get(one.instance);
      if (before !== undefined) longestSilence = Math.max(longestSilence, (one.at - before) / 1000);
      heard.set(one.instance, one.at);
      if (one.phase === "completed" && one.by === "timeout") timedOut += 1;
    }
  }
  return { calls, seconds, longestSilence, timedOut, cutOff };
}

async function main(): Promise<void> {
  console.log(`One handler at ${latency.join(" to ")} ms a call: its most expensive sweep`);
  const rows: string[][] = [
    ["groups", "idle: calls", "seconds", "busy: calls", "seconds", "silence", "timed out", "cut off"],
  ];
  for (const count of sizes) {
    const idle = await play(count, false);
    const busy = await play(count, true);
    rows.push([
      String(count),
      String(idle.calls),
      idle.seconds.toFixed(1),
      String(busy.calls),
      busy.seconds.toFixed(1),
      busy.longestSilence.toFixed(0),
      String(busy.timedOut),
      String(busy.cutOff),
    ]);
  }
  for (const row of rows) console.log(`  ${row.map((cell) => cell.padStart(12)).join("")}`);
}

void main();
