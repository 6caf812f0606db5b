/** Processor time of this process so far, milliseconds. Other work of the machine does not add to it. */
export function processorTime(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1e3;
}
