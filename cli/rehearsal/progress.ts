import { SingleBar } from "cli-progress";
import type { SimulationEvent } from "../../simulator";
import { countPassed } from "./phases";
import type { RehearsalSettings } from "./rehearsal";
import { timelineLine } from "./report";

/** More instances than this are shown as a count, not line by line. */
const shownInstances = 12;

/** Shows what happens, until it is stopped. */
export interface Watcher {
  readonly see: (event: SimulationEvent, began: number) => void;
  readonly stop: () => void;
}

/** Shows what happens, as it happens: line by line, or as a bar where there are too many instances for that. */
export function watch({ instances, transition }: RehearsalSettings): Watcher {
  if (instances <= shownInstances) {
    const told = new Set<string>();
    const see = (event: SimulationEvent, began: number) => {
      const line = timelineLine(event, began, told);
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
  const passed = countPassed(transition);
  const see = (event: SimulationEvent, began: number) => {
    bar.update(passed(event), { virtual: Math.round((event.at - began) / 1000) });
  };
  return {
    see,
    stop: () => {
      bar.stop();
    },
  };
}
