import { readFileSync } from "node:fs";
import * as path from "node:path";

const root = path.resolve(__dirname, "../..");
const list = "docs/mutation-testing.md";
const report = "reports/mutation.json";

/** A change of the code that no test notices, as file, original text and changed text. */
type Mutant = string;

/** Compares the mutants that survived with the list of those that may, both ways. */
function main(): void {
  const justified = readList(readFileSync(path.join(root, list), "utf8"));
  const mutants = readReport(JSON.parse(readFileSync(path.join(root, report), "utf8")) as Report);
  const survived = namesOf(mutants, "Survived", "NoCoverage");
  // A machine that has much else to do takes a harmless change for one that hangs.
  const unnoticed = [...survived, ...namesOf(mutants, "Timeout")];
  const complaints = [
    ...survived
      .filter((one) => !justified.includes(one))
      .map((one) => `no test notices ${one}: write one that does, or say in ${list} why it is harmless`),
    ...justified
      .filter((one) => !unnoticed.includes(one))
      .map((one) => `${list} lists ${one}, which does not survive any more: take it out`),
  ];
  for (const complaint of complaints) console.error(complaint);
  console.log(`${survived.length} mutants survived, ${justified.length} are justified`);
  if (complaints.length > 0) process.exitCode = 1;
}

/** The rows of the table: file, change, reason. Those of the guard are looked at where the guard is changed. */
function readList(text: string): Mutant[] {
  return text.split("\n").flatMap((line) => {
    const [, file = "", change = ""] = line.split(/(?<!\\)\|/);
    const [before, after] = change.replaceAll("\\|", "|").split(" → ");
    const isMine = before !== undefined && after !== undefined && !file.includes("run-once");
    return isMine ? [nameOf(file, before, after)] : [];
  });
}

/** What Stryker writes, as far as it is read here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Result[] }>>;
}

interface Result {
  readonly status: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Both counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A mutant and its status, in the words of Stryker. */
interface Tested {
  readonly mutant: Mutant;
  readonly status: string;
}

function readReport({ files }: Report): Tested[] {
  return Object.entries(files).flatMap(([file, { mutants, source }]) =>
    mutants.map(({ location, replacement, status }) => ({
      mutant: nameOf(file, cut(source, location), replacement),
      status,
    })),
  );
}

function namesOf(mutants: readonly Tested[], ...statuses: readonly string[]): Mutant[] {
  return mutants.filter(({ status }) => statuses.includes(status)).map(({ mutant }) => mutant);
}

function cut(source: string, { end, start }: Result["location"]): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
    )
    .join("\n");
}

/** Without line numbers, which every change would move, and without backquotes, which mean something to Markdown too. */
function nameOf(file: string, before: string, after: string): Mutant {
  const plain = (text: string) => text.replaceAll("`", "").replace(/\s+/g, " ").trim();
  return `${plain(file)}: ${plain(before)} → ${plain(after)}`;
}

main();
