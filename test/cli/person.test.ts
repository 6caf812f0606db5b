import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { root } from "../support/deployment";

/** What is printed of a question and what follows it, where somebody types something and ends the input. */
function asked(typed: string): string {
  const program =
    'require("./cli/person").personAtConsole().confirm("Go on? ").then((answer) => console.log("answer:", answer))';
  const { stderr, stdout } = spawnSync(
    process.execPath,
    ["--require", "ts-node/register/transpile-only", "--eval", program],
    { cwd: root, encoding: "utf8", input: typed },
  );
  assert.equal(stderr, "");
  return stdout;
}

describe("a person who is asked", () => {
  for (const [typed, answer] of [
    ["y\n", "Go on? answer: true\n"],
    ["Yes \n", "Go on? answer: true\n"],
    ["n\n", "Go on? answer: false\n"],
    ["\n", "Go on? answer: false\n"],
  ] as const)
    it(`agrees only with a yes: ${JSON.stringify(typed)}`, () => {
      assert.equal(asked(typed), answer);
    });

  it("does not agree without an answer, and what follows begins on a line of its own", () => {
    assert.equal(asked(""), "Go on? \nanswer: false\n");
  });
});
