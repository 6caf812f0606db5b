import { stripVTControlCharacters } from "node:util";
import { serveOutside, operatorKey } from "../../../simulator";
import { accountOpener, translated, type OpenAccount } from "../../../cli/account";
import type { Terminal } from "../../../cli/terminal";
import type { TestBed } from "../testBed";

/** What a command has shown. */
export interface Shown {
  readonly code: number;
  /** Without colours, whether or not this process writes them. */
  readonly text: string;
  /** Calls by name. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Settings of a command's surroundings. */
export interface Surroundings {
  /** Access key of somebody with fewer rights. */
  readonly key?: string;
  /** After how many repaints nobody looks any more. Defaults to 1. */
  readonly repaints?: number;
}

/** Runs a command of the command line against the simulator; virtual time passes while it sleeps. */
export async function atSimulator(
  bed: TestBed,
  run: (open: OpenAccount, terminal: Terminal) => Promise<number>,
  { key = operatorKey, repaints = 1 }: Surroundings = {},
): Promise<Shown> {
  const before = process.env;
  process.env = {
    ...before,
    AWS_ENDPOINT_URL: bed.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: "simulator",
  };
  const shown: string[] = [];
  const opened: Awaited<ReturnType<OpenAccount>>[] = [];
  let left = repaints;
  const terminal: Terminal = {
    line: (text) => shown.push(text),
    repaint: (lines) => {
      shown.push(...lines);
      left -= 1;
    },
    isClosed: () => left <= 0,
  };
  try {
    const code = await serveOutside(bed.simulator, (time) => {
      const open = accountOpener(time);
      return translated(() =>
        run(async (region) => {
          const account = await open(region);
          opened.push(account);
          return account;
        }, terminal),
      );
    });
    const calls: Record<string, number> = {};
    for (const account of opened)
      for (const [name, count] of account.calls) calls[name] = (calls[name] ?? 0) + count;
    return { code, text: stripVTControlCharacters(shown.join("\n")), calls };
  } finally {
    process.env = before;
  }
}
