import type { Transition } from "../../contract";

/** What the comment of a command says: no token, as everybody who may list commands can read the comment. */
export interface CommentFacts {
  /** How long the command may take, seconds. */
  readonly budget: number;
  /** Whether the command was sent before its wait began. */
  readonly early: boolean;
}

const earlyMark = "before the hook fires";

const form = new RegExp(`^(?:launch|terminate), (\\d{1,7}) s(, ${earlyMark})?$`);

/** Writes a comment, far below the 100 characters that SendCommand takes. */
export function commentOf({
  budget,
  early,
  transition,
}: CommentFacts & { readonly transition: Transition }): string {
  return [transition, `${budget} s`, ...(early ? [earlyMark] : [])].join(", ");
}

/** Reads a comment; undefined if no handler wrote it, as where somebody ran the document by hand. */
export function readComment(comment = ""): CommentFacts | undefined {
  const [, budget, mark] = form.exec(comment) ?? [];
  return budget === undefined ? undefined : { budget: Number(budget), early: mark !== undefined };
}
