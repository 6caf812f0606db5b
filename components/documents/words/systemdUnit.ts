import type { TerminateArgs } from "../../arguments";
import { namesIn, several, shellScript, type Word } from "./word";

/** Stops systemd services; systemdUnit.sh says how. */
export const systemdUnit: Word<TerminateArgs> = {
  platform: "Linux",
  use: "systemdUnit for a systemd service",
  script: ({ adjustTimeoutStop = true, systemdUnit: units }, { untilEnd }) =>
    units === undefined
      ? undefined
      : shellScript("systemdUnit.sh", {
          UNITS: unitNames(units).join(" "),
          TIME: untilEnd,
          ADJUST: adjustTimeoutStop ? "yes" : "",
        }),
  does: ({ systemdUnit: units }) =>
    units === undefined ? undefined : `stops the systemd ${several("unit", unitNames(units))}`,
};

/** Names of services as systemd writes them. */
export function unitNames(units: string): string[] {
  return namesIn(units, /\s+/).map((name) => (name.endsWith(".service") ? name : `${name}.service`));
}
