import type * as pulumi from "@pulumi/pulumi";
import type {
  FunctionRoleArgs,
  GracefulAutoScalingGroupArgs,
  GracefulLifecycleArgs,
  LifecycleHandlerArgs,
  LifecycleHandlerRef,
  TargetGroupRef,
} from "../../../components";

/** Resources that the components of a stack can have as arguments. */
export interface World {
  readonly network: { readonly vpcId: pulumi.Input<string>; readonly subnetIds: pulumi.Input<string[]> };
  readonly otherNetwork: { readonly vpcId: pulumi.Input<string>; readonly subnetIds: pulumi.Input<string>[] };
  readonly templates: readonly [Template, Template];
  readonly targetGroups: readonly [TargetGroupRef, TargetGroupRef];
  readonly handlers: readonly [LifecycleHandlerRef, LifecycleHandlerRef];
  readonly groupNames: readonly [pulumi.Input<string>, pulumi.Input<string>];
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly role: FunctionRoleArgs;
  /** A security group of the other network. */
  readonly securityGroupId: pulumi.Input<string>;
}

interface Template {
  readonly id: pulumi.Input<string>;
}

const handlerRef = {
  name: "",
  topicArn: "",
  notificationRoleArn: "",
  functionRoleName: "",
  scriptLogGroupArn: "",
};
/** A function that an alarm calls; nothing looks whether there is one. */
const events = { busArn: "arn:aws:events:us-east-1:123456789012:event-bus/deployments" };
const pager = "arn:aws:lambda:us-east-1:123456789012:function:page";

/** Values enough to list the arguments. */
export const nowhere: World = {
  network: { vpcId: "", subnetIds: [] },
  otherNetwork: { vpcId: "", subnetIds: [] },
  templates: [{ id: "" }, { id: "" }],
  targetGroups: [{ arn: "" }, { arn: "" }],
  handlers: [handlerRef, handlerRef],
  groupNames: ["", ""],
  kmsKeyArn: "",
  alarmTopicArn: "",
  permissionsBoundary: "",
  role: { name: "", arn: "" },
  securityGroupId: "",
};

/** Arguments of a component, by their paths, and two values of all its arguments that differ only there. */
export interface ChangedArguments<Args> {
  readonly arguments: readonly string[];
  readonly values: readonly [Args, Args];
  /** Whether the change is not deployed. Defaults to false. */
  readonly isPreviewed?: boolean;
}

/** Every argument of the public API changed once, by component; arguments with the same effect change together. */
export function changedArguments(world: World) {
  return { group: ofGroup(world), lifecycle: ofLifecycle(world), handler: ofHandler(world) };
}

type GroupArgs = GracefulAutoScalingGroupArgs;

