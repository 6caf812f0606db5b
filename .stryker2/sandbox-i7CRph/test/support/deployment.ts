// @ts-nocheck
import assert from "node:assert/strict";
import * as path from "node:path";
import type { GracefulAutoScalingGroupArgs, GracefulLifecycleArgs } from "../../components";
import { evaluate, type EvaluateOptions } from "../../rehearsal/program/evaluate";
import { readProject } from "../../rehearsal/program/project";
import { record, type Deployment } from "../../rehearsal/program/record";
import { ofType, type Registration } from "../../rehearsal/program/registration";

/** The repository. */
export const root = path.resolve(__dirname, "../..");

/** An account that is none. */
export const account = { id: "123456789012", region: "us-east-1", partition: "aws" } as const;

/** Everything that a piece of Pulumi code registers. */
export async function registered(
  run: () => unknown,
  changes: Partial<Deployment> = {},
): Promise<readonly Registration[]> {
  const { registrations } = await record(
    { project: "test", stack: "dev", config: {}, account, ...changes },
    run,
  );
  return registrations;
}

/** Everything that the program of this repository registers with the configuration of its dev stack, changed. */
export function registeredByProgram(
  config: Readonly<Record<string, string>> = {},
  options: EvaluateOptions = {},
): Promise<readonly Registration[]> {
  const project = readProject(root, "dev");
  return evaluate({ ...project, config: { ...project.config, ...config } }, options);
}

/** The one resource of a type, or of a type and name. */
export function only(registrations: readonly Registration[], type: string, name?: string): Registration {
  const found = ofType(registrations, type).filter((one) => name === undefined || one.name === name);
  const [first] = found;
  assert.ok(first !== undefined && found.length === 1, `${found.length} of ${type} ${name ?? ""}`);
  return first;
}

/** A handler of another stack, as plain values. */
export const handlerElsewhere = {
  name: "shared-1234567",
  topicArn: "arn:aws:sns:us-east-1:123456789012:shared",
  notificationRoleArn: "arn:aws:iam::123456789012:role/shared",
  functionRoleName: "shared-function",
  scriptLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:shared",
};

/** Arguments of a group with as little as possible. */
export function groupArgs(changes: Partial<GracefulAutoScalingGroupArgs> = {}): GracefulAutoScalingGroupArgs {
  return {
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0"],
    instance: {},
    minSize: 1,
    maxSize: 2,
    targetGroup: { port: 8080 },
    terminate: { script: "systemctl stop application", timeout: 120 },
    ...changes,
  };
}

/** Arguments of a lifecycle for a group that exists already, with as little as possible. */
export function existingArgs(changes: Partial<GracefulLifecycleArgs> = {}): GracefulLifecycleArgs {
  return {
    groupName: "legacy-web",
    instanceTag: { key: "Name", value: "legacy-web" },
    terminate: { script: "systemctl stop application", timeout: 120 },
    ...changes,
  };
}
