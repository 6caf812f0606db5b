import { existsSync } from "node:fs";
import type { Violation } from "../components";
import { scriptPath } from "./scripts";

/** The configuration as far as the components do not check it. */
export interface SettingsGiven {
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
  readonly listener: { readonly port: number; readonly certificateArn: string | undefined };
  readonly userDataFile: string;
  readonly terminateUnit: string | undefined;
  readonly terminateScript: string | undefined;
}

/** Checks of the configuration of a stack. */
export const settingsChecks = {
  network: ({ subnetIds, vpcId }) =>
    (vpcId === undefined) === (subnetIds.length === 0)
      ? []
      : [
          {
            argument: vpcId === undefined ? "vpcId" : "subnetIds",
            value: undefined,
            allowed: `given along with ${vpcId === undefined ? "subnetIds" : "vpcId"}`,
            cure: "Give both, or neither for the account's default VPC.",
          },
        ],
  listenerPort: ({ listener: { port } }) =>
    Number.isInteger(port) && port >= 1 && port <= 65_535
      ? []
      : [
          {
            argument: "listenerPort",
            value: port,
            allowed: "a whole number from 1 to 65535",
            cure: "80 is usual, or 443 with a certificate.",
          },
        ],
  certificateArn: ({ listener: { certificateArn } }) =>
    certificateArn === undefined || /^arn:aws[\w-]*:(acm|iam):\S*:\d{12}:\S+$/.test(certificateArn)
      ? []
      : [
          {
            argument: "certificateArn",
            value: certificateArn,
            allowed: "the ARN of a certificate, arn:...:acm:...:...:certificate/...",
            cure: "Give it as Certificate Manager shows it, or leave it empty for plain HTTP.",
          },
        ],
  userDataFile: ({ userDataFile }) =>
    userDataFile === "" || existsSync(scriptPath(userDataFile))
      ? []
      : [
          {
            argument: "userDataFile",
            value: userDataFile,
            allowed: "a file, relative to the folder of Pulumi.yaml",
            cure: "Create it, or set it to an empty text for none.",
          },
        ],
  unitOrScript: ({ terminateScript, terminateUnit }) =>
    (terminateUnit === undefined) !== (terminateScript === undefined)
      ? []
      : [
          {
            argument: terminateUnit === undefined ? "terminateUnit" : "terminateScript",
            value: terminateUnit === undefined ? undefined : terminateScript,
            allowed:
              terminateUnit === undefined
                ? "given, unless terminateScript is given"
                : "given along with an empty terminateUnit",
            cure: "Give either the unit that is the application, or a script that stops it; an empty text counts as not given.",
          },
        ],
} satisfies Record<string, (given: SettingsGiven) => Violation[]>;

/** Finds everything that is wrong with a configuration by itself. */
export function settingsViolations(given: SettingsGiven): Violation[] {
  const checks: readonly ((given: SettingsGiven) => Violation[])[] = Object.values(settingsChecks);
  return checks.flatMap((find) => find(given));
}
