import type { Transition } from "../../contract";
import type { TargetState } from "../autoScaling/model";

/** A run of a script at a hook, as its marker on the instance records it. */
export interface ScriptRun extends Marker {
  readonly number: number;
  readonly hook: string;
  readonly transition: Transition;
  /** Whether it only tells the instance that it was chosen. */
  readonly announces: boolean;
  /** Exit code; undefined until the script has ended by itself. */
  code: number | undefined;
  /** What the script has written, and the guard's lines about the script. */
  output: string;
  /** Whether its process is still there. */
  isAlive: boolean;
  /** Commands that wait for its end. */
  readonly waiting: Set<() => void>;
}

/** What the marker of a run keeps of the run's command. Seconds since 1970, by AWS's clock; empty if not known. */
export interface Marker {
  /** The lifecycle action; empty if the sweep sent the command. */
  readonly action: string;
  readonly sent: string;
  /** When the action began at the earliest. */
  readonly since: string;
}

/** What a command tells the guard. */
export interface Asked extends Marker {
  readonly transition: Transition;
  /** The instance that the command is for; empty if it went to many instances at once. */
  readonly instance: string;
  /** Whether the handler has seen a wait that the instance's metadata does not tell of. */
  readonly meant: boolean;
}

/** What the guard can see of its instance. */
export interface Surroundings {
  readonly instance: string;
  /** Where Auto Scaling wants the instance, as the instance's metadata tell. */
  readonly target: TargetState;
  /** Whether the metadata tell of a Spot interruption. */
  readonly isInterrupted: boolean;
}

/** The guard's decision about a command. */
export type GuardDecision =
  | { readonly kind: "perform" }
  | { readonly kind: "join"; readonly run: ScriptRun }
  | { readonly kind: "refuse"; readonly why: string };

/**
 * The rules of the guard in components/documents/run-once.sh, of which this is the model. The guard runs nothing on an
 * instance that is not meant to go (or come), which its metadata tell without a call to AWS. Source of the metadata:
 * Auto Scaling, Retrieve the target lifecycle state through instance metadata.
 */
export function consult(
  runs: readonly ScriptRun[],
  asked: Asked,
  around: Surroundings,
  /** Seconds. */
  joinFor: number,
): GuardDecision {
  const why = objection(asked, around);
  if (why !== undefined) return { kind: "refuse", why };
  const run = runOf(runs, asked, joinFor);
  return run === undefined ? { kind: "perform" } : { kind: "join", run };
}

function objection(
  { instance, meant, transition }: Asked,
  { instance: self, isInterrupted, target }: Surroundings,
): string | undefined {
  if (instance !== "" && instance !== self) return `the command is for ${instance}`;
  if (meant) return undefined;
  const ends = target === "Terminated" || target === "Warmed:Terminated";
  if (transition === "launch") return ends ? "the instance is on its way out" : undefined;
  // An instance that returns to a warm pool goes out of service too.
  const goes = ends || target.startsWith("Warmed:") || isInterrupted;
  return goes ? undefined : `the instance stays: its target is ${target}`;
}

/**
 * The run that belongs to the lifecycle action of a command: a run of the same action or, where the run or the command
 * names no action, the latest run, if AWS's clock allows it. No clock of the instance takes part.
 */
function runOf(runs: readonly ScriptRun[], asked: Asked, joinFor: number): ScriptRun | undefined {
  const same = asked.action === "" ? undefined : runs.findLast(({ action }) => action === asked.action);
  if (same !== undefined) return same;
  const latest = runs.at(-1);
  if (latest === undefined || (latest.action !== "" && asked.action !== "")) return undefined;
  return belongs(latest, asked, joinFor) ? latest : undefined;
}

function belongs(run: Marker, asked: Marker, joinFor: number): boolean {
  if (run.since !== "" && asked.since !== "" && run.sent !== "")
    return Number(run.sent) >= Number(asked.since);
  if (run.sent !== "" && asked.sent !== "") return Number(asked.sent) - Number(run.sent) <= joinFor;
  return true;
}
