import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { GracefulAutoScalingGroupArgs, GracefulLifecycleArgs } from "../../components";
import { readProject } from "../../evaluate/project";
import { record, type Deployment } from "../../evaluate/record";
import { ofType, type Registration } from "../../evaluate/registration";

/** The repository. */
export const root = path.resolve(__dirname, "../..");

/** A fictitious account. */
export const account = { id: "123456789012", region: "us-east-1", partition: "aws" } as const;

/** URNs that the last code registered, also if it failed. */
let urns: string[] = [];

/** URNs of the resources that the last code registered, though it may have failed. */
export function registeredUrns(): readonly string[] {
  return urns;
}

/** Everything that a piece of Pulumi code registers. */
export async function registered(
  run: () => unknown,
  changes: Partial<Deployment> = {},
): Promise<readonly Registration[]> {
  urns = [];
  const { registrations } = await record(
    {
      project: "test",
      stack: "dev",
      config: {},
      account,
      onRegistration: ({ urn }) => urns.push(urn),
      ...changes,
    },
    run,
  );
  return registrations;
}

/** How the program is run, if not in the usual account. */
export interface ProgramOptions {
  readonly account?: Partial<Deployment["account"]>;
  readonly preview?: boolean;
}

/** Everything that the program of this repository registers with the configuration of its dev stack, changed. */
export async function registeredByProgram(
  config: Readonly<Record<string, string>> = {},
  { account: changes = {}, preview = false }: ProgramOptions = {},
): Promise<readonly Registration[]> {
  const project = readProject(root, "dev");
  const all = { ...project.config, ...config };
  const region = all["aws:region"] ?? account.region;
  return registered(loadProgramAfresh, {
    project: project.name,
    config: all,
    account: { ...account, region, ...changes },
    preview,
  });
}

function loadProgramAfresh(): void {
  const main = require.resolve("../../index");
  Reflect.deleteProperty(require.cache, main);
  createRequire(main)(main);
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
