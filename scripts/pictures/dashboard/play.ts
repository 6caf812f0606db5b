import { codeOf } from "../../../cli/rehearsal/rehearsal";
import { evaluate } from "../../../evaluate/evaluate";
import { readProject } from "../../../evaluate/project";
import { ofType } from "../../../evaluate/registration";
import { Random, Simulator, type Group, type Happened, type World } from "../../../simulator";
import { readWorld } from "../../../stack";
import { root } from "../file";
import { scalings, troubled, type Scaling } from "./scalings";

/** The hours that a dashboard shows. */
export interface Play extends Happened {
  readonly world: World;
  /** The first and the last instant, ms since 1970. */
  readonly from: number;
  readonly until: number;
}

/** The dev stack in the simulator, with its dashboard. */
export interface PlayedStack {
  readonly play: Play;
  readonly steps: readonly Scaling[];
  readonly dashboardName: string;
  readonly dashboardBody: string;
}

const minute = 60_000;
const length = 6 * 60 * minute;
const seed = "dashboard";

/** The dev stack, with instances enough for a picture, and instances that stay if their script has failed. */
const changes = { maxSize: "12", terminateOnFailure: "retain" };

/** Plays the hours of the picture, and reads the dashboard that the same stack has. */
export async function playStack(): Promise<PlayedStack> {
  const { registrations } = await evaluate(readProject(root, "dev", changes));
  const [dashboard, ...others] = ofType(registrations, "aws:cloudwatch/dashboard:Dashboard");
  if (dashboard === undefined || others.length > 0)
    throw new Error("The dev stack has no dashboard, or several. The picture shows one.");
  const steps = scalings(new Random(seed));
  return {
    play: await playWorld(readWorld(registrations), steps),
    steps,
    dashboardName: String(dashboard.inputs["dashboardName"]),
    dashboardBody: String(dashboard.inputs["dashboardBody"]),
  };
}

async function playWorld(world: World, steps: readonly Scaling[]): Promise<Play> {
  const { simulator, close } = await Simulator.open({
    world,
    code: codeOf(world),
    seed,
    behaviour: (random) => troubled(random, () => latest(simulator, steps)),
  });
  try {
    const { autoScaling, context } = simulator;
    const until = context.began + length;
    for (const group of autoScaling.groups.values()) {
      autoScaling.populate(group, 9);
      for (const step of steps)
        context.clock.at(context.began + step.minute * minute, () => {
          scale(simulator, group, step);
        });
    }
    await simulator.run(until);
    return {
      world,
      events: simulator.events,
      deadLetters: simulator.lambda.deadLetters,
      from: context.began,
      until,
    };
  } finally {
    await close();
  }
}

/** Scales a group. Where all is well again, an operator terminates the instances that the group retains. */
function scale({ autoScaling }: Simulator, group: Group, { desired, trouble }: Scaling): void {
  for (const instance of trouble === undefined ? group.instances.values() : [])
    if (instance.state.endsWith(":Retained")) autoScaling.terminateAtRequest(instance, false);
  autoScaling.setDesired(group, desired);
}

/** The latest scaling so far. */
function latest({ context: { began, clock } }: Simulator, steps: readonly Scaling[]): Scaling | undefined {
  return steps.findLast((step) => began + step.minute * minute <= clock.now());
}
