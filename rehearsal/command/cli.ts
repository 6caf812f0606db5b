#!/usr/bin/env node
import { closeSync, openSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { SingleBar } from "cli-progress";
import colors from "picocolors";
import { MalformedPolicy, type Occurrence } from "../box";
import type { LogEntry } from "../program/engine";
import { readProject } from "../program/project";
import { ProjectError } from "../program/projectError";
import { createCommandLine, refuseIdleOptions, type RehearseOptions } from "./options";
import { drawPage, drawPicture } from "./picture";
import { prepare, rehearsePrepared, rehearseWithoutHooks, RehearsalError, type Rehearsal } from "./rehearsal";
import { headingLines, summaryLines, timelineLine, type Took } from "./report";
import { runScripts } from "./runScripts";
import { readStack } from "./stack";
import { summarize, type Summary } from "./summary";

/** More instances than this are shown as a count, not line by line. */
const shownInstances = 12;

async function run(options: RehearseOptions): Promise<void> {
  const began = performance.now();
  refuseIdleOptions(options);
  if (options.picture !== undefined) openPicture(options.picture);
  const project = readProject(process.cwd(), options.stack, options.config);
  const { notes, world } = await readStack(project, { stackOutputs: options.stackOutputs, onLog: tell });
  for (const note of notes) console.error(colors.dim(`note: ${note}`));
  const prepared = prepare(world, options);
  if (options.runScripts) {
    process.exitCode = await runScripts(prepared);
    return;
  }
  const isRead = performance.now();
  if (!options.json) for (const line of headingLines(prepared, project.stack)) console.log(line);
  const watcher = options.json ? undefined : watch(options);
  const rehearsal = await rehearsePrepared(prepared, watcher?.see ?? (() => undefined));
  watcher?.stop();
  const took = { program: isRead - began, rehearsal: performance.now() - isRead };
  const summary = summarize(rehearsal);
  await report(options, rehearsal, summary, took);
  if (Object.keys(summary.failures).length > 0 && !options.allowFailures) process.exitCode = 1;
}

async function report(
  options: RehearseOptions,
  rehearsal: Rehearsal,
  summary: Summary,
  took: Took,
): Promise<void> {
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ summary, occurrences: rehearsal.occurrences }, undefined, 2)}\n`,
    );
  } else {
    const bare = await rehearseWithoutHooks(rehearsal);
    for (const line of summaryLines(rehearsal, summary, bare, took)) console.log(line);
  }
  if (options.picture !== undefined) {
    const isPage = options.picture.endsWith(".html");
    writeFileSync(options.picture, isPage ? drawPage(rehearsal, summary) : drawPicture(rehearsal));
    if (!options.json) console.log(`\nThe picture is in ${options.picture}`);
  }
}

/** Says what the program says, beside what the rehearsal prints. */
function tell({ message, severity }: LogEntry): void {
  const text = message.trimEnd();
  if (text !== "") console.error(severity === "warning" ? `warning: ${text}` : text);
}

/** Fails before anything is played where the picture cannot be written. */
function openPicture(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new RehearsalError(
      `--picture ${file} cannot be written (${why}). Name a file in a folder that exists.`,
    );
  }
}

/** Shows what happens, as it happens: line by line, or as a bar where there are too many instances for that. */
function watch({ instances }: RehearseOptions) {
  if (instances <= shownInstances) {
    const see = (occurrence: Occurrence, began: number) => {
      const line = timelineLine(occurrence, began);
      if (line !== undefined) console.log(line);
    };
    return { see, stop: () => undefined };
  }
  const bar = new SingleBar({
    format: "{bar} {value} of {total} instances, {virtual} s of virtual time",
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  bar.start(instances, 0, { virtual: 0 });
  const done = new Set<string>();
  const see = (occurrence: Occurrence, began: number) => {
    if (occurrence.kind === "instance" && ends.has(occurrence.state)) done.add(occurrence.instance);
    bar.update(done.size, { virtual: Math.round((occurrence.at - began) / 1000) });
  };
  return {
    see,
    stop: () => {
      bar.stop();
    },
  };
}

const ends = new Set(["ended", "Terminating:Retained"]);

/** A user's mistake is one line; anything else is ours and comes with its stack. */
function isMistake(error: unknown): error is Error {
  return [ProjectError, RehearsalError, MalformedPolicy].some((kind) => error instanceof kind);
}

function fail(error: unknown): void {
  if (!isMistake(error)) throw error;
  console.error(`error: ${error.message}`);
  process.exit(1);
}

// A reader that has seen enough, as `head`, closes the pipe.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});
createCommandLine(run).parseAsync().catch(fail);
