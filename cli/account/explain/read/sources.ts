import { AccountError } from "../../../accountError";
import { isDenied, translate } from "../../aws/errors";

/** Reads sources one by one, and notes which of them may not be read. */
export interface Sources {
  /**
   * Reads a source.
   * @param lacks what the answer lacks without it, as a sentence
   * @returns undefined if the caller may not read it
   */
  read<T>(lacks: string, step: () => Promise<T>): Promise<T | undefined>;
  /** Notes something that could not be read. */
  note(gap: string): void;
  readonly gaps: readonly string[];
  /** The first denial. */
  readonly denial: AccountError | undefined;
}

/** Makes a reader that has noted nothing. */
export function createSources(): Sources {
  const gaps: string[] = [];
  const denials: AccountError[] = [];
  const note = (gap: string) => {
    if (!gaps.includes(gap)) gaps.push(gap);
  };
  return {
    gaps,
    note,
    get denial() {
      return denials[0];
    },
    async read(lacks, step) {
      try {
        return await step();
      } catch (error) {
        const meaning = translate(error);
        if (!isDenied(error) || !(meaning instanceof AccountError)) throw meaning;
        denials.push(meaning);
        note(`${lacks}: ${meaning.message}`);
        return undefined;
      }
    },
  };
}
