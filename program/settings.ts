import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  InvalidArguments,
  type GracefulAutoScalingGroupArgs,
  type OnFailure,
  type SessionsArgs,
  type Transport,
  type Violation,
} from "../components";
import { settingsViolations } from "./checks";
import { inSettings } from "./names";
import { reader, type Reader } from "./reader";
import { readScript } from "./scripts";

/** The stack's configuration, as Pulumi.yaml declares it. */
export interface Settings {
  /** VPC and subnets; undefined for the account's default VPC. */
  readonly network: { readonly vpcId: string; readonly subnetIds: string[] } | undefined;
  readonly instanceType: string;
  readonly listener: { readonly port: number; readonly certificateArn: string | undefined };
  readonly applicationPort: number;
  readonly sizes: { readonly minSize: number; readonly maxSize: number };
  /** Arguments of the group that do not depend on other resources. */
  readonly group: Omit<GracefulAutoScalingGroupArgs, "vpcId" | "subnetIds">;
}

/**
 * Reads and checks the configuration of the stack. Empty values count as not given.
 * @throws InvalidArguments that lists all settings that are wrong, by their names in the configuration.
 */
export function readSettings(config = new pulumi.Config()): Settings {
  const { boolean, list, number, text, violations: mistyped } = reader(config);
  const vpcId = text("vpcId");
  const subnetIds = list<string>("subnetIds");
  const listener = { port: number("listenerPort"), certificateArn: text("certificateArn") };
  const applicationPort = number("applicationPort");
  const healthPath = config.require("healthPath");
  const userDataFile = text("userDataFile") ?? "";
  const instanceType = config.require("instanceType");
  const sizes = { minSize: number("minSize"), maxSize: number("maxSize") };
  const terminateUnit = text("terminateUnit");
  const terminateScript = text("terminateScript");
  const violations = settingsViolations({
    ...{ vpcId, subnetIds, listener, userDataFile },
    ...{ terminateUnit, terminateScript },
  });
  const hasUserData = violations.every(({ argument }) => argument !== "userDataFile");
  const settings: Settings = {
    network: vpcId === undefined ? undefined : { vpcId, subnetIds },
    instanceType,
    listener,
    applicationPort,
    sizes,
    group: {
      instance: {
        instanceType,
        imageId: text("imageId"),
        userData: hasUserData
          ? readScript(userDataFile, { APPLICATION_PORT: String(applicationPort) })
          : undefined,
        // TerminateInstances and StopInstances would end an instance without its stop script.
        disableApiTermination: true,
        disableApiStop: true,
      },
      ...sizes,
      targetGroup: {
        port: applicationPort,
        deregistrationDelay: number("deregistrationDelay"),
        healthCheck: { path: healthPath, interval: 10, healthyThreshold: 2 },
      },
      terminate: {
        // One of the two, also where the configuration has none of them or both.
        ...(terminateScript === undefined
          ? { systemdUnit: terminateUnit ?? "application" }
          : { script: terminateScript }),
        timeout: number("terminateTimeout"),
        sessions: readSessions({ boolean, list, number }),
        onFailure: config.require<OnFailure>("terminateOnFailure"),
      },
      launch: {
        httpReady: { port: applicationPort, path: healthPath },
        timeout: number("launchTimeout"),
        onFailure: config.require<OnFailure>("launchOnFailure"),
      },
      transport: config.require<Transport>("transport"),
      scriptLogs: boolean("scriptLogs"),
      logRetentionDays: number("logRetentionDays"),
      alarmTopicArn: text("alarmTopicArn"),
      alarmActionArns: list<string>("alarmActionArns"),
      permissionsBoundary: text("permissionsBoundary"),
    },
  };
  // Values are checked only if all of them have the right type.
  const wrong = mistyped.length > 0 ? mistyped : [...violations, ...groupViolations(settings)];
  if (wrong.length > 0) throw inSettings(config.name, wrong);
  return settings;
}

/** The violations that the group would report only after the resources before it had been registered. */
function groupViolations({ group, network }: Settings): readonly Violation[] {
  const later = { vpcId: pulumi.output(""), subnetIds: pulumi.output([""]) };
  const hasSubnets = network !== undefined && network.subnetIds.length > 0;
  try {
    GracefulAutoScalingGroup.check("web", { ...group, ...(hasSubnets ? network : later) });
    return [];
  } catch (error) {
    if (error instanceof InvalidArguments) return error.violations;
    throw error;
  }
}

/**
 * The sessions that the stop script waits for; undefined if nothing is configured, invalid if only a part is
 * configured.
 */
function readSessions({
  boolean,
  list,
  number,
}: Pick<Reader, "boolean" | "list" | "number">): SessionsArgs | undefined {
  const ports = list<number>("sessionPorts");
  const sessionManager = boolean("sessionManager");
  const maxWait = number("sessionMaxWait");
  if (ports.length === 0 && !sessionManager && maxWait === 0) return undefined;
  return { maxWait, ports, sessionManager };
}
