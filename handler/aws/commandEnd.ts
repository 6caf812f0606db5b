import type { CommandInvocation, GetCommandInvocationResult } from "@aws-sdk/client-ssm";
import { exitCodes } from "../../contract";
import type { CommandStatus } from "../situation";

/** How a command ended on an instance. */
export interface CommandEnd {
  readonly status: CommandStatus;
  /** When it ended, ms since 1970; undefined if no agent began it. */
  readonly endedAt: number | undefined;
  /** The end of the script's output. */
  readonly output: string;
}

/** How the step of a command ended, or that it has not ended yet. */
export function endOf(found: Partial<GetCommandInvocationResult>): CommandEnd {
  const status = statusOf(found);
  const endedAt = found.ExecutionStartDateTime ? Date.parse(found.ExecutionEndDateTime ?? "") : NaN;
  return {
    status: status === "ended" ? wordOf(found) : status,
    endedAt: Number.isNaN(endedAt) ? undefined : endedAt,
    output: tailOf(found),
  };
}

/**
 * Whether the end of a step comes from the guard: the guard has exit codes of its own, all other codes come from the
 * agent or the shell. AWS gives up a command whose end no agent has reported by its timeout, whether or not the agent
 * had begun the command.
 */
function wordOf({
  ExecutionStartDateTime,
  ResponseCode,
  Status,
  StatusDetails,
}: GetCommandInvocationResult): CommandStatus {
  if (Status === "Cancelled") return "cancelled";
  if (nameOfDetails(StatusDetails) === "deliverytimedout")
    return ExecutionStartDateTime ? "expired" : "undelivered";
  if (ResponseCode === exitCodes.scriptFailed) return "failed";
  return ResponseCode === exitCodes.notMeant ? "notMeant" : "troubled";
}

/** How much of an output is of interest, characters: the cause of a script's end is at the end of its output. */
const tailLength = 2_000;

/** Scripts write to standard output; the agent itself writes to standard error. */
function tailOf({
  StandardErrorContent = "",
  StandardOutputContent = "",
}: Pick<GetCommandInvocationResult, "StandardErrorContent" | "StandardOutputContent">): string {
  const all = [StandardOutputContent, StandardErrorContent].map((text) => text.trimEnd());
  return all.filter(Boolean).join("\n").slice(-tailLength);
}

/** AWS spells details with or without blanks. */
function nameOfDetails(details = ""): string {
  return details.replaceAll(" ", "").toLowerCase();
}

/** Statuses that mean that no script has run. */
const undeliveredDetails = new Set(["undeliverable", "terminated", "invalidplatform", "accessdenied"]);

export function statusOf({
  Status,
  StatusDetails,
}: Pick<CommandInvocation, "Status" | "StatusDetails">): CommandStatus {
  if (undeliveredDetails.has(nameOfDetails(StatusDetails))) return "undelivered";
  switch (Status) {
    case "Success":
      return "succeeded";
    case "Failed":
    case "TimedOut":
    case "Cancelled":
      return "ended";
    case "InProgress":
    case "Cancelling":
      return "running";
    case "Pending":
    case "Delayed":
    case undefined:
      return "pending";
  }
}
