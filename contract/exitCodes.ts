/**
 * What the exit code of a document's step says. Any other code, or a status without a code, is a failure of the agent
 * and not a result of the script: the handler sends the document again, and the guard on the instance starts a script
 * that never started, joins a script that is running, or returns the recorded result.
 */
export const exitCodes = {
  /** The script ended with 0. */
  succeeded: 0,
  /** The script failed, ran too long or was cut off, or the group has no script for the platform of the instance. */
  scriptFailed: 80,
  /**
   * The guard did not run the script: the instance is not meant to terminate (or launch), or is not the instance that
   * the command names.
   */
  notMeant: 81,
} as const;
