import { InvalidArguments, type Violation } from "../components";

/** Names of the settings, by the arguments of the group that are made of them. */
const settingOf: Readonly<Record<string, string>> = {
  "instance.imageId": "imageId",
  "instance.instanceType": "instanceType",
  "instance.userData": "userDataFile",
  "launch.httpReady.path": "healthPath",
  "launch.httpReady.port": "applicationPort",
  "launch.onFailure": "launchOnFailure",
  "launch.timeout": "launchTimeout",
  "targetGroup.deregistrationDelay": "deregistrationDelay",
  "targetGroup.healthCheck.path": "healthPath",
  "targetGroup.port": "applicationPort",
  "ports, sessionManager or isBusy": "sessionPorts or sessionManager",
  "terminate.onFailure": "terminateOnFailure",
  "terminate.script": "terminateScript",
  "terminate.sessions.maxWait": "sessionMaxWait",
  "terminate.sessions.ports": "sessionPorts",
  "terminate.sessions.sessionManager": "sessionManager",
  "terminate.systemdUnit": "terminateUnit",
  "terminate.timeout": "terminateTimeout",
};

/** Arguments that have the same names as their settings. */
const sameName = new Set([
  ...[
    "alarmActionArns",
    "alarmTopicArn",
    "certificateArn",
    "healthPath",
    "listenerPort",
    "logRetentionDays",
    "maxSize",
    "minSize",
  ],
  ...["permissionsBoundary", "scriptLogs", "subnetIds", "transport", "userDataFile", "vpcId"],
  ...Object.values(settingOf),
]);

/**
 * The same violations about the settings that a user gave, by their names in the configuration, with the command that
 * sets each of them.
 */
export function inSettings(project: string, violations: readonly Violation[]): InvalidArguments {
  // Several arguments are made of the same setting.
  const first = new Map(violations.map((one) => [renamed(one.argument), one] as const).reverse());
  return new InvalidArguments(
    "The stack",
    [...first.values()].reverse().map(({ allowed, argument, cure, value }) => {
      const words = renamed(argument);
      const setting = /^\w+/.exec(words)?.[0] ?? "";
      if (!sameName.has(setting))
        return { argument: words, value, allowed: renamed(allowed), cure: renamed(cure) };
      return {
        argument: `${project}:${words}`,
        value,
        allowed: renamed(allowed),
        cure: `${renamed(cure)} ${command(project, words)}`,
      };
    }),
  );
}

/**
 * Text in which the arguments have the names of their settings; the longest name first, as a name may begin with a
 * shorter name.
 */
function renamed(text: string): string {
  return Object.entries(settingOf)
    .sort(([one], [other]) => other.length - one.length)
    .reduce((before, [argument, setting]) => before.replaceAll(argument, setting), text);
}

function command(project: string, argument: string): string {
  const [, setting = "", index] = /^(\w+)(\[\d+\])?/.exec(argument) ?? [];
  return index === undefined
    ? `Set it with: pulumi config set ${project}:${setting} VALUE`
    : `Set it with: pulumi config set --path '${project}:${setting}${index}' VALUE`;
}
