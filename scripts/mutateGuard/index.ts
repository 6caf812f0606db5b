import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { apply, mutantsOf, type Mutant } from "./mutants";

/** How many copies are tested at a time; most of a test is waiting. */
const copies = 6;

/** A test that takes longer is one that fails, ms. */
const limit = 180_000;

const folder = "components/documents";
const list = "docs/mutation-testing.md";

/** The files of the guard, each with the tests that are about it; they come first, then all others. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  "run-once.sh": ["guard of a run", "guard of a lifecycle action", "step of a document", "places"],
  "run-once.meant.sh": ["metadata service"],
  "run-once.output.sh": ["output of a document"],
  "run-once.process.sh": ["step of a document", "guard of a lifecycle action", "guard of a run", "places"],
  "run-once.script.sh": ["step of a document", "places", "guard of a run", "guard of a lifecycle action"],
  "run-once.sessions.sh": ["waiting for sessions"],
  "run-once.state.sh": ["guard of a lifecycle action", "guard of a run", "places"],
};

type Job = Mutant & { readonly file: string };

/**
 * Changes the text of the guard in a place at a time and runs the tests that are about it, in the shell that is quickest. Fails if a
 * change goes unnoticed that the list does not justify, or if the list justifies a change that is noticed.
 * An argument takes only the files whose names hold it.
 */
async function main(only = ""): Promise<void> {
  const jobs = Object.keys(subjects)
    .filter((file) => file.includes(only))
    .flatMap((file) =>
      mutantsOf(readFileSync(path.join(folder, file), "utf8")).map((mutant) => ({ file, ...mutant })),
    );
  const survivors: string[] = [];
  const left = jobs.values();
  await Promise.all(
    Array.from({ length: copies }, async () => {
      const copy = copyOfRepository();
      try {
        for (const job of left) if (!(await isNoticed(copy, job))) survivors.push(nameOf(job));
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    }),
  );
  judge(jobs, survivors);
}

/** Compares the changes that survived with the list of those that may, both ways. */
function judge(jobs: readonly Job[], survivors: readonly string[]): void {
  const all = new Set(jobs.map(nameOf));
  const files = new Set(jobs.map(({ file }) => file));
  const justified = readList(readFileSync(list, "utf8")).filter((row) => files.has(row.split(": ")[0] ?? ""));
  const complaints = [
    ...survivors
      .filter((one) => !justified.includes(one))
      .map((one) => `no test notices ${one}: write one that does, or say in ${list} why it is harmless`),
    ...justified
      .filter((one) => !survivors.includes(one))
      .map(
        (one) =>
          `${list} lists ${one}, which ${all.has(one) ? "is noticed" : "is no change any more"}: take it out`,
      ),
  ];
  for (const complaint of complaints) console.error(complaint);
  console.log(`${jobs.length} changes, ${survivors.length} survived, ${justified.length} are justified`);
  if (complaints.length > 0) process.exitCode = 1;
}

function readList(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const [, file = "", change = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return file.startsWith("run-once") ? [`${file}: ${plain(change.replaceAll("\\|", "|"))}`] : [];
  });
}

function nameOf({ after, before, file }: Job): string {
  return `${file}: ${plain(before)} → ${plain(after)}`;
}

/** Without backquotes, which mean something to Markdown too. */
function plain(text: string): string {
  return text.replaceAll("`", "").replace(/\s+/g, " ").trim();
}

async function isNoticed(copy: string, job: Job): Promise<boolean> {
  const place = path.join(copy, folder, job.file);
  const text = readFileSync(place, "utf8");
  writeFileSync(place, apply(text, job));
  try {
    for (const subject of subjects[job.file] ?? []) {
      if (await fails(copy, subject)) {
        console.log(`noticed   ${nameOf(job)}`);
        return true;
      }
    }
    console.log(`SURVIVED  ${nameOf(job)}`);
    return false;
  } finally {
    writeFileSync(place, text);
  }
}

/** Whether a test of a subject fails, in dash, which is the quickest. */
function fails(copy: string, subject: string): Promise<boolean> {
  const options = ["--no-config", "--exit", "--bail", "--require", "ts-node/register/transpile-only"];
  const child = spawn(
    process.execPath,
    [
      "node_modules/mocha/bin/mocha.js",
      ...options,
      "--timeout",
      "20000",
      "--fgrep",
      subject,
      "test/documents/dash.test.ts",
    ],
    { cwd: copy, stdio: "ignore", timeout: limit },
  );
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code !== 0);
    });
  });
}

/** The files that git knows or would take, and the packages of this checkout. */
function copyOfRepository(): string {
  const copy = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of listed.split("\n").filter(Boolean)) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    cpSync(file, path.join(copy, file));
  }
  symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"));
  return copy;
}

void main(process.argv[2]);
