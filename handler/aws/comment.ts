import type { Transition } from "../../contract";

/** What the comment of a command says, which lists show: no token, as whoever may list commands reads it. */
export interface CommentFacts {
  /** How long the command may take, seconds. */
  readonly budget: number;
  /** Whether it was sent ahead of the wait that it is for. */
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

/** Reads a comment; undefined for one that no handler has written, as of a document that somebody ran by hand. */
export function readComment(comment = ""): CommentFacts | undefined {
  const [, budget, mark] = form.exec(comment) ?? [];
  return budget === undefined ? undefined : { budget: Number(budget), early: mark !== undefined };
}
