import { withInstance } from "../changes";
import type { Behaviour, Incident } from "../behaviour";
import type { Draw } from "./draw";
import { forever, second } from "./fault";

/** Adds an incident to some instances. */
export function withIncident(
  usual: Behaviour,
  draw: Draw,
  probability: number,
  incident: (id: string) => Incident,
): Behaviour {
  return withInstance(usual, (instance, id) =>
    draw.strikes(id, probability)
      ? { ...instance, incidents: [...instance.incidents, incident(id)] }
      : instance,
  );
}

/** When an incident begins and how long it lasts, seconds: as usual, and the ranges of chaos. */
interface Times {
  readonly usual: readonly [from: number, length: number];
  readonly from: readonly [earliest: number, latest: number];
  readonly length: readonly [shortest: number, longest: number];
}

/** A span of time in which something is out of order. */
export function spanOf(
  kind: "agentAway" | "agentBusy" | "reboot",
  draw: Draw,
  id: string,
  { from: begins, length, usual }: Times,
): Incident {
  const from = draw.number(`${id}/from`, usual[0], begins) * second;
  const lasts = Math.min(forever, draw.number(`${id}/length`, usual[1], length) * second);
  return { kind, from, to: from + lasts };
}
