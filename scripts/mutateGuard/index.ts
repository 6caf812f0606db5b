import { readFileSync } from "node:fs";
import pLimit from "p-limit";
import { readParts } from "../../components/documents/parts";
import { guard } from "../../test/documents/guard";
import type { Case } from "../../test/support/cases";
import { Machine } from "../../test/support/shells";
import { apply, mutantsOf, type Mutant } from "./mutants";

/** How many changes are tested at a time, and how many tests of each. Most of a test is waiting. */
const changesAtATime = 3;
const testsAtATime = 5;

/** A test that takes longer is one that fails, ms. */
const patience = 40_000;

const list = "docs/mutation-testing.md";

/** The shell that is quickest. */
const shell = { name: "dash", interpreter: "/bin/dash" };

/** The parts of the guard, each with the tests that are about it. */
const subjects: Readonly<Record<string, readonly (keyof typeof guard)[]>> = {
  "": ["step", "once", "cutOff", "places"],
  meant: ["meant"],
  output: ["output"],
  process: ["step", "once", "cutOff", "places"],
  script: ["step", "places", "output"],
  sessions: ["sessions", "output"],
  state: ["once", "cutOff", "places"],
};

interface Test extends Case {
  /** How many changes it has noticed. */
  noticed: number;
  /** How long it takes, ms. */
  took: number;
}

interface Job extends Mutant {
  readonly part: string;
  readonly text: string;
}

/**
 * Changes the text of the guard in a place at a time and runs the tests that are about it. Fails if a change goes unnoticed that
 * the list does not justify, or if the list justifies a change that is noticed. An argument takes only the parts that are named so.
 */
async function main(only?: string): Promise<void> {
  const parts = Object.keys(subjects).filter((part) => only === undefined || part === only);
  const whole = readParts("sh", Object.keys(subjects)).join("\n");
  const jobs = parts.flatMap((part) => {
    const [text = ""] = readParts("sh", [part]);
    return mutantsOf(text, whole).map((mutant): Job => ({ ...mutant, part, text }));
  });
  const justified = readList(readFileSync(list, "utf8")).filter((row) =>
    parts.some((part) => row.startsWith(`${fileOf(part)}: `)),
  );
  const tests = await timeTests(new Set(parts.flatMap((part) => subjects[part] ?? [])));
  const survivors = new Set<string>();
  const limit = pLimit(changesAtATime);
  const test = async (job: Job) => {
    const isNoticed = () => notices(tests(subjects[job.part] ?? []), job);
    // A busy computer may fail a test; a change that is harmless does not fail two.
    const isSeen = (await isNoticed()) && (!justified.includes(nameOf(job)) || (await isNoticed()));
    if (!isSeen) survivors.add(nameOf(job));
    console.log(`${isSeen ? "noticed " : "SURVIVED"}  ${nameOf(job)}`);
  };
  await Promise.all(jobs.map((job) => limit(test, job)));
  judge(jobs, survivors, justified);
}

/** Runs the tests on a guard that nobody has changed, and takes their time. */
async function timeTests(names: ReadonlySet<keyof typeof guard>) {
  const limit = pLimit(2 * testsAtATime);
  const all = new Map<string, readonly Test[]>();
  for (const name of names) {
    const possible = guard[name].cases.filter(({ isPossible }) => isPossible);
    all.set(
      name,
      possible.map((test) => ({ ...test, noticed: 0, took: 0 })),
    );
  }
  const late: Test[] = [];
  const passes = async (test: Test) => {
    const began = Date.now();
    const isFailed = await fails(test, new Machine(shell));
    test.took = Date.now() - began;
    return !isFailed;
  };
  await Promise.all(
    [...all.values()].flat().map((test) =>
      limit(async () => {
        if (!(await passes(test))) late.push(test);
      }),
    ),
  );
  // Beside others, a test may have been too late.
  for (const test of late) {
    if (!(await passes(test)))
      throw new Error(`The guard must pass its tests before it is changed; "${test.title}" fails.`);
  }
  return (names: readonly string[]) => names.flatMap((name) => all.get(name) ?? []);
}

/** Whether a test notices a change. Those that notice much, and those that are quick, come first. */
async function notices(tests: readonly Test[], { part, text, ...mutant }: Job): Promise<boolean> {
  const change = (document: string) => {
    if (!document.includes(text)) throw new Error(`The document does not hold ${fileOf(part)}.`);
    return document.replace(text, () => apply(text, { ...mutant }));
  };
  const inOrder = [...tests].sort((one, other) => other.noticed - one.noticed || one.took - other.took);
  const machines = new Set<Machine>();
  const limit = pLimit(testsAtATime);
  const noticing: Test[] = [];
  await Promise.all(
    inOrder.map((test) =>
      limit(async () => {
        if (noticing.length > 0) return;
        const machine = new Machine(shell, change);
        machines.add(machine);
        const isFailed = await fails(test, machine);
        machines.delete(machine);
        if (!isFailed) return;
        noticing.push(test);
        // The others end at once, as their machines are gone.
        for (const other of machines) other.remove();
      }),
    ),
  );
  const [first] = noticing;
  if (first !== undefined) first.noticed += 1;
  return first !== undefined;
}

/** Whether a test fails on a machine, or takes too long. */
async function fails({ run }: Case, machine: Machine): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience, true);
    machine.atEnd(() => {
      resolve(true);
    });
  });
  const isFailed = run(machine).then(
    () => false,
    () => true,
  );
  try {
    return await Promise.race([isFailed, end]);
  } finally {
    clearTimeout(timer);
    machine.remove();
  }
}

/** Compares the changes that survived with the list of those that may, both ways. */
function judge(jobs: readonly Job[], survivors: ReadonlySet<string>, justified: readonly string[]): void {
  const all = new Set(jobs.map(nameOf));
  const complaints = [
    ...[...survivors]
      .filter((one) => !justified.includes(one))
      .map((one) => `no test notices ${one}: write one that does, or say in ${list} why it is harmless`),
    ...justified
      .filter((one) => !survivors.has(one))
      .map(
        (one) =>
          `${list} lists ${one}, which ${all.has(one) ? "is noticed" : "is no change any more"}: take it out`,
      ),
  ];
  for (const complaint of complaints) console.error(complaint);
  console.log(`${jobs.length} changes, ${survivors.size} survived, ${justified.length} are justified`);
  process.exit(complaints.length > 0 ? 1 : 0);
}

function readList(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const [, file = "", change = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return plain(file).startsWith("run-once")
      ? [`${plain(file)}: ${plain(change.replaceAll("\\|", "|"))}`]
      : [];
  });
}

function nameOf({ after, before, part }: Job): string {
  return `${fileOf(part)}: ${plain(before)} → ${plain(after)}`;
}

function fileOf(part: string): string {
  return `run-once${part && `.${part}`}.sh`;
}

/** Without backquotes, which mean something to Markdown too. */
function plain(text: string): string {
  return text.replaceAll("`", "").replace(/\s+/g, " ").trim();
}

void main(process.argv[2]);
