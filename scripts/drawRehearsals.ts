import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { drawPicture } from "../cli/picture";
import { rehearse, type RehearsalSettings } from "../cli/rehearsal/rehearsal";
import { readStack } from "../stack";
import { readProject } from "../evaluate/project";

const root = path.resolve(__dirname, "..");

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
export async function drawDocumented(): Promise<Readonly<Record<string, string>>> {
  const { world } = await readStack(readProject(root, "dev"));
  const pictures: Record<string, string> = {};
  for (const [name, settings] of Object.entries(documented))
    pictures[name] = drawPicture(await rehearse(world, settings));
  return pictures;
}

/** Where a picture is kept. */
export function pictureFile(name: string): string {
  return path.join(root, "docs/pictures", `${name}.svg`);
}

async function main(): Promise<void> {
  mkdirSync(path.join(root, "docs/pictures"), { recursive: true });
  for (const [name, picture] of Object.entries(await drawDocumented()))
    writeFileSync(pictureFile(name), `${picture}\n`);
}

if (require.main === module) void main();
