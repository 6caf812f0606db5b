import type { Transition } from "../../contract";
import type { Command, Invocation } from "./command";
import type { DocumentFacts } from "./document";

/** How much of an output SSM keeps, characters: the head. Source: ssm model, GetCommandInvocation. */
const kept = 24_000;

/** One step of a command on an instance, as GetCommandInvocation tells about it. */
export interface StepEnd {
  readonly status: Invocation["status"];
  readonly code: number;
  readonly output: string;
}

/** How a step stands. A step for another platform is skipped, which SSM takes for a success. */
export function stepEnd({ document }: Command, invocation: Invocation, step: string): StepEnd {
  const { output, responseCode, startedAt, status } = invocation;
  if (step === document.mainStep || startedAt === undefined)
    return { status, code: responseCode, output: output.slice(0, kept) };
  const platform = step.replace(/^run/, "");
  const why = `unsatisfied preconditions: '"StringEquals": [platformType, ${platform}]'. Step name: ${step}`;
  return { status: "Success", code: 0, output: `Step execution skipped due to ${why}` };
}

/** The guard's line before a script, in the words of components/documents/run-once.sh. */
export function startLine(transition: Transition, { guard, stepTimeout }: DocumentFacts): string {
  return `graceful-asg: the ${transition} script starts and may take ${guard?.timeout ?? stepTimeout} s\n`;
}

/** The guard's line where another command has the run already. */
export function joinLine(run: number): string {
  return `graceful-asg: run ${run} of this action is under way or over; this command returns its result\n`;
}

/** The guard's line after a script. */
export function endLine(transition: Transition, code: number): string {
  return `graceful-asg: the ${transition} script ended with exit code ${code}\n`;
}

/** The guard's line in place of a run that is not meant. */
export function refusalLine(transition: Transition, why: string): string {
  return `graceful-asg: the ${transition} script does not run: ${why}\n`;
}
