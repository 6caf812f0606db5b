import { drawPicture } from "../../cli/picture";
import { rehearse, type RehearsalSettings } from "../../cli/rehearsal/rehearsal";
import { readProject } from "../../evaluate/project";
import { readStack } from "../../stack";
import { root } from "./file";

const usual: RehearsalSettings = {
  transition: "terminate",
  instances: 4,
  scriptSeconds: undefined,
  faults: [],
  seed: "1",
  group: undefined,
};

/** The rehearsals of docs/rehearsals.md, by the name of their picture. */
export const documented: Readonly<Record<string, RehearsalSettings>> = {
  "good-day": usual,
  "script-fails": { ...usual, faults: ["script-fails"] },
  "lost-event": { ...usual, faults: ["lost-hook-event"] },
};

/** Plays them and returns their pictures. */
export async function drawRehearsals(): Promise<Readonly<Record<string, string>>> {
  const { world } = await readStack(readProject(root, "dev"));
  const pictures: Record<string, string> = {};
  for (const [name, settings] of Object.entries(documented))
    pictures[name] = drawPicture(await rehearse(world, settings));
  return pictures;
}
