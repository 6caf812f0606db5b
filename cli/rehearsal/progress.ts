import { SingleBar } from "cli-progress";
import type { Occurrence } from "../../simulator";
import { timelineLine } from "./report";

/** More instances than this are shown as a count, not line by line. */
const shownInstances = 12;

/** Is shown what happens, until it is stopped. */
export interface Watcher {
  readonly see: (occurrence: Occurrence, began: number) => void;
  readonly stop: () => void;
}

/** Shows what happens, as it happens: line by line, or as a bar where there are too many instances for that. */
export function watch(instances: number): Watcher {
  if (instances <= shownInstances) {
    const see = (occurrence: Occurrence, began: number) => {
      const line = timelineLine(occurrence, began);
      if (line !== undefined) console.log(line);
    };
    return { see, stop: () => undefined };
  }
  const bar = new SingleBar({
    format: "{bar} {value} of {total} instances, {virtual} s of virtual time",
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  bar.start(instances, 0, { virtual: 0 });
  const done = new Set<string>();
  const see = (occurrence: Occurrence, began: number) => {
    if (occurrence.kind === "instance" && ends.has(occurrence.state)) done.add(occurrence.instance);
    bar.update(done.size, { virtual: Math.round((occurrence.at - began) / 1000) });
  };
  return {
    see,
    stop: () => {
      bar.stop();
    },
  };
}

const ends = new Set(["ended", "Terminating:Retained"]);
