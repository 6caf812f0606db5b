import { OnFailure, documentPrefix, isOneOf, type Transition } from "../contract";
import { attempt, completeNow, logDecision, type Subject } from "./carryOut";
import type { Context } from "./context";
import { decideEnded, type Completion } from "./decide";
import { reconcileInstance } from "./hookAction";
import { logOutput, readEnd } from "./scriptOutput";
import type { CommandEnded, CommandParameters } from "./trigger";

/** A command has ended: complete the action that it was sent for. */
export async function onCommandEnded(context: Context, ended: CommandEnded): Promise<void> {
  if (!ended.document.startsWith(documentPrefix(context.handler))) {
    context.log.info({ message: `ignored: ${ended.document} is not a document of this handler` });
    return;
  }
  const parameters = isEmpty(ended.parameters)
    ? (await context.runCommand.command(ended.commandId))?.parameters
    : ended.parameters;
  const { group, hook } = parameters ?? {};
  if (!parameters || !group || !hook) {
    context.log.warn({ message: `ignored: ${ended.commandId} does not say which hook it was sent for` });
    return;
  }
  const subject = subjectOf(parameters, group, hook);
  const completion = subject && decideEnded(ended.status, onFailureOf(parameters));
  if (subject && completion && (await isOfTheScript(context, subject, completion, ended))) {
    logDecision(context, subject, completion, undefined);
    await attempt(context, subject, () => completeNow(context, subject, completion));
    return;
  }
  // A command that was taken back is none that ended; if the script has yet to run, the next sweep starts it.
  if (ended.status === "Cancelled") return;
  await reconcileInstance(context, group, hook, ...(await instancesOf(context, ended, parameters)));
}

/**
 * Whether the end of a command is that of its script. A command is also Failed when no agent got it; of that, and where
 * SSM does not say, the lists decide. The output of a script that failed is logged.
 */
async function isOfTheScript(
  context: Context,
  subject: Subject,
  { outcome }: Completion,
  { commandId }: CommandEnded,
): Promise<boolean> {
  if (outcome !== "failed") return true;
  const end = await readEnd(context, subject, commandId);
  if (end?.status !== "failed") return false;
  logOutput(context, subject, commandId, end);
  return true;
}

/** Whether an event brings no parameters; those of ours are never all empty. */
function isEmpty(parameters: CommandParameters | undefined): boolean {
  return parameters === undefined || Object.values(parameters).every((value) => !value);
}

/** The action of a command that went to one instance; undefined for those of the sweep, which know no token. */
function subjectOf(parameters: CommandParameters, group: string, hook: string): Subject | undefined {
  const { action: token, instance } = parameters;
  const transition = transitionOf(parameters);
  return instance && token && transition ? { group, hook, instance, token, transition } : undefined;
}

async function instancesOf(
  context: Context,
  ended: CommandEnded,
  { instance }: CommandParameters,
): Promise<readonly string[]> {
  if (instance) return [instance];
  return (await context.runCommand.command(ended.commandId))?.instances ?? [];
}

function transitionOf({ transition }: CommandParameters): Transition | undefined {
  return transition === "launch" || transition === "terminate" ? transition : undefined;
}

function onFailureOf({ onFailure }: CommandParameters): OnFailure | undefined {
  return isOneOf(onFailure, OnFailure) ? onFailure : undefined;
}
