import { explain, type ExplainOptions } from "../../../cli/account";
import type { TestBed } from "../testBed";
import { atSimulator, type Shown, type Surroundings } from "./atSimulator";

/** How an instance is asked about. */
export interface Question extends Partial<ExplainOptions> {
  readonly surroundings?: Surroundings;
  /** How much later than now somebody asks, ms. Defaults to 0. */
  readonly later?: number;
}

/** Asks about an instance at the simulator; about the first that there was unless the question names another. */
export function explainAt(
  bed: TestBed,
  { later = 0, surroundings = {}, ...options }: Question = {},
): Promise<Shown> {
  const asked: ExplainOptions = {
    instance: idsIn(bed)[0] ?? "",
    region: undefined,
    group: undefined,
    picture: undefined,
    json: false,
    ...options,
  };
  return atSimulator(
    bed,
    (open, terminal) =>
      explain(
        asked,
        async (region) => {
          const opened = await open(region);
          return { ...opened, clock: { ...opened.clock, now: () => opened.clock.now() + later } };
        },
        terminal,
      ),
    surroundings,
  );
}

/** The answer's lines, with the names that change with each version in short, and times in whole seconds. */
export async function explainedLines(bed: TestBed, question?: Question): Promise<string[]> {
  const { text } = await explainAt(bed, question);
  const ids = idsIn(bed);
  const commands = [...bed.simulator.runCommand.commands.keys()];
  const named = commands.reduce((all, id, index) => all.replaceAll(id, `command ${index + 1}`), text);
  const short = ids.reduce((all, id, index) => all.replaceAll(id, `i-${index + 1}`), named);
  return ids
    .reduce((all, id, index) => all.replaceAll(id.slice(0, 8), `i-${index + 1}`), short)
    .replaceAll(bed.group.settings.name, "web")
    .replaceAll(/web-handler-\w+/g, "handler")
    .split("\n")
    .map((line) => line.replaceAll(/ {2,}/g, "  ").trimEnd())
    .map((line) => line.replace(/^( {2}~?\d+)\.\d s/, "$1 s"));
}

/** The lines of an answer that tell what happened, without the lines above and below them. */
export function timelineIn(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => /^ {2}~?\d+ s /.test(line));
}

/** The instances that there were, in their order. */
export function idsIn(bed: TestBed): string[] {
  return [...bed.simulator.autoScaling.instances.known.keys()];
}
