import { readFileSync } from "node:fs";
import * as path from "node:path";
import { build, type Plugin } from "esbuild";
import { plainSchemas } from "./plainSchemas";

const root = path.resolve(__dirname, "..");
const entry = path.join(root, "cli/account/index.ts");

/** What belongs to the bundle besides the SDK. */
const bundled = ["cli/account", "handler"].map((folder) => path.join(root, folder) + path.sep);

/** Files of other folders stay files of their own, so that there is one of each in a process. */
const otherFolders: Plugin = {
  name: "other folders",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.?\// }, ({ importer, path: imported, resolveDir }) => {
      if (importer.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
      const file = path.join(resolveDir, imported);
      if (bundled.some((folder) => `${file}${path.sep}`.startsWith(folder))) return undefined;
      const from = path.relative(path.dirname(entry), file).split(path.sep).join("/");
      return { path: from, external: true };
    });
  },
};

/**
 * Bundles the commands on an account with the clients of the SDK, so that who installs the package for its component
 * need not install the SDK.
 */
async function main(): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  await build({
    entryPoints: [entry],
    outfile: path.join(root, "dist/cli/account/index.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    minify: true,
    mainFields: ["module", "main"],
    external: Object.keys(dependencies),
    plugins: [otherFolders, plainSchemas],
    logLevel: "warning",
  });
}

void main();
