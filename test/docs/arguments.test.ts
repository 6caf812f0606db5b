import { definitions } from "#arguments";
import assert from "node:assert/strict";
import { components } from "../../scripts/analyze";
import { textOfPages } from "../support/markdown";

describe("the arguments in the pages", () => {
  const words = new Set(textOfPages().match(/\w+/g));

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
