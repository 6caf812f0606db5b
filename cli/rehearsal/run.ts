import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import colors from "picocolors";
import type { LogEntry } from "../../evaluate/engine";
import { readProject } from "../../evaluate/project";
import { readStack } from "../../stack";
import { drawPage, drawPicture, openPicture } from "../picture";
import { documentsAsJson, documentsAsText } from "./document";
import { refuseIdleOptions, type RehearseOptions } from "./options";
import { watch } from "./progress";
import { prepare, rehearsePrepared, rehearseWithoutHooks, type Rehearsal } from "./rehearsal";
import { headingLines, summaryLines, type Took } from "./report";
import { runScripts } from "./runScripts";
import { summarize, type Summary } from "./summary";

/** Reads a stack, plays the transition of its group, and prints the result; sets the exit code. */
export async function run(options: RehearseOptions): Promise<void> {
  const began = performance.now();
  refuseIdleOptions(options);
  if (options.picture !== undefined) openPicture(options.picture);
  const project = readProject(process.cwd(), options.stack, options.config);
  const { notes, world } = await readStack(project, { stackOutputs: options.stackOutputs, onLog: tell });
  for (const note of notes) console.error(colors.dim(`note: ${note}`));
  const prepared = prepare(world, options);
  if (options.showDocument) {
    process.stdout.write(options.json ? documentsAsJson(prepared) : documentsAsText(prepared));
    return;
  }
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
    process.stdout.write(`${JSON.stringify({ summary, events: rehearsal.events }, undefined, 2)}\n`);
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

/** Prints the program's messages, beside the output of the rehearsal. */
function tell({ message, severity }: LogEntry): void {
  const text = message.trimEnd();
  if (text !== "") console.error(severity === "warning" ? `warning: ${text}` : text);
}
