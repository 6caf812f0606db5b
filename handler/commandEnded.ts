import { OnFailure, documentPrefix, isOneOf, resultOf, retains, type Transition } from "../contract";
import type { CommandEnd } from "./aws/commandEnd";
import { onAnnouncementEnded } from "./announcementEnded";
import { attempt, completeNow, logDecision, type Subject } from "./carryOut";
import type { Context } from "./context";
import { because, completionOf, type Completion } from "./decide";
import { holdsOf } from "./hold";
import { recall } from "./memory";
import { once } from "./once";
import { readEnd } from "./readEnd";
import { actionSinceOf } from "./send";
import { reconcileInstances } from "./sweep";
import type { CommandEnded, CommandParameters } from "./trigger";

/** A command has ended: complete the action that it was sent for, if its end is the result of the script. */
export async function onCommandEnded(context: Context, ended: CommandEnded): Promise<void> {
  if (!ended.document.startsWith(documentPrefix(context.handler))) {
    context.log.info({ message: `ignored: ${ended.document} is not a document of this handler` });
    return;
  }
  const lookUp = once(() => context.runCommand.command(ended.commandId));
  const parameters = isEmpty(ended.parameters) ? (await lookUp())?.parameters : ended.parameters;
  const { group, hook } = parameters ?? {};
  if (!parameters || !group || !hook) {
    context.log.warn({ message: `ignored: ${ended.commandId} does not say which hook it was sent for` });
    return;
  }
  // A cancelled command has not ended by itself; if the script has yet to run, the next sweep starts it.
  if (ended.status === "Cancelled") return;
  const subject = subjectOf(context, parameters, group, hook);
  const completion = subject && (await completionFor(context, ended, subject, onFailureOf(parameters)));
  if (subject && completion) {
    const waitingSince = actionSinceOf(parameters, context.clock.now());
    const { commandId, document, endedAt, requestedAt } = ended;
    const times = { since: waitingSince, waitingSince, requestedAt, endedAt };
    const known = { ...times, commandId, document, onFailure: onFailureOf(parameters) };
    logDecision(context, subject, completion, waitingSince);
    await attempt(context, subject, () => completeNow(context, subject, completion, known));
    return;
  }
  const sent = await lookUp();
  if (sent?.isAnnouncement) {
    await onAnnouncementEnded(context, ended.commandId, group, hook);
    return;
  }
  if (sent?.isOurs !== true) {
    context.log.warn({ message: `ignored: no handler has sent ${ended.commandId}`, group, hook });
    return;
  }
  await reconcileInstances(context, group, hook, sent.instances, {
    id: ended.commandId,
    document: ended.document,
    requestedAt: sent.requestedAt,
    endedAt: ended.endedAt,
  });
}

/**
 * The completion that an event suffices for: the script succeeded, or, after a look at the command and a look for a hold,
 * the script failed. Undefined where more has to be read: the handler answers an agent's failure with another command, an
 * instance's history counts before it is retained, and how long the instance has waited counts while an operator holds it.
 */
async function completionFor(
  context: Context,
  { commandId, status }: CommandEnded,
  subject: Subject,
  onFailure: OnFailure | undefined,
): Promise<Completion | undefined> {
  if (status === "Success") return completionOf("CONTINUE", "succeeded", because("succeeded"));
  if (onFailure === undefined || retains(onFailure)) return undefined;
  const end = await readEnd(context, subject, commandId);
  if (end?.status !== "failed") return undefined;
  if (await mayBeHeld(context, subject)) return undefined;
  return completionOf(resultOf(onFailure), "failed", because("failed", onFailure), {
    failed: commandOf(commandId, end),
  });
}

/** Whether an operator holds an instance, or EC2 does not tell. */
async function mayBeHeld(context: Context, subject: Subject): Promise<boolean> {
  const { instance } = subject;
  const hold = await holdsOf(context, subject, [instance])(instance, recall(context.memory, subject));
  return hold.kind === "unread" || (hold.kind === "until" && context.clock.now() < hold.until);
}

function commandOf(id: string, end: CommandEnd) {
  return { id, requestedAt: 0, ...end };
}

/** Whether an event brings no parameters; the parameters of our commands are never all empty. */
function isEmpty(parameters: CommandParameters | undefined): boolean {
  return parameters === undefined || Object.values(parameters).every((value) => !value);
}

/**
 * The action of a command that went to one instance; undefined for a command of the sweep, which knows no token, and
 * for a command that somebody else put together: the token opens only for the group, hook and instance that it was
 * sealed for.
 */
function subjectOf(
  { seal }: Context,
  parameters: CommandParameters,
  group: string,
  hook: string,
): Subject | undefined {
  const { action, instance } = parameters;
  const transition = transitionOf(parameters);
  if (!instance || !action || !transition) return undefined;
  const token = seal.open(action, { group, hook, instance });
  return token === undefined ? undefined : { group, hook, instance, token, transition };
}

function transitionOf({ transition }: CommandParameters): Transition | undefined {
  return transition === "launch" || transition === "terminate" ? transition : undefined;
}

function onFailureOf({ onFailure }: CommandParameters): OnFailure | undefined {
  return isOneOf(onFailure, OnFailure) ? onFailure : undefined;
}
