import type { DocumentFacts } from "./document";

/** A command of Run Command. */
export interface Command {
  readonly id: string;
  readonly document: DocumentFacts;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly comment: string;
  /** TimeoutSeconds: how long it waits for an agent, seconds. */
  readonly delivery: number;
  readonly maxErrors: string;
  readonly requestedAt: number;
  /** From when on lists show it. */
  readonly listedFrom: number;
  readonly invocations: ReadonlyMap<string, Invocation>;
  status: CommandStatus;
}

/** A command on one instance. */
export interface Invocation {
  readonly instance: string;
  status: InvocationStatus;
  details: string;
  responseCode: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
}

export type InvocationStatus = "Pending" | "InProgress" | "Success" | "Cancelled" | "TimedOut" | "Failed";
export type CommandStatus = InvocationStatus;

/** Whether a status is an end. */
export function isOver(status: InvocationStatus): boolean {
  return status !== "Pending" && status !== "InProgress";
}

/** The status of a command that follows from those of its invocations. */
export function statusOf({
  invocations,
  maxErrors,
}: Pick<Command, "invocations" | "maxErrors">): CommandStatus {
  const all = [...invocations.values()].map(({ status }) => status);
  if (!all.every(isOver)) return all.every((one) => one === "Pending") ? "Pending" : "InProgress";
  if (all.every((one) => one === "Success")) return "Success";
  if (all.includes("Failed")) return "Failed";
  // Observed: with no errors allowed, a time-out on an instance is a failure of the command.
  if (all.includes("TimedOut")) return maxErrors === "0" ? "Failed" : "TimedOut";
  return "Cancelled";
}
