import { writeFileSync } from "node:fs";
import { openPicture } from "../../picture";
import type { Terminal } from "../../terminal";
import type { OpenAccount } from "../account";
import { gapsOf } from "./gaps";
import { drawExplanation, drawExplanationPage } from "./picture";
import { readFacts } from "./read";
import { explanationLines } from "./report";
import { tell } from "./tell";

/** The options of `graceful-asg explain`. */
export interface ExplainOptions {
  /** Id of the instance. */
  readonly instance: string;
  readonly region: string | undefined;
  /** Name of its group; undefined to look it up. */
  readonly group: string | undefined;
  /** File for a picture; undefined for none. */
  readonly picture: string | undefined;
  readonly json: boolean;
}

/** Tells what became of an instance, also of an instance that is long gone. */
export async function explain(
  options: ExplainOptions,
  open: OpenAccount,
  terminal: Terminal,
): Promise<number> {
  const { group, instance, json, picture, region } = options;
  if (picture !== undefined) openPicture(picture);
  const facts = await readFacts(await open(region), instance, group);
  const accounts = tell(facts);
  if (json) {
    const told = { ...facts, gaps: gapsOf(facts, accounts), passages: accounts };
    terminal.line(JSON.stringify(told, undefined, 2));
  } else for (const line of explanationLines(facts, accounts)) terminal.line(line);
  if (picture === undefined) return 0;
  const draw = picture.endsWith(".html") ? drawExplanationPage : drawExplanation;
  writeFileSync(picture, draw(facts, accounts));
  if (!json) terminal.line(`\nThe picture is in ${picture}`);
  return 0;
}
