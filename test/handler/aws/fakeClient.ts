import assert from "node:assert/strict";
import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { createAutoScaling } from "../../../handler/aws/autoScaling";
import { createBusyChecks } from "../../../handler/aws/busyChecks";
import type { CallKind, MakeCall } from "../../../handler/aws/calls";
import { createEc2 } from "../../../handler/aws/ec2";
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
    busyChecks: createBusyChecks(client as SSMClient, make),
    runCommand: createRunCommand(client as SSMClient, make),
    ec2: createEc2(client as EC2Client, make),
  };
}

export const error = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
export const at = (seconds: number) => new Date(seconds * 1000);
