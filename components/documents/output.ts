/**
 * How much SSM keeps of the beginning of a step's standard output: the agent cuts an output of this many bytes or more,
 * and the API returns as many characters. Source: amazon-ssm-agent, MaxStdoutLength; SSM, GetCommandInvocation.
 */
export const keptOutput = 24_000;

/** Kept free for the guard's own lines, bytes: a wait of 48 hours, a hook with the longest name, a cut. */
const guardLines = 3_000;

/** How much of the beginning of a script's output the guard passes on while the script runs, bytes. */
export const head = 8_000;

/**
 * How much of the end of a script's output the guard passes on, bytes. The last lines of a script tell why it failed,
 * so this is the larger share.
 */
export const tail = keptOutput - guardLines - head;
