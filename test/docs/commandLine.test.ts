import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { createCommandLine } from "../../cli/commandLine";
import { root } from "../support/deployment";
import { pages } from "../support/markdown";

describe("the command line in the pages", () => {
  const text = pages.map((page) => fs.readFileSync(path.join(root, page), "utf8")).join("\n");

  for (const command of createCommandLine().commands) {
    it(`has graceful-asg ${command.name()} with all its options`, () => {
      assert.match(text, new RegExp(`\\bgraceful-asg ${command.name()}\\b`));
      const missing = command.options.flatMap(({ long }) => (long && text.includes(long) ? [] : [long]));
      assert.deepEqual(missing, []);
    });
  }
});
