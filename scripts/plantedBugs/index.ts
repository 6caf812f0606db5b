import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import colors from "picocolors";
import { Command } from "commander";
import type { Bug } from "./bug";
import { bugs as all } from "./bugs";

/**
 * Plants each bug in a copy of the repository, one copy for each core, and runs the test that has to notice it. Fails if
 * one goes unnoticed, or if a test fails without any bug. Prints a table.
 */
async function main(): Promise<void> {
  const { only } = new Command("bugs")
    .description("Plants bugs in a copy of the repository and sees that a test notices each.")
    .option("--only <names...>", "bugs whose names hold one of these texts; all if not given")
    .parse()
    .opts<{ readonly only?: readonly string[] }>();
  const bugs = all.filter(({ name }) => only?.some((text) => name.includes(text)) ?? true);
  if (bugs.length === 0) throw new Error(`no planted bug has ${only?.join(" or ") ?? ""} in its name`);
  const copies = Array.from({ length: Math.min(availableParallelism(), bugs.length) }, () =>
    mkdtempSync(path.join(tmpdir(), "graceful-asg-")),
  );
  try {
    for (const copy of copies) copyRepository(copy);
    await Promise.all(copies.map(build));
    const tests = new Map(bugs.map(({ caughtBy }) => [nameOf(caughtBy), caughtBy]));
    const fit = new Set<string>();
    await shareOut(copies, [...tests], async (copy, [name, test]) => {
      if (await isFit(copy, test)) fit.add(name);
    });
    const noticed = new Set<Bug>();
    await shareOut(copies, bugs, async (copy, bug) => {
      if (fit.has(nameOf(bug.caughtBy)) && (await isNoticed(copy, bug))) noticed.add(bug);
    });
    const unnoticed = bugs.filter((bug) => !noticed.has(bug));
    for (const { caughtBy, name } of unnoticed) console.log(`\nnot caught: ${name} by ${nameOf(caughtBy)}`);
    console.log(`\n${noticed.size} of ${bugs.length} planted bugs are caught`);
    if (unnoticed.length > 0) process.exitCode = 1;
  } finally {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true });
  }
}

/** Does all items, each in one of the copies, as soon as a copy is free. */
async function shareOut<Item>(
  copies: readonly string[],
  items: readonly Item[],
  work: (copy: string, item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    copies.map(async (copy) => {
      for (const item of queue) await work(copy, item);
    }),
  );
}

function nameOf({ file, test }: Bug["caughtBy"]): string {
  return `${file}: ${test}`;
}

/** Whether there is such a test, and it passes as long as there is no bug: else its failure would prove nothing. */
async function isFit(copy: string, test: Bug["caughtBy"]): Promise<boolean> {
  const { failed, passed } = await run(copy, test);
  const fit = !failed && passed === 1;
  if (!fit) console.log(`${colors.red("unfit")}   ${passed} tests pass without a bug: ${nameOf(test)}`);
  return fit;
}

async function isNoticed(copy: string, { caughtBy, edits, name }: Bug): Promise<boolean> {
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
    await build(copy);
    const { failed } = await run(copy, caughtBy);
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

async function build(copy: string): Promise<void> {
  await promisify(execFile)("npm", ["run", "--silent", "build:handler"], { cwd: copy });
}

async function run(
  copy: string,
  { file, test }: Bug["caughtBy"],
): Promise<{ readonly failed: boolean; readonly passed: number }> {
  const options = [
    "--require",
    "ts-node/register/transpile-only",
    "--node-option",
    "unhandled-rejections=strict",
  ];
  const limits = ["--timeout", "60000", "--fgrep", test];
  const args = ["mocha", "--no-config", ...options, ...limits, file];
  const { status, stdout } = await new Promise<{ status: number; stdout: string }>((resolve) => {
    execFile("npx", args, { cwd: copy, maxBuffer: Infinity }, (error, text) => {
      resolve({ status: error === null ? 0 : 1, stdout: text });
    });
  });
  const passed = Number(/(\d+) passing/.exec(stdout)?.[1] ?? 0);
  return { failed: status !== 0 && /\d+ failing/.test(stdout), passed };
}

void main();