function ofGroup(world: World): ChangedArguments<GroupArgs>[] {
  const [template, otherTemplate] = world.templates;
  const targetGroup = { port: 8080, deregistrationDelay: 0 };
  const base: GroupArgs = {
    ...world.network,
    launchTemplate: { id: template.id },
    minSize: 0,
    maxSize: 2,
    targetGroup,
    terminate: { script: "systemctl stop application", timeout: 120 },
    handler: world.handlers[0],
  };
  const described: Partial<GroupArgs> = { launchTemplate: undefined, instance: {} };
  const launch = { script: "systemctl is-active application", timeout: 60 };
  const group = (names: string, before: Partial<GroupArgs>, after: Partial<GroupArgs>) =>
    changed(names, { ...base, ...before }, { ...base, ...before, ...after });
  return [
    group(
      "subnetIds, minSize, maxSize, capacityRebalance, healthCheckType, healthCheckGracePeriod, instanceMaintenance, ignoreFailedScalingActivities, enabledMetrics",
      {},
      {
        subnetIds: world.otherNetwork.subnetIds,
        minSize: 1,
        maxSize: 3,
        capacityRebalance: true,
        healthCheckType: "EC2",
        healthCheckGracePeriod: 120,
        instanceMaintenance: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
        ignoreFailedScalingActivities: true,
        enabledMetrics: ["GroupInServiceInstances"],
      },
    ),
    group("desiredCapacity", { desiredCapacity: 0 }, { desiredCapacity: 1 }),
    group("initialCapacity", { initialCapacity: 0 }, { initialCapacity: 1 }),
    group("waitForCapacity", {}, { waitForCapacity: true }),
    group(
      "instanceRefresh",
      { launchTemplate: { id: template.id, version: "1" } },
      { instanceRefresh: { strategy: "Rolling" } },
    ),
    group(
      "warmPool.minSize, warmPool.maxGroupPreparedCapacity, warmPool.reuseOnScaleIn",
      { launch, warmPool: {} },
      { warmPool: { minSize: 1, maxGroupPreparedCapacity: 2, reuseOnScaleIn: true } },
    ),
    group(
      "warmPool.poolState, warmPool.launchScript",
      { launch, warmPool: {} },
      { warmPool: { poolState: "Running", launchScript: "whenServing" } },
    ),
    group(
      "launchTemplate.id, launchTemplate.version",
      {},
      { launchTemplate: { id: otherTemplate.id, version: "1" } },
    ),
    group(
      "instance.instanceType, instance.imageId, instance.userData, instance.securityGroupIds, instance.managedPolicyArns, instance.keyName, instance.rootVolumeSize, instance.rootDeviceName, instance.metadataOptions, instance.disableApiTermination, instance.disableApiStop",
      described,
      {
        instance: {
          instanceType: "t3.medium",
          imageId: "ami-12c6146b",
          userData: "#!/bin/sh",
          securityGroupIds: ["sg-0123456789abcdef0"],
          managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
          keyName: "somebody",
          rootVolumeSize: 20,
          rootDeviceName: "/dev/sda1",
          metadataOptions: { httpPutResponseHopLimit: 2 },
          disableApiTermination: true,
          disableApiStop: true,
        },
      },
    ),
    group(
      "mixedInstances.overrides, mixedInstances.instancesDistribution",
      {},
      {
        mixedInstances: {
          overrides: [{ instanceType: "t3.medium" }],
          instancesDistribution: { onDemandPercentageAboveBaseCapacity: 50 },
        },
      },
    ),
    group(
      "vpcId, targetGroup.port, targetGroup.protocol",
      {},
      {
        vpcId: world.otherNetwork.vpcId,
        targetGroup: { port: 8081, protocol: "HTTPS", deregistrationDelay: 0 },
      },
    ),
    group(
      "targetGroup.healthCheck, targetGroup.slowStart, targetGroup.stickiness",
      {},
      {
        targetGroup: {
          ...targetGroup,
          healthCheck: { path: "/health" },
          slowStart: 30,
          stickiness: { type: "lb_cookie" },
        },
      },
    ),
    group(
      "targetGroup.deregistrationDelay",
      {},
      { targetGroup: { ...targetGroup, deregistrationDelay: 60 } },
    ),
    group(
      "targetGroup.connectionTermination, targetGroup.preserveClientIp, targetGroup.proxyProtocolV2",
      { targetGroup: { port: 8080, protocol: "TCP" } },
      {
        targetGroup: {
          port: 8080,
          protocol: "TCP",
          connectionTermination: true,
          preserveClientIp: false,
          proxyProtocolV2: true,
        },
      },
    ),
    group("targetGroups", {}, { targetGroup: undefined, targetGroups: [...world.targetGroups] }),
    group("targetGroup (left out)", {}, { targetGroup: undefined }),
    group(
      "terminate.script, launch.script",
      { launch },
      { terminate: { ...base.terminate, script: "true" }, launch: { ...launch, script: "true" } },
    ),
    group(
      "terminate.powershell, launch.powershell",
      { launch },
      {
        terminate: { timeout: 120, powershell: "Stop-Service application" },
        launch: { timeout: 60, powershell: "exit 0" },
      },
    ),
    group(
      "terminate.systemdUnit, terminate.adjustTimeoutStop, launch.httpReady.port, launch.httpReady.path, launch.httpReady.status, launch.httpReady.protocol",
      { launch },
      {
        terminate: { timeout: 120, systemdUnit: "application", adjustTimeoutStop: false },
        launch: {
          timeout: 60,
          httpReady: { port: 8443, path: "/health", status: "200-299", protocol: "HTTPS" },
        },
      },
    ),
    group(
      "terminate.container.name, terminate.container.label, terminate.container.runtime",
      { terminate: { timeout: 120, container: { name: "web" } } },
      { terminate: { timeout: 120, container: { label: "app=web", runtime: "podman" } } },
    ),
    group("terminate.windowsService", {}, { terminate: { timeout: 120, windowsService: "W3SVC" } }),
    group(
      "terminate.timeout, terminate.agentTimeout, terminate.heartbeatTimeout, terminate.sessions.maxWait, terminate.sessions.ports, terminate.sessions.sessionManager, launch.timeout, launch.agentTimeout, launch.heartbeatTimeout, launch.onFailure",
      { launch },
      {
        terminate: {
          ...base.terminate,
          timeout: 600,
          agentTimeout: 600,
          heartbeatTimeout: 3600,
          sessions: { maxWait: 600, ports: [22], sessionManager: true },
        },
        launch: { ...launch, timeout: 600, agentTimeout: 600, heartbeatTimeout: 3600, onFailure: "continue" },
      },
    ),
    group(
      "terminate.announce (added)",
      { targetGroup: { ...targetGroup, deregistrationDelay: 60 } },
      { terminate: { ...base.terminate, announce: { script: "pause-worker", timeout: 30 } } },
    ),
    group(
      "terminate.announce.script, terminate.announce.timeout",
      {
        targetGroup: { ...targetGroup, deregistrationDelay: 60 },
        terminate: { ...base.terminate, announce: { script: "pause-worker", timeout: 30 } },
      },
      { terminate: { ...base.terminate, announce: { script: "pause-workers", timeout: 60 } } },
    ),
    group(
      "terminate.announce.powershell",
      {
        targetGroup: { ...targetGroup, deregistrationDelay: 60 },
        terminate: {
          powershell: "Stop-Service web",
          timeout: 120,
          announce: { powershell: "Suspend-Worker", timeout: 30 },
        },
      },
      {
        terminate: {
          powershell: "Stop-Service web",
          timeout: 120,
          announce: { powershell: "Suspend-Workers", timeout: 30 },
        },
      },
    ),
    group(
      "terminate.announce (removed)",
      {
        targetGroup: { ...targetGroup, deregistrationDelay: 60 },
        terminate: { ...base.terminate, announce: { script: "pause-worker", timeout: 30 } },
      },
      { terminate: base.terminate },
    ),
    group("terminate.onFailure", {}, { terminate: { ...base.terminate, onFailure: "retain" } }),
    group("drain.maxConcurrent", {}, { drain: { maxConcurrent: 1 } }),
    group("drain.maxWait", { drain: { maxConcurrent: 1 } }, { drain: { maxConcurrent: 1, maxWait: 3600 } }),
    group("launch (added)", {}, { launch }),
    group("launch (removed)", { launch }, { launch: undefined }),
    group("transport", { launch }, { transport: "eventbridge" }),
    group("scriptLogs", described, { scriptLogs: true }),
    group("formerHandlers", {}, { formerHandlers: ["web-handler-1234567"] }),
    group(
      "prefer, busyCheck, protectWhileBusy",
      { handler: undefined },
      { prefer: "idle", busyCheck: "pgrep worker", protectWhileBusy: true },
    ),
    group(
      "busyCheck (changed), prefer (removed)",
      { handler: undefined, busyCheck: "true", prefer: "idle" },
      {
        busyCheck: "pgrep worker",
        prefer: "any",
        protectWhileBusy: true,
      },
    ),
    group(
      "spot, replaceOn, events.busArn",
      { handler: undefined },
      { spot: true, replaceOn: ["retirement", "rebalance"], events },
    ),
    group(
      "permissionsBoundary, tags, alarmTopicArn, alarmActionArns",
      { ...described, terminate: { ...base.terminate, onFailure: "retain" } },
      {
        permissionsBoundary: world.permissionsBoundary,
        tags: { team: "web" },
        alarmTopicArn: world.alarmTopicArn,
        alarmActionArns: [pager],
      },
    ),
    group("rolePath", described, { rolePath: "/graceful/" }),
  ];
}

