#!/usr/bin/env node
// @ts-nocheck
import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { RunError } from "@pulumi/pulumi";
import { SingleBar } from "cli-progress";
import { MalformedPolicy, type Occurrence } from "../box";
import { ProjectError, readProject } from "../program/project";
import { registerTypeScript } from "../program/typescript";
import { createCommandLine, type RehearseOptions } from "./options";
import { drawPage, drawPicture } from "./picture";
import {
  prepare,
  readStack,
  rehearse,
  rehearseWithoutHooks,
  RehearsalError,
  type Rehearsal,
} from "./rehearsal";
import { headingLines, summaryLines, timelineLine, type Took } from "./report";
import { runScripts } from "./runScripts";
import { summarize } from "./summary";

/** More instances than this are shown as a count, not line by line. */
const shownInstances = 12;

async function run(options: RehearseOptions): Promise<void> {
  const began = performance.now();
  const project = readProject(process.cwd(), options.stack);
  registerTypeScript(project);
  const world = await readStack(project);
  if (options.runScripts) {
    process.exitCode = await runScripts(prepare(world, options));
    return;
  }
  const isRead = performance.now();
  if (!options.json) for (const line of headingLines(options)) console.log(line);
  const watcher = options.json ? undefined : watch(options);
  const rehearsal = await rehearse(world, options, watcher?.see);
  watcher?.stop();
  const took = { program: isRead - began, rehearsal: performance.now() - isRead };
  await report(options, rehearsal, took);
}

async function report(options: RehearseOptions, rehearsal: Rehearsal, took: Took): Promise<void> {
  const summary = summarize(rehearsal);
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
  const explained = [ProjectError, RehearsalError, MalformedPolicy];
  return explained.some((kind) => error instanceof kind) || RunError.isInstance(error);
}

function fail(error: unknown): void {
  if (!isMistake(error)) throw error;
  console.error(`error: ${error.message}`);
  process.exit(1);
}

// Pulumi lets go of some promises, that of a resource whose properties cannot be had for one.
process.on("unhandledRejection", fail);
createCommandLine(run).parseAsync().catch(fail);
