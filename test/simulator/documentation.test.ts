import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { pictureFile } from "../../scripts/pictures/file";
import { documented, drawRehearsals } from "../../scripts/pictures/rehearsals";
import { root } from "../support/deployment";

describe("the page about rehearsals", function () {
  this.timeout(30_000);

  it("shows pictures as a rehearsal draws them today", async () => {
    for (const [name, picture] of Object.entries(await drawRehearsals())) {
      const isSame = readFileSync(pictureFile(name), "utf8") === `${picture}\n`;
      assert.ok(isSame, `${name}.svg is not what a rehearsal draws: npm run docs:pictures`);
    }
  });

  it("shows all pictures", () => {
    const page = readFileSync(path.join(root, "docs/rehearsals.md"), "utf8");

    for (const name of Object.keys(documented)) assert.ok(page.includes(`(pictures/${name}.svg)`), name);
  });
});
