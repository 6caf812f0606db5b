import type { DocumentFacts } from "./document";

/** A command of Run Command. */
export interface Command {
  readonly id: string;
  readonly document: DocumentFacts;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly comment: string;
  /** TimeoutSeconds: how long the command waits for an agent, seconds. */
  readonly delivery: number;
  readonly maxErrors: string;
  /** Log group to which agents upload the output; undefined for none. */
  readonly logGroup: string | undefined;
  readonly requestedAt: number;
  /** From when on lists show it. */
  readonly listedFrom: number;
  readonly invocations: ReadonlyMap<string, Invocation>;
  status: CommandStatus;
}

/** A command on one instance. */
export interface Invocation {
  readonly instance: string;
  /** How many commands were sent to the instance before. */
  readonly earlier: number;
  status: InvocationStatus;
  details: string;
  responseCode: number;
  /** The output of the step with the script. */
  output: string;
  startedAt: number | undefined;
  endedAt: number | undefined;
}

export type InvocationStatus = "Pending" | "InProgress" | "Success" | "Cancelled" | "TimedOut" | "Failed";
export type CommandStatus = InvocationStatus;

/** Whether a status is an end. */
export function isOver(status: InvocationStatus): boolean {
  return status !== "Pending" && status !== "InProgress";
}

/**
 * The status of a command that follows from the statuses of its invocations. Failures and scripts that run too long
 * count against MaxErrors; an invocation that no agent got does not. Source: Systems Manager, Understanding command
 * statuses.
 */
export function statusOf({
  invocations,
  maxErrors,
}: Pick<Command, "invocations" | "maxErrors">): CommandStatus {
  const all = [...invocations.values()];
  if (!all.every(({ status }) => isOver(status)))
    return all.every(({ status }) => status === "Pending") ? "Pending" : "InProgress";
  const has = (...details: readonly string[]) => all.some((one) => details.includes(one.details));
  if (all.filter(isError).length > errorsAllowed(maxErrors, all.length)) return "Failed";
  if (has("Success", "Failed", "ExecutionTimedOut")) return "Success";
  if (has("DeliveryTimedOut")) return "TimedOut";
  return has("Cancelled") ? "Cancelled" : "Failed";
}

/** Whether an invocation counts against MaxErrors. */
export function isError({ details }: Invocation): boolean {
  return details === "Failed" || details === "ExecutionTimedOut";
}

/**
 * "The maximum number of errors allowed without the command failing", as SendCommand has it. Another page lets a
 * command fail with MaxErrors or more; the simulator takes the rule that is worse for a reader who takes the Success of
 * a command to one instance for the instance's success.
 */
function errorsAllowed(maxErrors: string, instances: number): number {
  return maxErrors.endsWith("%") ? Math.floor((instances * parseInt(maxErrors)) / 100) : parseInt(maxErrors);
}
