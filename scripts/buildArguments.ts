import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { compile } from "./arguments/compile";
import { readArguments } from "./arguments/read";

const root = path.resolve(__dirname, "..");
const output = path.join(root, "dist/arguments");

/** Folders that decide what the arguments look like, and how that is made into a validator. */
const sources = ["components/arguments", "contract", "scripts/arguments"];

/** Packages that decide it too: arguments have types of the provider, and the others read and write them. */
const packages = [
  "@pulumi/aws",
  "@pulumi/pulumi",
  "ajv",
  "ajv-keywords",
  "fastest-levenshtein",
  "typescript",
];

/**
 * Makes the validator of the arguments from their types, unless nothing has changed since the last time: reading the
 * types takes seconds.
 */
async function main(): Promise<void> {
  const state = stateOfSources();
  const stateFile = path.join(output, "sources.sha256");
  if (existsSync(stateFile) && readFileSync(stateFile, "utf8") === state) return;
  mkdirSync(output, { recursive: true });
  await compile(readArguments(root), output);
  writeFileSync(stateFile, state);
}

function stateOfSources(): string {
  const files = [
    __filename,
    ...sources.flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort(),
    ),
    ...packages.map((name) => path.join(root, "node_modules", name, "package.json")),
  ];
  const hash = createHash("sha256");
  for (const file of files) hash.update(path.relative(root, file)).update(readFileSync(file));
  return hash.digest("hex");
}

void main();
