import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { checkReport, entryPoints } from "../../scripts/api/report";
import { componentSchema, root } from "../../scripts/api/schema";

describe("the public interface", () => {
  for (const name of Object.keys(entryPoints) as (keyof typeof entryPoints)[]) {
    it(`has no ${name} but those of api/${name}.api.md, and documents each`, () => {
      assert.deepEqual(checkReport(name, { update: false }), []);
    });
  }

  it("has the components of api/schema.json for other languages", () => {
    const checkedIn = fs.readFileSync(path.join(root, "api/schema.json"), "utf8");

    assert.equal(componentSchema(), checkedIn, "If the change is meant, run npm run api.");
  });
});
