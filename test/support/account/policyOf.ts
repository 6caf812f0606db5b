import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Statement } from "../../../simulator/iam";
import { root } from "../deployment";

/** The statements that docs/operators.md gives for a command, by the heading of the command's section. */
export function policyOf(heading: string): readonly (Statement & { readonly Action: readonly string[] })[] {
  const page = readFileSync(path.join(root, "docs/operators.md"), "utf8");
  const section = new RegExp(`^## ${heading}\\n([^]*?)(?=^## |$(?![^]))`, "m").exec(page)?.[1] ?? "";
  const [, policy] = /```json\n(\{\n {2}"Version"[^]*?)```/.exec(section) ?? [];
  if (policy === undefined) throw new Error(`docs/operators.md has no policy under ${heading}`);
  const filled = policy.replaceAll("ACCOUNT", "123456789012").replaceAll("REGION", "us-east-1");
  const { Statement: statements } = JSON.parse(filled) as {
    readonly Statement: readonly (Statement & { readonly Action: readonly string[] })[];
  };
  return statements;
}

/** The same statements without one action. */
export function without(
  statements: ReturnType<typeof policyOf>,
  action: string,
): ReturnType<typeof policyOf> {
  return statements.map((one) => ({ ...one, Action: one.Action.filter((name) => name !== action) }));
}