function ofLifecycle(world: World): ChangedArguments<GracefulLifecycleArgs>[] {
  const [groupName, otherGroupName] = world.groupNames;
  const base: GracefulLifecycleArgs = {
    groupName,
    instanceTag: { key: "Name", value: "legacy" },
    terminate: { script: "systemctl stop application", timeout: 120 },
    handler: world.handlers[0],
  };
  const lifecycle = (names: string, after: Partial<GracefulLifecycleArgs>) =>
    changed(names, base, { ...base, ...after });
  return [
    lifecycle("groupName", { groupName: otherGroupName }),
    lifecycle("instanceTag.key, instanceTag.value", { instanceTag: { key: "service", value: "web" } }),
    lifecycle("deregistrationDelay", { deregistrationDelay: 60 }),
    lifecycle("handler", { handler: world.handlers[1] }),
    lifecycle("transport", { transport: "eventbridge" }),
    lifecycle("scriptLogs", { scriptLogs: true }),
  ];
}

function ofHandler(world: World): ChangedArguments<LifecycleHandlerArgs>[] {
  return [
    changed(
      "reservedConcurrency, spot, replaceOn, events.busArn, permissionsBoundary, logRetentionDays, alarmTopicArn, alarmActionArns, tags",
      {},
      {
        reservedConcurrency: 5,
        spot: true,
        replaceOn: ["retirement", "rebalance"],
        events,
        permissionsBoundary: world.permissionsBoundary,
        logRetentionDays: 90,
        alarmTopicArn: world.alarmTopicArn,
        alarmActionArns: [pager],
        tags: { team: "platform" },
      },
    ),
    changed("rolePath", {}, { rolePath: "/graceful/" }),
    changed("prefer", {}, { prefer: "idle" }),
    changed("prefer (removed)", { prefer: "idle" }, { prefer: "any" }),
    changed(
      "environment, vpc.subnetIds, vpc.securityGroupIds",
      {},
      {
        environment: { STORE: "sessions" },
        vpc: { subnetIds: world.otherNetwork.subnetIds, securityGroupIds: [world.securityGroupId] },
      },
    ),
    changed("role.name, role.arn", {}, { role: world.role }),
    // moto cannot change the key of a log group.
    { ...changed("kmsKeyArn", {}, { kmsKeyArn: world.kmsKeyArn }), isPreviewed: true },
  ];
}

function changed<Args>(names: string, before: Args, after: Args): ChangedArguments<Args> {
  return { arguments: names.split(", "), values: [before, after] };
}
