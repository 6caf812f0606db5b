import { exitCodes, type Transition } from "../../../contract";
import type { Happening } from "../../../simulator";
import type { CommandFacts, Facts } from "./facts";
import type { Passage } from "./passages";
import { told, type Told } from "./told";

/** What the commands of a passage tell: when they were sent, what the guard did with them, and how they ended. */
export function tellCommands(facts: Facts, { commands, log }: Passage): Told[] {
  const state: Known = { isStarted: new Set(), isEnded: new Set(), hasFailed: new Set() };
  return commands.flatMap((command) => [
    told(commandEvent(facts, command, command.requestedAt, "Pending", "Pending")),
    ...tellScript(facts, command, state),
    ...tellEnd(facts, command, log),
  ]);
}

/** What earlier commands have told of the same script. */
interface Known {
  readonly isStarted: Set<string>;
  readonly isEnded: Set<string>;
  /** Scripts whose latest run has failed: only an operator sends a command then, and the script runs again. */
  readonly hasFailed: Set<string>;
}

function tellScript(facts: Facts, command: CommandFacts, known: Known): Told[] {
  const { code, endedAt, isAnnouncement, output, startedAt, transition } = command;
  if (startedAt === undefined) return [];
  const kind = isAnnouncement ? "announceScript" : "script";
  const happened = (at: number, phase: ScriptPhase, isAbout = false, exitCode?: number): Told =>
    told(
      {
        at,
        ...scriptHappening(facts, command, phase),
        ...(exitCode === undefined ? {} : { code: exitCode }),
      },
      isAbout,
    );
  if (code === exitCodes.notMeant) return [happened(endedAt ?? startedAt, "refused")];
  const isFirst = !known.isStarted.has(kind);
  const tells: Told[] = [];
  const isRun = isFirst || known.hasFailed.has(kind);
  const isJoined = isOfEarlierRun(output) || (output === "" && !isRun);
  const isOfOwnRun = !isJoined && startedBy(output, transition);
  // A command that is under way, or whose end the agent did not report, shows no output.
  if (isJoined || isOfOwnRun || output === "")
    tells.push(happened(startedAt, isJoined ? "joined" : "started"));
  known.isStarted.add(kind);
  if (endedAt === undefined || (known.isEnded.has(kind) && !isOfOwnRun)) return tells;
  const exitCode = exitCodeIn(output) ?? (command.status === "Success" ? 0 : undefined);
  // A command that joins tells of an end that may be long ago.
  if (exitCode !== undefined) tells.push(happened(endedAt, "ended", isJoined, exitCode));
  else if (isCutOff(output)) tells.push(happened(endedAt, "killed"));
  else return tells;
  known.isEnded.add(kind);
  if (exitCode === 0) known.hasFailed.delete(kind);
  else known.hasFailed.add(kind);
  return tells;
}

type ScriptPhase = "started" | "joined" | "ended" | "killed" | "refused";

function scriptHappening(
  { instance }: Facts,
  { hook = "", isAnnouncement, transition }: CommandFacts,
  phase: ScriptPhase,
): Happening & { readonly kind: "script" | "announceScript" } {
  const run = { instance, hook, run: 0, phase };
  return isAnnouncement
    ? { kind: "announceScript", ...run }
    : { kind: "script", ...run, transition, action: "" };
}

/** Lines of the guard, in the words of components/documents/run-once.sh and run-once.ps1. */
const startedBy = (output: string, transition: Transition) =>
  new RegExp(`^graceful-asg: the (${transition}|announce) script starts `, "m").test(output);
const isOfEarlierRun = (output: string) => /^graceful-asg: run \d+ of this action is under way/m.test(output);
const isCutOff = (output: string) => /^graceful-asg: run \d+ was cut off by /m.test(output);

function exitCodeIn(output: string): number | undefined {
  const [, code] =
    /^graceful-asg: the (?:launch|terminate|announce) script ended with exit code (\d+)$/m.exec(output) ?? [];
  return code === undefined ? undefined : Number(code);
}

/** Ends of which a rehearsal tells. */
const ends: ReadonlySet<string> = new Set(["TimedOut", "Cancelled", "Failed"]);

/** SSM has no instant for the end of a command that no agent began, unless SSM gave it up when its time was over. */
function tellEnd(facts: Facts, command: CommandFacts, log: Passage["log"]): Told[] {
  const { details, endedAt, expiresAt, requestedAt, status } = command;
  // The handler cancels a command that it replaces or gives up.
  const kinds = status === "Cancelled" ? ["run", "complete"] : undefined;
  const isCause = (decision: unknown) =>
    typeof decision === "string" && (kinds === undefined || kinds.includes(decision));
  if (!ends.has(status)) return [];
  if (endedAt !== undefined) return [told(commandEvent(facts, command, endedAt, status, details))];
  if (details === "DeliveryTimedOut" && expiresAt !== undefined)
    return [told(commandEvent(facts, command, expiresAt, status, details))];
  const next = log.find(({ at, entry }) => at > requestedAt && isCause(entry["decision"]));
  return [told(commandEvent(facts, command, next?.at ?? requestedAt, status, details), true)];
}

function commandEvent(
  { instance }: Facts,
  { code = -1, document, id, isAnnouncement }: CommandFacts,
  at: number,
  status: string,
  details: string,
) {
  return {
    kind: "command" as const,
    at,
    command: id,
    document,
    comment: "",
    instance,
    status,
    details,
    code,
    ...(isAnnouncement ? { announces: true } : {}),
  };
}
