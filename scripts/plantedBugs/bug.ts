/** A mistake that somebody could make, and the test that has to notice it. */
export interface Bug {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** File of the test, and its name or the beginning of it. */
  readonly caughtBy: { readonly file: string; readonly test: string };
}

/** A change of a file; the text to be found is code, and there exactly once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A mistake in one place. */
export function edit(file: string, find: string, replace: string): readonly Edit[] {
  return [{ file, find, replace }];
}

/** A test, by its file below `test` and its name. */
export function by(file: string, test: string): Bug["caughtBy"] {
  return { file: `test/${file}.test.ts`, test };
}
