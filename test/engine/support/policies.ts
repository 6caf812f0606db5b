import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { findingsIn, type Said, type Stack } from "./stack";

/** Runs a stack with the pack and the given configuration. */
export async function withPolicies(
  stack: Stack,
  command: "preview" | "up",
  configuration: object,
): Promise<Said> {
  writeFileSync(path.join(stack.folder, "policies.json"), JSON.stringify(configuration));
  return stack[command]("--policy-pack", "policy", "--policy-pack-config", "policies.json");
}

/** Tests that the pack finds nothing in a stack where every policy is mandatory. */
export function itFindsNothingIn(stack: () => Stack): void {
  for (const command of ["preview", "up"] as const) {
    it(`finds nothing in ${command}, though every policy is mandatory`, async () => {
      const { code, output } = await withPolicies(stack(), command, { all: "mandatory" });

      assert.equal(code, 0, output);
      assert.match(output, /✅ graceful-asg@v\d+\.\d+\.\d+ \(local: policy\)/);
      assert.deepEqual(findingsIn(output), {});
    });
  }
}
