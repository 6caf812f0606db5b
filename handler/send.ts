import type { DocumentParameters } from "../contract";
import { describe } from "./aws/errors";
import type { Context } from "./context";
import type { ServedHook } from "./servedHook";

/** An instance on which the document of a hook is to be run. */
export interface Run {
  readonly instance: string;
  /** Token of the action, where an event has told it. */
  readonly token: string | undefined;
  /** When the wait began; decides until when the script may run. */
  readonly since: number;
  /** When the action began at the earliest; undefined if that is not known. */
  readonly actionSince?: number | undefined;
  /** Whether the hook has yet to fire. Defaults to false. */
  readonly early?: boolean;
}

/** Most instances that SendCommand takes. */
export const sentAtOnce = 50;

/**
 * Sends the document of a hook to instances, up to 50 with a call.
 * One that SSM does not take is left out and the rest is sent again; if SSM does not say which one it is, by halves.
 * @returns the instances that SSM refuses. Other failures are logged: the next sweep tries again.
 */
export async function sendDocument(
  context: Context,
  hook: ServedHook,
  runs: readonly Run[],
): Promise<string[]> {
  const refused: string[] = [];
  for (let from = 0; from < runs.length; from += sentAtOnce) {
    refused.push(...(await sendBatch(context, hook, runs.slice(from, from + sentAtOnce))));
  }
  return refused;
}

async function sendBatch(context: Context, hook: ServedHook, runs: readonly Run[]): Promise<string[]> {
  if (runs.length === 0) return [];
  const { delivery, document, scriptLogGroup } = hook.instructions;
  const instances = runs.map(({ instance }) => instance);
  const sent = await context.runCommand.send({
    document,
    instances,
    parameters: parametersFor(context, hook, runs),
    delivery,
    early: runs.some((run) => run.early),
    logGroup: scriptLogGroup,
  });
  const subject = { group: hook.group, hook: hook.name, transition: hook.transition };
  switch (sent.kind) {
    case "sent":
      context.log.info({
        message: `sent ${document} as ${sent.commandId} to ${instances.join(", ")}`,
        ...subject,
      });
      return [];
    case "failed":
      context.log.error({
        message: `could not send ${document} to ${instances.join(", ")}; the next sweep tries again`,
        ...subject,
        error: sent.error,
      });
      return [];
    case "refused":
      return sendWithout(context, hook, runs, sent.instances);
  }
}

async function sendWithout(
  context: Context,
  hook: ServedHook,
  runs: readonly Run[],
  named: readonly string[],
): Promise<string[]> {
  const only = runs[0];
  if (runs.length === 1 && only !== undefined) return [only.instance];
  if (named.length > 0) {
    const rest = runs.filter(({ instance }) => !named.includes(instance));
    return [...named, ...(await sendBatch(context, hook, rest))];
  }
  const half = Math.ceil(runs.length / 2);
  return [
    ...(await sendBatch(context, hook, runs.slice(0, half))),
    ...(await sendBatch(context, hook, runs.slice(half))),
  ];
}

/** A batch carries no instance and no action, as its members have several, and the shortest wait for sessions. */
function parametersFor(context: Context, hook: ServedHook, runs: readonly Run[]): DocumentParameters {
  const only = runs.length === 1 ? runs[0] : undefined;
  const now = Math.floor(context.clock.now() / 1000);
  const since = Math.min(...runs.map((run) => run.since));
  return {
    group: hook.group,
    groupBase64: Buffer.from(hook.group).toString("base64"),
    hook: hook.name,
    action: only?.token ?? "",
    instance: only?.instance ?? "",
    transition: hook.transition,
    onFailure: hook.instructions.onFailure,
    sent: String(now),
    since: sinceParameter(runs),
    // A probe has had its share of the wait already; sessions get what is left of it.
    sessionWait: context.isBusy
      ? String(Math.max(0, Math.ceil(since / 1000) + hook.instructions.maxWait - now))
      : "",
    meant: "",
  };
}

/** From when on a run belongs to the action, if that is known of all instances. */
function sinceParameter(runs: readonly Run[]): string {
  const earliest = Math.min(...runs.map(({ actionSince = NaN }) => actionSince));
  return Number.isNaN(earliest) ? "" : String(Math.floor(earliest / 1000) - clockTolerance);
}

/** How far the clock of the function may be behind that of Auto Scaling, seconds. */
const clockTolerance = 5;

/** Takes a command back; if that fails the guard on the instance still keeps the script from running twice. */
export async function cancelCommand(context: Context, commandId: string, instance: string): Promise<void> {
  try {
    await context.runCommand.cancel(commandId, instance);
  } catch (error) {
    context.log.warn({ message: `could not cancel ${commandId}`, instance, error: describe(error) });
  }
}
