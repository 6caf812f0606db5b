import { exitCodes, type Platform } from "../../contract";

/** A shell of Run Command: the agent's plugin, and the command that writes a line. */
interface Shell {
  readonly action: string;
  readonly echo: string;
}

const sh: Shell = { action: "aws:runShellScript", echo: "echo" };

/** The shell of each platform. */
export const shells: Readonly<Record<Platform, Shell>> = {
  Linux: sh,
  MacOS: sh,
  Windows: { action: "aws:runPowerShellScript", echo: "Write-Output" },
};

/** The text of a step for a platform that a group has no script for: a failure with a clear message. */
export function noScriptOn(platform: Platform): string[] {
  const message = "graceful-asg: this group has no script for this platform";
  return [`${shells[platform].echo} '${message}'`, `exit ${exitCodes.scriptFailed}`];
}
