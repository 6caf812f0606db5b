import { definitions } from "#arguments";
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { components } from "../../scripts/analyze";
import { root } from "../support/deployment";
import { pages } from "../support/markdown";

describe("the arguments in the pages", () => {
  const text = pages.map((page) => fs.readFileSync(path.join(root, page), "utf8")).join("\n");
  const words = new Set(text.match(/\w+/g));

  for (const [type, { properties = {} }] of Object.entries(definitions)) {
    // The provider's own types are explained in the provider's documentation.
    if (!/Args$|Ref$/.test(type) && !components.includes(type)) continue;
    it(`are all there: ${type}`, () => {
      assert.deepEqual(
        Object.keys(properties).filter((name) => !words.has(name)),
        [],
      );
    });
  }
});
