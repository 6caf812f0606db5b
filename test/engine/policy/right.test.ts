import assert from "node:assert/strict";
import { withPolicies } from "../support/policies";
import { Stack, findingsIn } from "../support/stack";

/** Parts of the program, at the least; it names them. */
const fewest = 31;

describe("the policy pack on stacks of other people's kind, without a mistake", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("right", { program: "rightStacks", region: "us-west-2" })));
  after(async () => {
    await stack.destroy();
    stack.remove();
  });

  for (const command of ["preview", "up"] as const) {
    it(`finds nothing in ${command}, though every policy is mandatory`, async () => {
      const { code, output } = await withPolicies(stack, command, { all: "mandatory" });

      assert.equal(code, 0, output);
      assert.match(output, /✅ graceful-asg@v\d+\.\d+\.\d+ \(local: policy\)/);
      assert.deepEqual(findingsIn(output), {});
    });
  }

  it("has looked at all of the parts", async () => {
    const { answer } = await stack.pulumi("stack", "output", "--json");
    const { parts } = JSON.parse(answer) as { parts: readonly string[] };

    assert.ok(parts.length >= fewest, parts.join());
  });
});
