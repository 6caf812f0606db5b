import { element, label } from "../../../cli/picture";
import { ringsAt } from "../../../simulator";
import type { AlarmWidget } from "./body";
import type { Size } from "./chart";
import type { Play } from "./play";

/** Most alarms in a row. */
const most = 3;

const gap = 8;

/** The alarms by their names, each with its state at the end of the picture. */
export function drawAlarms({ properties: { alarms } }: AlarmWidget, play: Play, size: Size): string {
  const columns = Math.min(most, alarms.length);
  const rows = Math.ceil(alarms.length / columns);
  const width = (size.width - (columns - 1) * gap) / columns;
  const height = (size.height - (rows - 1) * gap) / rows;
  return alarms
    .map((arn, index) => {
      const x = (index % columns) * (width + gap);
      const y = Math.floor(index / columns) * (height + gap);
      return drawAlarm(nameOf(arn), rings(arn, play), { x, y, width, height });
    })
    .join("");
}

function drawAlarm(
  name: string,
  isRinging: boolean,
  area: Size & { readonly x: number; readonly y: number },
): string {
  const state = isRinging ? "ringing" : "ok";
  const middle = area.y + area.height / 2;
  return (
    element("rect", { class: `alarm ${state}`, ...area, rx: 4 }) +
    element("rect", { class: `edge ${state}`, ...area, width: 5, rx: 2 }) +
    label(isRinging ? "In alarm" : "OK", { class: `state ${state}`, x: area.x + 16, y: middle + 4 }) +
    label(name, { x: area.x + 88, y: middle + 4 })
  );
}

/** @throws Error for an alarm that the simulator does not know, which must not be shown as an alarm that is OK */
function rings(arn: string, play: Play): boolean {
  const alarm = play.world.alarms.find(({ name }) => name === nameOf(arn));
  if (alarm === undefined) throw new Error(`The stack has no alarm ${arn} that the simulator can judge.`);
  return ringsAt(alarm, play.until, play.world, play);
}

/** The name in `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME`. */
function nameOf(arn: string): string {
  const [, name] = /:alarm:(.+)$/.exec(arn) ?? [];
  if (name === undefined) throw new Error(`${arn} is not the ARN of an alarm.`);
  return name;
}
