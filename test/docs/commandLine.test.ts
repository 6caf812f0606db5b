import assert from "node:assert/strict";
import { createCommandLine } from "../../cli/commandLine";
import { textOfPages } from "../support/markdown";

describe("the command line in the pages", () => {
  const text = textOfPages();

  for (const command of createCommandLine().commands) {
    it(`has graceful-asg ${command.name()} with all its options`, () => {
      assert.match(text, new RegExp(`\\bgraceful-asg ${command.name()}\\b`));
      const missing = command.options.flatMap(({ long }) => (long && text.includes(long) ? [] : [long]));
      assert.deepEqual(missing, []);
    });
  }
});
