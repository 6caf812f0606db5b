import { byPeriod, dataOf, type Happened } from "./metrics";
import type { AlarmSettings, World } from "./world";

/** An alarm that rings. */
export interface RingingAlarm {
  readonly name: string;
  readonly description: string;
}

/** The alarms of a world that would have rung. Each alarm sums its metric over its period. */
export function ringingAlarms(world: World, happened: Happened): readonly RingingAlarm[] {
  return world.alarms
    .filter((alarm) => {
      const periods = [...byPeriod(dataOf(alarm, world, happened) ?? [], alarm.period).values()];
      return periods.some((values) => reaches(alarm, values));
    })
    .map(({ description, name }) => ({ name, description }));
}

/**
 * Whether an alarm rings at an instant: it looks at the last period that is whole by then.
 * @param at ms since 1970
 */
export function ringsAt(alarm: AlarmSettings, at: number, world: World, happened: Happened): boolean {
  const last = Math.floor(at / (alarm.period * 1000)) - 1;
  return reaches(alarm, byPeriod(dataOf(alarm, world, happened) ?? [], alarm.period).get(last) ?? []);
}

function reaches({ threshold }: AlarmSettings, values: readonly number[]): boolean {
  return values.length > 0 && values.reduce((sum, value) => sum + value, 0) >= threshold;
}
