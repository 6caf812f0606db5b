import { SingleBar } from "cli-progress";

/** Fewer groups than this are read before anybody looks for a bar. */
const fewGroups = 10;

/** Shows on the standard error how many groups have been read. */
export function showProgress(groups: number): { readonly onGroup: () => void; readonly stop: () => void } {
  if (groups < fewGroups) return { onGroup: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: "{bar} {value} of {total} groups",
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  bar.start(groups, 0);
  return {
    onGroup: () => {
      bar.increment();
    },
    stop: () => {
      bar.stop();
    },
  };
}
