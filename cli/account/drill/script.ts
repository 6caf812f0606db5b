import { exitCodes } from "../../../contract";
import type { Between, Course, SeenCommand } from "./course";

/** The guard's words, in components/documents/run-once.sh and run-once.ps1. */
const words = {
  starts: /^graceful-asg: the \w+ script starts and may take /m,
  joins: /^graceful-asg: run \d+ of this action is under way or over/m,
  ended: /^graceful-asg: the \w+ script ended with exit code (?<code>\d+)/m,
};

/** The guard's result of a script. */
export interface ScriptEnd {
  readonly command: SeenCommand;
  readonly when: Between;
  /** Exit code of the script; undefined where the guard ended or lost it. */
  readonly code: number | undefined;
  readonly isGood: boolean;
}

/**
 * How the script of an instance ended, by the guard's first word; undefined where no guard gave a result. A script that
 * an operator has run again after a failure ended as its last run did.
 */
export function scriptEndOf({ commands }: Course): ScriptEnd | undefined {
  const ends = commands.flatMap((command): ScriptEnd[] => {
    const when = commandEnded(command);
    const { code, output = "" } = command.step ?? {};
    if (when === undefined || (code !== exitCodes.succeeded && code !== exitCodes.scriptFailed)) return [];
    const isGood = code === exitCodes.succeeded && command.status === "Success";
    const said = words.ended.exec(output)?.groups?.["code"];
    return [{ command, when, code: said === undefined ? undefined : Number(said), isGood }];
  });
  const [first, ...later] = ends;
  if (first === undefined || first.isGood) return first;
  return later.filter(({ command, isGood }) => isGood || isOwnRun(command)).at(-1) ?? first;
}

/** Whether a command has started the script, and not joined a run of an earlier command. */
function isOwnRun({ step }: SeenCommand): boolean {
  const output = step?.output ?? "";
  return words.starts.test(output) && !words.joins.test(output);
}

/** Further than this the clock of the instance and AWS's clock are not trusted to agree, ms. */
const clockTolerance = 60_000;

/**
 * When a command ended. The agent's own report is exact, but by the clock of its instance: where it does not fit to what
 * the lists showed, the lists count.
 */
export function commandEnded({ over, step }: SeenCommand): Between | undefined {
  if (over === undefined) return undefined;
  const at = step?.endedAt;
  if (at === undefined || at < over.after - clockTolerance || at > over.by) return over;
  return { after: at, by: at };
}

/** When an agent began a command: by the agent's own report, where that fits to what the lists showed. */
export function scriptStarted({ begun, over, step }: SeenCommand): Between | undefined {
  if (begun === undefined || (over !== undefined && step?.startedAt === undefined)) return undefined;
  const at = step?.startedAt;
  if (at === undefined || at < begun.after - clockTolerance || at > begun.by) return begun;
  return { after: at, by: at };
}

/** How often the script was started, as the guard's words tell; undefined where there is no word of the guard. */
export function runsOf({ commands }: Course): number | undefined {
  const outputs = commands.flatMap(({ step }) => step?.output ?? []);
  if (!outputs.some((output) => output.includes("graceful-asg: "))) return undefined;
  return commands.filter(isOwnRun).length;
}

/** Whether each run but the last had failed when the next was sent, as where an operator runs a script again. */
export function runsFollowFailures({ commands }: Course): boolean {
  const runs = commands.filter(isOwnRun);
  return runs.slice(1).every(({ requestedAt }, index) => {
    const { over, step } = runs[index] ?? {};
    return step?.code === exitCodes.scriptFailed && over !== undefined && over.after <= requestedAt;
  });
}

/** The last lines of what a script wrote. */
export function lastWords({ step }: SeenCommand, lines = 3): readonly string[] {
  return (step?.output ?? "")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !line.startsWith("graceful-asg: "))
    .slice(-lines);
}
