import assert from "node:assert/strict";
import { itFindsNothingIn } from "../support/policies";
import { Stack } from "../support/stack";

/** Parts of the program, at the least; it names them. */
const fewest = 31;

describe("the policy pack on stacks of other people's kind, without a mistake", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("right", { program: "rightStacks", region: "us-west-2" })));
  after(async () => {
    await stack.destroy();
    stack.remove();
  });

  itFindsNothingIn(() => stack);

  it("has looked at all of the parts", async () => {
    const { answer } = await stack.pulumi("stack", "output", "--json");
    const { parts } = JSON.parse(answer) as { parts: readonly string[] };

    assert.ok(parts.length >= fewest, parts.join());
  });
});
