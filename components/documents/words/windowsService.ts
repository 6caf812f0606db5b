import type { TerminateArgs } from "../../arguments";
import { namesIn, readWord, several, type Word } from "./word";

/** Left of the time for what the script says when a service does not stop, seconds. */
const lastWords = 2;

/** Stops Windows services; windowsService.ps1 says how. */
export const windowsService: Word<TerminateArgs> = {
  platform: "Windows",
  use: "windowsService for a Windows service",
  script: ({ windowsService: services }, { untilEnd }) =>
    services === undefined
      ? undefined
      : [
          `$Names = @(${serviceNames(services).map(quoted).join(", ")})`,
          `$Time = ${Math.max(1, untilEnd - lastWords)}`,
          readWord("windowsService.ps1"),
        ].join("\n"),
  does: ({ windowsService: services }) =>
    services === undefined ? undefined : `stops the Windows ${several("service", serviceNames(services))}`,
};

/** Names of services, which may contain blanks. */
export function serviceNames(services: string): string[] {
  return namesIn(services, /\s*,\s*/).map((name) => name.trim());
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
