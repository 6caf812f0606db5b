import { GracefulAutoScalingGroup, type TerminateArgs } from "../components";
import { Simulator, NormalBehaviour, changed } from "../simulator";
import { readWorld } from "../stack";
import { codeOf } from "../cli/rehearsal/rehearsal";
import { groupArgs, registered } from "../test/support/deployment";

/** A drain whose calls are counted. */
interface Drain {
  readonly name: string;
  readonly instances: number;
  /** How long the script takes, seconds. */
  readonly seconds: number;
  readonly terminate: Omit<TerminateArgs, "script">;
}

const drains: readonly Drain[] = [
  { name: "10 seconds", instances: 1, seconds: 10, terminate: { timeout: 120 } },
  { name: "5 minutes", instances: 1, seconds: 300, terminate: { timeout: 600 } },
  {
    name: "5 hours, heartbeatTimeout 3600",
    instances: 1,
    seconds: 18_000,
    terminate: { timeout: 20_000, heartbeatTimeout: 3600 },
  },
  { name: "5 minutes, 100 at once", instances: 100, seconds: 300, terminate: { timeout: 600 } },
  { name: "5 minutes, 1,000 at once", instances: 1000, seconds: 300, terminate: { timeout: 600 } },
];

/** Seconds between two looks of a function that polls. */
const pollInterval = 5;

/** What a drain costs in calls to AWS. */
interface Cost {
  /** Beyond the sweep's one call a minute. */
  readonly calls: number;
  /** Calls by which sweeps list the commands of waiting instances. */
  readonly lists: number;
  readonly heartbeats: number;
}

async function play({ instances, seconds, terminate }: Drain): Promise<Cost> {
  const args = groupArgs({
    minSize: 0,
    maxSize: instances,
    targetGroup: { port: 8080, deregistrationDelay: 0 },
    terminate: { ...terminate, script: "systemctl stop application" },
  });
  const world = readWorld(await registered(() => new GracefulAutoScalingGroup("web", args)));
  const { simulator, close } = await Simulator.open({
    world,
    code: codeOf(world),
    seed: "calls",
    behaviour: (random) =>
      changed(new NormalBehaviour(random, { scriptSeconds: { launch: 0, terminate: seconds } }), {
        script: () => ({ takes: seconds * 1000, exitCode: 0, heedsTerm: true }),
      }),
  });
  try {
    const [group] = simulator.autoScaling.groups.values();
    if (group === undefined) throw new Error("there is no group");
    simulator.autoScaling.populate(group, instances);
    simulator.autoScaling.setDesired(group, 0);
    await simulator.run(simulator.context.began + 48 * 3_600_000, () => group.instances.size === 0);
    const calls = simulator.events.filter((one) => one.kind === "call").map(({ action }) => action);
    const count = (name: string) => calls.filter((action) => action === name).length;
    return {
      calls: calls.length - count("DescribeAutoScalingGroups"),
      lists: count("ListCommandInvocations"),
      heartbeats: count("RecordLifecycleActionHeartbeat"),
    };
  } finally {
    await close();
  }
}

async function main(): Promise<void> {
  console.log("Calls to AWS for a drain, beyond the idle sweep's one a minute");
  const rows: string[][] = [
    ["drain", "instances", "calls", "lists", "heartbeats", "each", "polling every 5 s, each"],
  ];
  for (const drain of drains) {
    const { calls, heartbeats, lists } = await play(drain);
    const polls = 2 + drain.seconds / pollInterval;
    rows.push([
      drain.name,
      String(drain.instances),
      String(calls),
      String(lists),
      String(heartbeats),
      (calls / drain.instances).toFixed(2),
      String(polls),
    ]);
  }
  for (const row of rows)
    console.log(
      `  ${row.map((cell, index) => (index === 0 ? cell.padEnd(32) : cell.padStart(12))).join("  ")}`,
    );
}

void main();
