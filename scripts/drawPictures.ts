import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { drawDashboard } from "./pictures/dashboard";
import { pictureFile } from "./pictures/file";
import { drawRehearsals } from "./pictures/rehearsals";

/** Draws all pictures of the docs. */
async function main(): Promise<void> {
  const pictures = { ...(await drawRehearsals()), dashboard: await drawDashboard() };
  for (const [name, picture] of Object.entries(pictures)) {
    mkdirSync(path.dirname(pictureFile(name)), { recursive: true });
    writeFileSync(pictureFile(name), `${picture}\n`);
  }
}

void main();
