import { documentContent } from "../components/documents";
import {
  decodeInstructions,
  lifecycleTransitions,
  type AnnounceInstructions,
  type Instructions,
  type Transition,
} from "../contract";
import { isUnknown } from "../evaluate/engine";
import type { Registration } from "../evaluate/registration";
import { list, optionalText, text } from "./fields";

const documentType = "aws:ssm/document:Document";

/** Resources with a known content of each document, and what was assumed for that, as sentences. */
export interface KnownDocuments {
  readonly registrations: readonly Registration[];
  readonly notes: readonly string[];
}

/**
 * Puts a stand-in in place of each document whose content depends on outputs that nobody knows before the deployment:
 * the hook that names the document says how long its script may take. A document that no hook of ours names is left
 * out.
 */
export function withKnownDocuments(registrations: readonly Registration[]): KnownDocuments {
  const hooks = servedHooks(registrations);
  const notes: string[] = [];
  const known = registrations.flatMap((one) => {
    if (one.type !== documentType || !isUnknown(one.state["content"])) return [one];
    const name = text(one.state["name"]);
    const hook = hooks.find(
      ({ instructions: { announce, document } }) => document === name || announce?.document === name,
    );
    if (hook === undefined) {
      notes.push(`The document ${name} is left out: its content is not known before the deployment.`);
      return [];
    }
    const announce = hook.instructions.announce?.document === name ? hook.instructions.announce : undefined;
    notes.push(
      `The text of the ${announce ? "announce" : hook.transition} script in document ${name} depends on outputs that are not known before the deployment: it is played as any script.`,
    );
    const content = announce ? announceStandIn(hook, announce) : standIn(hook);
    return [{ ...one, inputs: { ...one.inputs, content }, state: { ...one.state, content } }];
  });
  return { registrations: known, notes };
}

interface ServedHook {
  readonly transition: Transition;
  readonly instructions: Instructions;
}

/** The hooks of ours: resources of their own, and the hooks that groups are created with. */
function servedHooks(registrations: readonly Registration[]): ServedHook[] {
  const hooks = registrations.flatMap(({ state, type }) =>
    type === "aws:autoscaling/lifecycleHook:LifecycleHook" ? [state] : list(state["initialLifecycleHooks"]),
  );
  return hooks.flatMap((hook) => {
    const instructions = decodeInstructions(optionalText(hook["notificationMetadata"]));
    if (instructions === undefined) return [];
    const isLaunch = text(hook["lifecycleTransition"]) === lifecycleTransitions.launch;
    return [{ transition: isLaunch ? "launch" : "terminate", instructions }];
  });
}

/** A document with the times that the instructions give it; its script only says that the text is not known. */
function standIn({ instructions, transition }: ServedHook): string {
  const { agentTimeout, deregistrationDelay, execution, maxWait } = instructions;
  return documentContent({
    transition,
    script: { platform: "Linux", text: unknownText },
    times: { timeout: execution - maxWait, agentTimeout, ...(maxWait > 0 ? { maxWait } : {}) },
    deregistrationDelay: transition === "terminate" ? deregistrationDelay : 0,
    hasRoute: instructions.inWarmPool !== undefined,
  });
}

function announceStandIn(
  { instructions, transition }: ServedHook,
  { execution }: AnnounceInstructions,
): string {
  return documentContent({
    announces: true,
    transition,
    script: { platform: "Linux", text: unknownText },
    times: { timeout: execution },
    deregistrationDelay: instructions.deregistrationDelay,
  });
}

const unknownText = [
  "#!/bin/sh",
  "echo 'graceful-asg: the text of this script depends on outputs that are not known before the deployment'",
  "echo 'graceful-asg: outputs of other stacks can be given with --stack-outputs'",
  "exit 1",
].join("\n");
