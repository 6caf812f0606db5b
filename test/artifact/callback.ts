import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, InvalidArguments } from "../../components";
import { handlerCode } from "../../components/lifecycleHandler/code";
import { encodeInstructions } from "../../contract";
import type { Registration } from "../../evaluate/registration";
import { groupArgs, registered } from "../support/deployment";
import { Artifact, type Answers } from "../support/lambda";
import { hookBody, instructionsFor, snsEvent } from "../support/payloads";
import { UserProject, type IsBusy } from "../support/project";
import { sent } from "./answers";

/** The script waits for sessions, which the callback is asked about. */
export const sessions = { maxWait: 600 };

const metadata = encodeInstructions(instructionsFor("terminate", { maxWait: 600, execution: 720 }));

/** Everything that a group with a callback registers. */
export function groupWith(isBusy: IsBusy): Promise<readonly Registration[]> {
  return registered(
    () =>
      new GracefulAutoScalingGroup(
        "web",
        groupArgs({ terminate: { script: "stop", timeout: 120, sessions }, isBusy }),
      ),
  );
}

/** The calls that the function makes for an event, in a clean process with only the files of its archive. */
export async function drain(
  made: readonly Registration[],
  environment: Readonly<Record<string, string>> = {},
  more: Answers = {},
): Promise<string[]> {
  const artifact = await Artifact.of(made);
  try {
    const event = snsEvent(hookBody({ time: new Date().toISOString(), metadata }));
    const { code, output } = await artifact.invoke([event], { SendCommand: sent, ...more }, environment);
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /isBusy failed/);
    return artifact.takeCalls().map(({ action }) => action);
  } finally {
    await artifact.remove();
  }
}

/** The error about a callback that the function cannot have. */
export async function refusal(isBusy: IsBusy): Promise<{ lines: readonly string[] }> {
  const error: unknown = await handlerCode("LifecycleHandler", isBusy).assets.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidArguments, String(error));
  const [heading, ...lines] = error.message.split("\n");
  assert.equal(heading, "LifecycleHandler cannot be made:");
  return { lines };
}

/** A project that depends on a package, and on a package that no callback uses. */
export function projectWithQueue(): UserProject {
  return new UserProject().write(
    "package.json",
    JSON.stringify({ name: "user", dependencies: { queue: "1", unused: "1" } }),
  );
}
