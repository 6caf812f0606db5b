import assert from "node:assert/strict";
import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { createAutoScaling } from "../../../handler/aws/autoScaling";
import type { CallKind, MakeCall } from "../../../handler/aws/calls";
import { createRunCommand } from "../../../handler/aws/runCommand";

interface Request {
  readonly kind: CallKind;
  readonly name: string;
  readonly input: unknown;
}

/** A client that gives the answers in turn and repeats the last answer, and the requests that it got. */
export function world(...answers: readonly (object | Error)[]) {
  const requests: Request[] = [];
  let kind: CallKind | undefined;
  const make: MakeCall = (given, send) => {
    kind = given;
    return send();
  };
  const send = (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
    assert.ok(kind);
    requests.push({ kind, name: command.constructor.name, input: command.input });
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? {};
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const client = { send } as unknown;
  return {
    requests,
    autoScaling: createAutoScaling(client as AutoScalingClient, make),
    runCommand: createRunCommand(client as SSMClient, make),
  };
}

export const error = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
export const at = (seconds: number) => new Date(seconds * 1000);
