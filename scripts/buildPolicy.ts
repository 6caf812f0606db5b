import * as path from "node:path";
import { build } from "esbuild";

const root = path.resolve(__dirname, "..");

/**
 * Bundles the policy pack, which Pulumi would else compile and type check at each start. Packages are left out: they are
 * resolved from where the pack is.
 */
async function main(): Promise<void> {
  await build({
    entryPoints: [path.join(root, "policy/pack.ts")],
    outfile: path.join(root, "dist/policy/pack.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
}

void main();
