import type { Instance } from "../aws/autoScaling";
import type { Answers } from "./answer";

/** For how long an answer counts, ms: an instance that does not answer keeps its protection no longer than that. */
export const answerLife = 600_000;

/** The protections to change. */
export interface Changes {
  readonly protect: readonly string[];
  readonly release: readonly string[];
}

/**
 * What the latest answers make of the protections: a busy instance is protected, any other instance is not. It compares
 * what is with what should be, so it needs no memory of its own, and a protection that is left over is removed.
 * @param answers - The latest answers that still count
 */
export function protectionChanges(instances: readonly Instance[], answers: Answers): Changes {
  const isBusy = ({ id }: Instance) => answers.get(id)?.answer === "busy";
  return {
    protect: instances.filter((one) => isBusy(one) && !one.isProtected).map(({ id }) => id),
    release: instances.filter((one) => !isBusy(one) && one.isProtected).map(({ id }) => id),
  };
}
