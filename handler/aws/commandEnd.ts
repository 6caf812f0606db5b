import type { CommandInvocation, GetCommandInvocationResult } from "@aws-sdk/client-ssm";
import { exitCodes } from "../../contract";
import type { CommandStatus } from "../situation";

/** How a command ended on an instance. */
export interface CommandEnd {
  readonly status: CommandStatus;
  /** When it ended, ms since 1970; undefined if no agent began it. */
  readonly endedAt: number | undefined;
  /** The end of what its script has written. */
  readonly output: string;
}

/** The step of a command that has ended, or has not yet. */
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
 * Whose word the end of a step is: the guard has exit codes of its own, all others come from the agent or the shell. What no
 * agent has reported by its timeout AWS gives up, whether or not the agent had begun it.
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

/** How much of an output is of interest, characters: what ended a script is at its end. */
const tailLength = 2_000;

/** Scripts write to standard output; what the agent itself has to say is in the other stream. */
function tailOf({
  StandardErrorContent = "",
  StandardOutputContent = "",
}: Pick<GetCommandInvocationResult, "StandardErrorContent" | "StandardOutputContent">): string {
  const all = [StandardOutputContent, StandardErrorContent].map((text) => text.trimEnd());
  return all.filter(Boolean).join("\n").slice(-tailLength);
}

/** Details are spelled with or without blanks. */
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
