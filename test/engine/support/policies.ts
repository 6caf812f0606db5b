import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Said, Stack } from "./stack";

/** Runs a stack with the pack, configured as it is said. */
export async function withPolicies(
  stack: Stack,
  command: "preview" | "up",
  configuration: object,
): Promise<Said> {
  writeFileSync(path.join(stack.folder, "policies.json"), JSON.stringify(configuration));
  return stack[command]("--policy-pack", "policy", "--policy-pack-config", "policies.json");
}
