import assert from "node:assert/strict";
import { ofType, type Registration } from "../../evaluate/registration";
import type { Call } from "../../simulator/wire";
import { registeredByProgram } from "../support/deployment";
import { Artifact, type Answers } from "../support/lambda";

/** The function of this repository's program, for a suite: made before its tests and removed after them. */
export function uploaded() {
  let artifact: Artifact;
  const documents: Registration[] = [];
  before(async () => {
    const registrations = await registeredByProgram();
    documents.push(...ofType(registrations, "aws:ssm/document:Document"));
    artifact = await Artifact.of(registrations);
  });
  after(() => artifact.remove());

  const invoke = async (events: unknown[], answers: Answers = {}) => {
    artifact.takeCalls();
    const { code, output } = await artifact.invoke(events, answers);
    assert.equal(code, 0, output);
    return { calls: artifact.takeCalls(), output };
  };
  return { documents, invoke };
}

/** The names of calls, in their order. */
export function names(calls: readonly Call[]): string[] {
  return calls.map(({ action }) => action);
}

/** The instant of an event. */
export function now(secondsAgo = 0): string {
  return new Date(Date.now() - secondsAgo * 1000).toISOString();
}
