import assert from "node:assert/strict";
import { itFindsNothingIn } from "../support/policies";
import { Stack } from "../support/stack";

/** The least number of parts that the program names. */
const fewest = 31;

describe("the policy pack on plain stacks without a mistake", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("right", { program: "rightStacks", region: "us-west-2" })));
  after(async () => {
    await stack.destroy();
    stack.remove();
  });

  itFindsNothingIn(() => stack);

  it("has looked at all parts of the stacks", async () => {
    const { answer } = await stack.pulumi("stack", "output", "--json");
    const { parts } = JSON.parse(answer) as { parts: readonly string[] };

    assert.ok(parts.length >= fewest, parts.join());
  });
});
