/**
 * What the exit code of a document's step says. Any other code, or a status without one, is the agent's trouble and no word of the
 * script: the document is sent again, and the guard on the instance starts what never began, joins what is under way or
 * returns the recorded result.
 */
// @ts-nocheck

export const exitCodes = {
  /** The script ended with 0. */
  succeeded: 0,
  /** The script failed, ran too long or was cut off, or the group has none for the platform of the instance. */
  scriptFailed: 80,
  /** The script was not run: the instance is not meant to go (or come), or is not the instance that the command names. */
  notMeant: 81,
} as const;
