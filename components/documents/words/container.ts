import type { ContainerArgs, TerminateArgs } from "../../arguments";
import { namesIn, several, shellScript, type Word } from "./word";

/** Stops containers; container.sh says how. */
export const container: Word<TerminateArgs> = {
  platform: "Linux",
  use: "container for containers",
  script: ({ container: given }, { untilEnd }) =>
    given === undefined
      ? undefined
      : shellScript("container.sh", {
          NAMES: namesIn(given.name ?? "", /\s+/).join(" "),
          LABEL: given.label ?? "",
          RUNTIME: given.runtime ?? "",
          TIME: untilEnd,
        }),
  does: ({ container: given }) => given && `stops the ${kindOf(given)}${whichOf(given)}`,
};

function kindOf({ runtime }: ContainerArgs): string {
  return runtime === undefined ? "" : `${runtime} `;
}

function whichOf({ label, name = "" }: ContainerArgs): string {
  return label === undefined
    ? several("container", namesIn(name, /\s+/))
    : `containers with the label ${label}`;
}
