import { existsSync } from "node:fs";
import type { Constraint } from "../components/constraints";
import { outside } from "../timing";
import { scriptPath } from "./scripts";

/** The configuration as far as the components do not check it. */
export interface SettingsGiven {
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
  readonly listener: { readonly port: number; readonly certificateArn: string | undefined };
  readonly healthPath: string;
  readonly userDataFile: string;
}

/** What a stack cannot be configured to. */
export const settingsConstraints = {
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
    outside("listenerPort", port, { min: 1, max: 65_535 }, "", "80 is usual, or 443 with a certificate."),
  healthPath: ({ healthPath }) =>
    healthPath.startsWith("/")
      ? []
      : [
          {
            argument: "healthPath",
            value: healthPath,
            allowed: "a path that begins with /",
            cure: "Give the path that the application answers with 200 when it is ready.",
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
} satisfies Record<string, Constraint<SettingsGiven>>;
