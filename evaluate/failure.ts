import { stripVTControlCharacters } from "node:util";
import * as path from "node:path";
import type { Project } from "./project";
import { ProjectError } from "./projectError";

/** The first error of a program in as few lines as it takes; undefined for a program without errors. */
export function failureOf([first]: readonly string[], { root }: Project): ProjectError | undefined {
  if (first === undefined) return undefined;
  const said = stripVTControlCharacters(first).trim();
  return new ProjectError(said === "" ? "the program ended with an error" : toldIn(said, root));
}

/** An error as programs throw it, with its place in the program instead of its stack. */
function toldIn(text: string, root: string): string {
  const plain = text.replace(/^Running program '.*' failed with an unhandled exception:\n/, "");
  const lines = plain.replace(/\nRequire stack:(\n- .*)*/, "").split("\n");
  const end = lines.findIndex((line) => /^\s+at /.test(line));
  const message = (end < 0 ? lines : lines.slice(0, end))
    .join("\n")
    .replace(/^(<ref \*1> )?/, "")
    .trim();
  if (message.startsWith("TSError: ")) return message.split("\n").slice(1).join("; ");
  const place = end < 0 ? undefined : placeIn(lines.slice(end), root);
  return place === undefined ? message : `${message} (at ${place})`;
}

/** The first line of the program's own files in a stack. */
function placeIn(frames: readonly string[], root: string): string | undefined {
  for (const frame of frames) {
    const place = /\(?(?:file:\/\/)?(\/[^()]+:\d+:\d+)\)?$/.exec(frame.trim())?.[1];
    if (place?.startsWith(`${root}${path.sep}`) === true && !place.includes("node_modules"))
      return path.relative(root, place);
  }
  return undefined;
}
