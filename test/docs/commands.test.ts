import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { commandBlocks, handledBlocks } from "../support/commands";
import { root } from "../support/deployment";

describe("blocks of commands in the pages", () => {
  const handled = handledBlocks();
  const nameOf = ({ line, page }: { line: number; page: string }) => `${page}:${line}`;

  it("are all run by a test or a part of .ci/run, or named with the reason why not", () => {
    assert.deepEqual(handled.map(({ block }) => nameOf(block)).sort(), commandBlocks().map(nameOf).sort());
  });

  it("are run by parts that .ci/run has", () => {
    const script = readFileSync(path.join(root, ".ci/run"), "utf8");
    const parts = new Set(
      [...script.matchAll(/^(?:engine_part )?(?:part|begin) (\S+) /gm)].map(([, name]) => name),
    );
    const named = handled.flatMap(({ handling }) => (handling.kind === "part" ? handling.parts : []));

    for (const part of [...named, "commands"]) assert.ok(parts.has(part), part);
  });
});
