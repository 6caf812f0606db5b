import * as path from "node:path";
import { build } from "esbuild";
import { plainSchemas } from "./plainSchemas";

const root = path.resolve(__dirname, "..");

/**
 * Ways to credentials that a Lambda function never takes: it gets them in its environment. Left out of the bundle they
 * save a third of the time to load it; should one be asked for after all, the runtime's own SDK has it.
 */
const otherCredentialProviders = ["http", "ini", "login", "process", "sso", "web-identity"].map(
  (name) => `@aws-sdk/credential-provider-${name}`,
);

/** Bundles the handler with its SDK clients into the one file that is uploaded beside the inline callback. */
async function main(): Promise<void> {
  await build({
    entryPoints: [path.join(root, "handler/lambda.ts")],
    outfile: path.join(root, "dist/handler/core.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    minify: true,
    // The SDK's ES modules can be shaken; its CommonJS build cannot.
    mainFields: ["module", "main"],
    external: [...otherCredentialProviders, "@smithy/credential-provider-imds"],
    plugins: [plainSchemas],
    logLevel: "warning",
  });
}

void main();
