import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { bugs } from "../scripts/plantedBugs/bugs";
import { root } from "./support/deployment";

const read = (file: string) => readFileSync(path.join(root, file), "utf8");

/** A comment, or a quoted text of three words or more: prose that may be reworded without a change of behaviour. */
const prose = /\/\/|\/\*|^\s*#|(["'`])[^"'`]*[A-Za-z]+ [A-Za-z]+ [A-Za-z]+[^"'`]*\1|\bsay "/m;

describe("planted bugs", () => {
  it("change text that occurs exactly once", () => {
    const lost = bugs.flatMap(({ edits, name }) =>
      edits
        .filter(({ file, find }) => read(file).split(find).length !== 2)
        .map(({ file }) => `${name}: ${file}`),
    );

    assert.deepEqual(lost, []);
  });

  it("quote code, and no sentence that somebody may reword", () => {
    const quoting = bugs.filter(({ edits }) => edits.some(({ find }) => prose.test(find)));

    assert.deepEqual(
      quoting.map(({ name }) => name),
      [],
    );
  });

  it("name a test that has to catch them", () => {
    // Tests of several shells have their titles in other files of the same folder.
    const titlesBeside = (file: string) =>
      readdirSync(path.join(root, path.dirname(file)))
        .filter((name) => name.endsWith(".ts"))
        .map((name) => read(path.join(path.dirname(file), name)))
        .join("\n");
    const unknown = bugs.filter(({ caughtBy: { file, test } }) => {
      const text = titlesBeside(file);
      return !text.includes(test) && !madeTitles(text).some((title) => title.test(test));
    });

    assert.deepEqual(
      unknown.map(({ caughtBy, name }) => `${name}: ${caughtBy.test}`),
      [],
    );
  });

  it("have names of their own", () => {
    assert.equal(new Set(bugs.map(({ name }) => name)).size, bugs.length);
  });
});

/** Titles that a table makes, as `` `is stopped by ${name}` ``. */
function madeTitles(text: string): readonly RegExp[] {
  return [...text.matchAll(/\bit\(\s*`([^`]+)`/g)].map(([, title = ""]) => {
    const parts = title.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".+")}$`);
  });
}
