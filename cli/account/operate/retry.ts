import { ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { budgetOf, retryParameters } from "../../../contract";
import { commentOf } from "../../../handler/aws/comment";
import { createRunCommand, type Invocation } from "../../../handler/aws/runCommand";
import { isAtHook } from "../../../handler/servedHook";
import type { CommandStatus } from "../../../handler/situation";
import { AccountError } from "../../accountError";
import { timeText, type Terminal } from "../../terminal";
import type { Account, OpenAccount } from "../account";
import { translated } from "../aws/errors";
import type { OwnHook } from "../hooks";
import { findInstance, isRetained, ownHooksOf, type FoundInstance } from "./find";
import { holdUntil, readHoldOf } from "./holds";

/** The options of `graceful-asg retry`. */
export interface RetryOptions {
  readonly instance: string;
  readonly region: string | undefined;
}

/** Runs the script of an instance again that has failed, and holds the instance meanwhile. */
export async function retry(
  { instance, region }: RetryOptions,
  open: OpenAccount,
  terminal: Terminal,
): Promise<number> {
  const account = await open(region);
  const found = await findInstance(account, instance, (one) => isAtHook(one) || isRetained(one), "retry");
  for (const hook of ownHooksOf(found, "complete-lifecycle-action")) {
    const failed = await failedRun(account, found, hook);
    // The hold comes first: without it the handler applies the failure policy while the script runs again.
    const held = isRetained(found) ? undefined : await holdFor(account, instance, hook);
    const command = await send(account, found, hook, failed);
    terminal.line(
      `${instance}: the script of ${hook.name} runs again as ${command}; it failed as ${failed.id}.`,
    );
    terminal.line(nextOf(found, hook, held));
  }
  return 0;
}

/** The latest run of the script, which failed. @throws AccountError if it did not fail */
async function failedRun(account: Account, { instance }: FoundInstance, { instructions, name }: OwnHook) {
  const runCommand = createRunCommand(account.clients.ssm, (_, call) => translated(call));
  const { document } = instructions;
  const latest = ((await runCommand.invocations({ document, instance })) ?? []).at(-1);
  if (latest === undefined)
    throw new AccountError(
      `The script of ${name} has not run on ${instance} yet: the handler sends ${document} by itself. graceful-asg status says when.`,
    );
  const end = latest.status === "ended" ? await runCommand.end(latest.id, instance) : latest;
  const status = end?.status ?? latest.status;
  if (status === "failed") return latest;
  throw new AccountError(
    `The script of ${name} did not fail on ${instance}: command ${latest.id} ${meanings[status]}`,
  );
}

const noResult = "ended without a result of the script, so the handler sends the document again by itself.";

/** What the status of the latest command means for an operator. */
const meanings: Readonly<Record<Exclude<CommandStatus, "failed">, string>> = {
  pending: "has not reached its agent yet. Wait for its end; graceful-asg status shows it.",
  running: "is under way. Wait for its end; graceful-asg status shows it.",
  ended: "has ended, and SSM does not tell how yet. Try again in a moment.",
  succeeded: "has succeeded. graceful-asg release lets the instance go on.",
  notMeant: noResult,
  troubled: noResult,
  undelivered: noResult,
  expired: noResult,
  cancelled: noResult,
};

/** Holds an instance for as long as its script may take; gives the end of the hold. A longer hold stays as it is. */
async function holdFor(account: Account, instance: string, { instructions }: OwnHook): Promise<string> {
  const until = account.clock.now() + budgetOf(instructions) * 1000 + reporting;
  const present = (await readHoldOf(account, instance)) ?? 0;
  return holdUntil(account, instance, Math.max(until, present));
}

/** How long the handler may take to learn of the end, ms: two sweeps. */
const reporting = 120_000;

async function send(
  { clients, clock }: Account,
  { instance }: FoundInstance,
  { instructions, transition }: OwnHook,
  { id }: Invocation,
): Promise<string> {
  const { Commands = [] } = await clients.ssm.send(new ListCommandsCommand({ CommandId: id }));
  const given = Object.entries(Commands[0]?.Parameters ?? {}).map(
    ([key, [value = ""]]) => [key, value] as const,
  );
  const { action = "", sent = "", since = "", ...others } = Object.fromEntries(given);
  const parameters = { ...others, ...retryParameters({ action, sent, since }, clock.now()) };
  const { Command } = await clients.ssm.send(
    new SendCommandCommand({
      DocumentName: instructions.document,
      InstanceIds: [instance],
      Parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, [value]])),
      TimeoutSeconds: instructions.delivery,
      Comment: commentOf({ budget: budgetOf(instructions), early: false, purpose: transition }),
    }),
  );
  return Command?.CommandId ?? "";
}

function nextOf(
  { instance, lifecycleState }: FoundInstance,
  { instructions }: OwnHook,
  held: string | undefined,
): string {
  const time = timeText(budgetOf(instructions) * 1000);
  return held === undefined
    ? `It may take ${time}. The instance stays ${lifecycleState} whatever comes of it; graceful-asg release ${instance} ends it.`
    : `It may take ${time}, and the instance is held until ${held}. If the script succeeds, the instance goes on at once; if it fails again, the failure policy applies when the hold ends.`;
}
