import assert from "node:assert/strict";
import { Stack, warningsIn } from "./support/stack";

/** A Region of its own, so that other tests do not interfere. */
const region = "eu-central-1";

describe("a stack whose names are as long as they may be, on the real engine", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("names", { program: "longNames", region })));
  after(() => {
    stack.remove();
  });

  it("comes up: AWS takes each name that is made of these names, with every transport, a key and retention", async () => {
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    assert.deepEqual(warningsIn(output), []);
  });

  it("has nothing to do when it is brought up again", async () => {
    const { code, output } = await stack.up("--expect-no-changes");

    assert.equal(code, 0, output);
  });

  it("is destroyed as a whole", async () => {
    const { code, output } = await stack.destroy();

    assert.equal(code, 0, output);
    assert.deepEqual(await stack.resources(), []);
  });
});
