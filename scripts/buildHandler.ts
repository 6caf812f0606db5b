import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { build, type Plugin } from "esbuild";

const root = path.resolve(__dirname, "..");

/**
 * Ways to credentials that a Lambda function never takes: it gets them in its environment. Left out of the bundle they
 * save a third of the time to load it; should one be asked for after all, the runtime's own SDK has it.
 */
const otherCredentialProviders = ["http", "ini", "login", "process", "sso", "web-identity"].map(
  (name) => `@aws-sdk/credential-provider-${name}`,
);

/**
 * Writes the computed keys of the SDK's schemas as they are. The values are constants, but esbuild cannot know that, and
 * so keeps the schemas of all calls: for EC2 alone half a megabyte that the function would load at each cold start.
 */
const plainSchemas: Plugin = {
  name: "plain schemas",
  setup: ({ onLoad }) => {
    onLoad({ filter: /@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      const constants = new Map(
        [...text.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name = "", value = ""]) => [name, value]),
      );
      const plain = text.replaceAll(/\[(_\w+)\]:/g, (key, name: string) =>
        constants.has(name) ? `${constants.get(name) ?? ""}:` : key,
      );
      return { contents: plain };
    });
  },
};

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
