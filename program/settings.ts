import * as pulumi from "@pulumi/pulumi";
import type { GracefulAutoScalingGroupArgs, OnFailure, SessionsArgs, Transport } from "../components";
import { groupConstraints, refuse } from "../components/constraints";
import { settingsConstraints } from "./constraints";
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

/** Reads and checks the configuration of the stack. Empty values count as not given. */
export function readSettings(config = new pulumi.Config()): Settings {
  const text = (key: string) => config.get(key) || undefined;
  const vpcId = text("vpcId");
  const subnetIds = config.getObject<string[]>("subnetIds") ?? [];
  const listener = { port: config.requireNumber("listenerPort"), certificateArn: text("certificateArn") };
  const applicationPort = config.requireNumber("applicationPort");
  const healthPath = config.require("healthPath");
  const userDataFile = config.get("userDataFile") ?? "";
  refuse("The stack", settingsConstraints, { vpcId, subnetIds, listener, healthPath, userDataFile });

  const instanceType = config.require("instanceType");
  const sizes = { minSize: config.requireNumber("minSize"), maxSize: config.requireNumber("maxSize") };
  const APPLICATION_PORT = String(applicationPort);
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
        userData: readScript(userDataFile, { APPLICATION_PORT }),
        // TerminateInstances would end an instance without its stop script.
        disableApiTermination: true,
      },
      ...sizes,
      targetGroup: {
        port: applicationPort,
        deregistrationDelay: config.requireNumber("deregistrationDelay"),
        healthCheck: { path: healthPath, interval: 10, healthyThreshold: 2 },
      },
      terminate: {
        script: config.require("terminateScript"),
        timeout: config.requireNumber("terminateTimeout"),
        sessions: readSessions(config),
        onFailure: config.require<OnFailure>("terminateOnFailure"),
      },
      launch: {
        script: readScript("program/ready.sh", { APPLICATION_PORT, HEALTH_PATH: healthPath }) ?? "",
        timeout: config.requireNumber("launchTimeout"),
        onFailure: config.require<OnFailure>("launchOnFailure"),
      },
      transport: config.require<Transport>("transport"),
      scriptLogs: config.requireBoolean("scriptLogs"),
      logRetentionDays: config.requireNumber("logRetentionDays"),
      alarmTopicArn: text("alarmTopicArn"),
      permissionsBoundary: text("permissionsBoundary"),
    },
  };
  // The group would say the same, but only after the resources before it had been registered.
  refuse('GracefulAutoScalingGroup "web"', groupConstraints, { name: "web", args: settings.group });
  return settings;
}

/** What the stop script waits for; undefined if nothing is configured, wrong if only a part is. */
function readSessions(config: pulumi.Config): SessionsArgs | undefined {
  const ports = config.getObject<number[]>("sessionPorts") ?? [];
  const sessionManager = config.requireBoolean("sessionManager");
  const maxWait = config.requireNumber("sessionMaxWait");
  if (ports.length === 0 && !sessionManager && maxWait === 0) return undefined;
  return { maxWait, ports, sessionManager };
}
