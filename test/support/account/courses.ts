import { OnFailure, Transport, type Instructions } from "../../../contract";
import type { Between, Course, SeenCommand, SeenState } from "../../../cli/account/drill/course";
import { judges, type JudgeName } from "../../../cli/account/drill/judge";
import type { Plan } from "../../../cli/account/drill/plan";

/** Instructions of a stop hook. */
export const instructions: Instructions = {
  handler: "web",
  transport: Transport.Sns,
  document: "web-terminate",
  delivery: 30,
  execution: 120,
  maxWait: 0,
  deregistrationDelay: 0,
  agentTimeout: 180,
  onFailure: OnFailure.Continue,
};

/** A drill of one instance of three. */
export const plan: Plan = {
  transition: "terminate",
  instances: 1,
  lowerDesired: false,
  group: "web",
  hook: {
    name: "terminate",
    transition: "terminate",
    heartbeatTimeout: 450,
    defaultResult: "CONTINUE",
    instructions,
  },
  strangers: [],
  chosen: ["i-1"],
  inService: 3,
  desired: { before: 3, after: 3 },
  worst: 450,
  whole: 1050,
  risks: [],
};

/** Between two looks, seconds. */
export function between(after: number, by: number): Between {
  return { after: after * 1000, by: by * 1000 };
}

export function states(
  ...all: readonly (readonly [state: string, after: number, by: number])[]
): SeenState[] {
  return all.map(([state, after, by]) => ({ state, entered: between(after, by) }));
}

/** An instance that waits at its hook from 3 s to somewhere between 28 and 33 s. */
export const gone = states(
  ["InService", -1, 0],
  ["Terminating:Wait", 0, 3],
  ["Terminating:Proceed", 28, 33],
  ["Terminated", 53, 58],
);

/** A command that runs from 4 s to 30 s by the clock of its instance, and lists show as over between 28 and 33 s. */
export function command(changes: Partial<SeenCommand> = {}): SeenCommand {
  return {
    id: "c-1",
    document: "web-terminate",
    requestedAt: 3_000,
    listed: between(0, 5),
    status: "Success",
    details: "Success",
    begun: between(3, 8),
    over: between(28, 33),
    step: { code: 0, startedAt: 4_000, endedAt: 30_000, output: ran },
    fields: { filled: [], empty: [] },
    ...changes,
  };
}

/** What the guard writes of a run, and of a command that joins it. */
export const ran =
  "graceful-asg: the terminate script starts and may take 120 s\ngraceful-asg: the terminate script ended with exit code 0\n";
export const joined = `graceful-asg: run 1 of this action is under way or over; this command returns its result\n${ran}`;

function course(changes: Partial<Course> = {}): Course {
  return {
    instance: "i-1",
    transition: "terminate",
    isReplacement: false,
    states: gone,
    activity: undefined,
    statusCodes: [],
    commands: [command()],
    agentOnline: undefined,
    holds: [],
    ...changes,
  };
}

/** A judgement of a made-up course: its verdict, and a part of the reason. */
export function judged(name: JudgeName, changes: Partial<Course>, planned: Partial<Plan> = {}): string {
  const { verdict, why } = judges[name](course(changes), { ...plan, ...planned });
  return `${verdict}: ${why}`;
}
