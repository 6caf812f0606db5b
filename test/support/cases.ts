import pLimit from "p-limit";
import { isThere, Machine, type Shell } from "./shells";

/** A test on a machine of its own, so that any number of tests can run at a time: most of a test is waiting. */
export interface Case {
  readonly title: string;
  /** Whether the test can run on this computer. */
  readonly isPossible: boolean;
  readonly run: (machine: Machine) => Promise<void>;
}

/** Tests of one subject, for any shell. */
export interface Subject {
  readonly title: string;
  readonly cases: readonly Case[];
}

interface Add<Given> {
  (title: string, test: (given: Given) => Promise<void>): void;
  /** Adds a test that needs something of this computer. */
  where(isPossible: boolean, title: string, test: (given: Given) => Promise<void>): void;
}

/** Collects the tests of a subject; each test gets the value that `givenOn` makes of its machine. */
export function subject<Given>(
  title: string,
  givenOn: (machine: Machine) => Given,
  collect: (it: Add<Given>) => void,
): Subject {
  const cases: Case[] = [];
  const where: Add<Given>["where"] = (isPossible, title, test) => {
    cases.push({ title, isPossible, run: (machine) => test(givenOn(machine)) });
  };
  collect(
    Object.assign(
      (...test: Parameters<Add<Given>>) => {
        where(true, ...test);
      },
      { where },
    ),
  );
  return { title, cases };
}

/** How many tests of a shell run at a time; more tests only slow each other down. */
const atATime = 8;

/** Runs the tests of a subject in a shell. All tests start with the first test. */
export function describeIn(shell: Shell, { cases, title }: Subject): void {
  const isHere = process.platform === "linux" && isThere(shell.interpreter);
  (isHere ? describe : describe.skip)(`${title} in ${shell.name}`, function () {
    this.timeout(60_000);
    let ends: readonly Promise<void>[] = [];
    before(() => {
      const limit = pLimit(atATime);
      ends = cases.map(({ isPossible, run }) =>
        isPossible ? limit(() => runOn(shell, run)) : Promise.resolve(),
      );
      // Mocha gets the end of each test in its turn.
      for (const end of ends) end.catch(() => undefined);
    });
    for (const [index, { isPossible, title }] of cases.entries()) {
      (isPossible ? it : it.skip)(title, () => ends[index]);
    }
  });
}

async function runOn(shell: Shell, run: Case["run"]): Promise<void> {
  const machine = new Machine(shell);
  try {
    await run(machine);
  } finally {
    machine.remove();
  }
}
