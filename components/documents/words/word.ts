import type * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import type { ScriptPlatform } from "../source";

/**
 * A way to say how an application is stopped or made ready: a user's own script, or a word from which we write the
 * script.
 */
export interface Word<Args> {
  readonly platform: ScriptPlatform;
  /** What it is for, as in "script for Linux", to complete the sentence "Give ...". */
  readonly use: string;
  /** The script; undefined if the word is not given. */
  readonly script: (args: Args, times: WordTimes) => pulumi.Input<string> | undefined;
  /** What the script does, as in "stops the systemd unit web.service"; undefined for a script of the user's own. */
  readonly does?: (args: Args) => string | undefined;
}

/** The time that a script has. Seconds. */
export interface WordTimes {
  /** Until it gets SIGTERM on Linux, or until the guard ends it on Windows. */
  readonly untilEnd: number;
}

/** The text of a script beside this file. */
export function readWord(file: string): string {
  return readFileSync(require.resolve(`#documents/words/${file}`), "utf8");
}

/** A script for sh with variables below its interpreter line; nothing in a value can be anything but text. */
export function shellScript(file: string, variables: Readonly<Record<string, string | number>>): string {
  const [interpreter, ...rest] = readWord(file).split("\n");
  const given = Object.entries(variables).map(([name, value]) => `${name}=${quoted(String(value))}`);
  return [interpreter, ...given, ...rest].join("\n");
}

/** The names in a list with blanks or commas between them. */
export function namesIn(list: string, separator: RegExp): string[] {
  return list.split(separator).filter((name) => name !== "");
}

/** A list in words: `one unit`, `two units a, b`. */
export function several(noun: string, names: readonly string[]): string {
  return `${noun}${names.length === 1 ? "" : "s"} ${names.join(", ")}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
