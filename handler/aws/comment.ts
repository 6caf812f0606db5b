import type { Transition } from "../../contract";

/** What the comment of a command says: no token, as everybody who may list commands can read the comment. */
export interface CommentFacts {
  /** How long the command may take, seconds. */
  readonly budget: number;
  /** Whether the command was sent before its wait began. */
  readonly early: boolean;
}

const earlyMark = "before the hook fires";

/** What a command is for. */
export type Purpose = Transition | "announce";

const form = new RegExp(`^(?:launch|terminate|announce), (\\d{1,7}) s(, ${earlyMark})?$`);

/** Writes a comment, far below the 100 characters that SendCommand takes. */
export function commentOf({ budget, early, purpose }: CommentFacts & { readonly purpose: Purpose }): string {
  return [purpose, `${budget} s`, ...(early ? [earlyMark] : [])].join(", ");
}

/** Reads a comment; undefined if no handler wrote it, as where somebody ran the document by hand. */
export function readComment(comment = ""): CommentFacts | undefined {
  const [, budget, mark] = form.exec(comment) ?? [];
  return budget === undefined ? undefined : { budget: Number(budget), early: mark !== undefined };
}

/**
 * Whether a command tells instances that they were chosen. An earlier version of the handler takes such a comment for
 * somebody else's, and the end of the command for the end of no script.
 */
export function isAnnouncement(comment = ""): boolean {
  return comment.startsWith("announce, ") && readComment(comment) !== undefined;
}
