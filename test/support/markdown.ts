import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { root } from "./deployment";

/** A block of a page between two fences. */
export interface Block {
  /** Path of the page from the root. */
  readonly page: string;
  /** Line of its first line, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** A link to a place of this repository. */
export interface Link {
  readonly page: string;
  readonly line: number;
  /** Path from the root. */
  readonly target: string;
  /** Heading of the target, as the link writes it; undefined for the page itself. */
  readonly anchor: string | undefined;
}

/** Pages for people. */
export const pages: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "AGENTS.md",
  "RELEASE.md",
  "SECURITY.md",
  "policy/README.md",
  ...readdirSync(path.join(root, "docs"), { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join("docs", ...name.split(path.sep))),
];

/** The text of all pages. */
export function textOfPages(): string {
  return pages.map(textOf).join("\n");
}

/** The blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; language: string; lines: string[] } | undefined;
  for (const [index, line] of linesOf(page).entries()) {
    const [fence, language = ""] = /^```(\w*)$/.exec(line) ?? [];
    if (fence === undefined) open?.lines.push(line);
    else if (open === undefined) open = { line: index + 2, language, lines: [] };
    else {
      blocks.push({ page, line: open.line, language: open.language, text: open.lines.join("\n") });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${page}:${open.line}: the block has no end`);
  return blocks;
}

/** The links of a page that lead to this repository. */
export function linksOf(page: string): Link[] {
  const inBlocks = new Set(
    blocksOf(page).flatMap(({ line, text }) => text.split("\n").map((_, index) => line + index)),
  );
  return linesOf(page).flatMap((line, index) =>
    inBlocks.has(index + 1)
      ? []
      : [...line.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, target = "", anchor]) => ({
          page,
          line: index + 1,
          target: target === "" ? page : path.posix.join(path.posix.dirname(page), target),
          anchor,
        })),
  );
}

/** The headings of a page as GitHub and npm name them in links. */
export function anchorsOf(page: string): string[] {
  return linesOf(page).flatMap((line) => {
    const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
    if (heading === undefined) return [];
    return [
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    ];
  });
}

function linesOf(page: string): string[] {
  return textOf(page).split("\n");
}

function textOf(page: string): string {
  return readFileSync(path.join(root, page), "utf8");
}
