/**
 * Sends a signal to a process, or, with a negative id, to its group. An id that is not known is an error: 0 stands for
 * our own group, and -1 for everybody.
 */
export function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined || !Number.isInteger(pid) || (pid <= 1 && pid >= -1))
    throw new Error(`there is no process ${pid} to send ${name} to`);
  process.kill(pid, name);
}

/** Sends a signal to the group that a child leads. */
export function signalGroup({ pid }: { readonly pid?: number | undefined }, name: NodeJS.Signals): void {
  signal(pid && -pid, name);
}
