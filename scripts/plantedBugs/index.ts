import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import colors from "picocolors";
import { Command } from "commander";
import type { Bug } from "./bug";
import { bugs as all } from "./bugs";

/**
 * Plants each bug in a copy of the repository and runs the test that has to notice it. Fails if one goes unnoticed, or
 * if a test fails without any bug. Prints a table.
 */
function main(): void {
  const { only } = new Command("bugs")
    .description("Plants bugs in a copy of the repository and sees that a test notices each.")
    .option("--only <names...>", "bugs whose names hold one of these texts; all if not given")
    .parse()
    .opts<{ readonly only?: readonly string[] }>();
  const bugs = all.filter(({ name }) => only?.some((text) => name.includes(text)) ?? true);
  if (bugs.length === 0) throw new Error(`no planted bug has ${only?.join(" or ") ?? ""} in its name`);
  const copy = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  try {
    copyRepository(copy);
    build(copy);
    const tests = new Map(bugs.map(({ caughtBy }) => [nameOf(caughtBy), caughtBy]));
    const unfit = new Set([...tests].filter(([, one]) => !isFit(copy, one)).map(([name]) => name));
    const noticed = bugs.filter((bug) => !unfit.has(nameOf(bug.caughtBy)) && isNoticed(copy, bug));
    console.log(`\n${noticed.length} of ${bugs.length} planted bugs are caught`);
    if (noticed.length < bugs.length) process.exitCode = 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function nameOf({ file, test }: Bug["caughtBy"]): string {
  return `${file}: ${test}`;
}

/** Whether there is such a test, and it passes as long as there is no bug: else its failure would prove nothing. */
function isFit(copy: string, test: Bug["caughtBy"]): boolean {
  const { failed, passed } = run(copy, test);
  const fit = !failed && passed === 1;
  if (!fit) console.log(`${colors.red("unfit")}   ${passed} tests pass without a bug: ${nameOf(test)}`);
  return fit;
}

function isNoticed(copy: string, { caughtBy, edits, name }: Bug): boolean {
  const before = edits.map(({ file }) => [file, readFileSync(path.join(copy, file), "utf8")] as const);
  try {
    for (const { file, find, replace } of edits) {
      const place = path.join(copy, file);
      const text = readFileSync(place, "utf8");
      if (text.split(find).length !== 2) throw new Error(`${name}: ${file} has not exactly one ${find}`);
      writeFileSync(
        place,
        text.replace(find, () => replace),
      );
    }
    build(copy);
    const { failed } = run(copy, caughtBy);
    const result = failed ? colors.green("caught") : colors.red("missed");
    console.log(`${result}  ${name.padEnd(52)}  ${nameOf(caughtBy)}`);
    return failed;
  } finally {
    for (const [file, text] of before) writeFileSync(path.join(copy, file), text);
  }
}

/** The files that git knows or would take, and the packages of this checkout. */
function copyRepository(copy: string): void {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of listed.split("\n").filter(Boolean)) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    cpSync(file, path.join(copy, file));
  }
  symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"));
}

function build(copy: string): void {
  execFileSync("npm", ["run", "--silent", "build:handler"], {
    cwd: copy,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

function run(
  copy: string,
  { file, test }: Bug["caughtBy"],
): { readonly failed: boolean; readonly passed: number } {
  const options = [
    "--require",
    "ts-node/register/transpile-only",
    "--node-option",
    "unhandled-rejections=strict",
  ];
  const limits = ["--timeout", "60000", "--fgrep", test];
  const { status, stdout } = spawnSync("npx", ["mocha", "--no-config", ...options, ...limits, file], {
    cwd: copy,
    encoding: "utf8",
  });
  const passed = Number(/(\d+) passing/.exec(stdout)?.[1] ?? 0);
  return { failed: status !== 0 && /\d+ failing/.test(stdout), passed };
}

main();
