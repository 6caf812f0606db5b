import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { commandBlocks, plannedBlocks } from "../support/commands";
import { root } from "../support/deployment";

describe("blocks of commands in the pages", () => {
  const planned = plannedBlocks();
  const nameOf = ({ line, page }: { line: number; page: string }) => `${page}:${line}`;

  it("are all run by a test or a part of .ci/run, or named with the reason why not", () => {
    assert.deepEqual(planned.map(({ block }) => nameOf(block)).sort(), commandBlocks().map(nameOf).sort());
  });

  it("are run by parts that .ci/run has", () => {
    const script = readFileSync(path.join(root, ".ci/run"), "utf8");
    const parts = new Set([...script.matchAll(/^part (\S+) /gm)].map(([, name]) => name));
    const named = planned.flatMap(({ plan }) => (plan.kind === "part" ? plan.parts : []));

    for (const part of [...named, "commands"]) assert.ok(parts.has(part), part);
  });
});
