import { readFileSync } from "node:fs";
import * as path from "node:path";
import { root } from "../deployment";
import { statementsOf, type PolicyStatement } from "../iam/policy";

/** Values for the placeholders in the policies of docs/permissions.md. */
export interface Placeholders {
  readonly account: string;
  readonly region: string;
  /** Beginnings of the components' names; the policies hold for each beginning. */
  readonly names: readonly string[];
}

/** The policies of docs/permissions.md by their heading, with a number from the second policy of a heading on. */
export function deployerPolicies(): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(root, "docs/permissions.md"), "utf8");
  const found = new Map<string, string>();
  for (const [, heading = "", section = ""] of text.matchAll(/^## (.*)\n([^]*?)(?=^## |$(?![^]))/gm)) {
    [...section.matchAll(/```json\n([^]*?)```/g)].forEach(([, policy = ""], index) =>
      found.set(index === 0 ? heading : `${heading} ${index + 1}`, policy),
    );
  }
  return found;
}

/** The statements of a policy for a deployer with these names. */
export function filledIn(policy: string, { account, names, region }: Placeholders): PolicyStatement[] {
  return names.flatMap((name) => {
    const text = policy.replaceAll("ACCOUNT", account).replaceAll("REGION", region).replaceAll("NAME", name);
    return statementsOf(text) ?? [];
  });
}
