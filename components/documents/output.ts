/**
 * What SSM keeps of a step's standard output, its beginning: the agent cuts an output of this many bytes or more, and the API
 * gives as many characters of it. Source: amazon-ssm-agent, MaxStdoutLength; SSM, GetCommandInvocation.
 */
export const keptOutput = 24_000;

/** Kept free for what the guard says itself, bytes: a wait of 48 hours, a hook with the longest name, a cut. */
const guardLines = 3_000;

/** How much of the beginning of a script's output the guard passes on, bytes. It does so while the script runs. */
export const head = 8_000;

/** How much of its end, bytes. What a script says last tells why it failed, so this is the larger share. */
export const tail = keptOutput - guardLines - head;
