/** Processor time of this process so far, milliseconds. Unlike time on the wall it does not depend on what else the machine has to do. */
export function processorTime(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1e3;
}
