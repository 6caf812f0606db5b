import {
  withDeliveries,
  withInstance,
  type Chance,
  type Conduct,
  type Fault,
  type InstanceConduct,
  type Message,
  type Mishap,
} from "../../../simulator";

/** Something that goes wrong in some runs, as often and as long as chance has it. */
export interface Disturbance extends Omit<Fault, "simulates"> {
  /** How many of a hundred runs have it. */
  readonly share: number;
  /** Errors that AWS answers by right and for good, as in `SendCommand: AccessDeniedException`. */
  readonly refusals?: readonly string[];
}

export const second = 1_000;
export const minute = 60 * second;

/** Disturbs some messages, each with a probability. */
export function messages(
  usual: Conduct,
  chance: Chance,
  concerns: (message: Message) => boolean,
  probability: number,
  change: (delays: readonly number[], id: string) => readonly number[],
): Conduct {
  return withDeliveries(usual, concerns, (delays, { id }) =>
    chance.happens(`disturbed/${id}`, probability) ? change(delays, id) : delays,
  );
}

/** Lets something befall some instances. */
export function mishap(
  usual: Conduct,
  chance: Chance,
  probability: number,
  draw: (id: string) => Mishap,
): Conduct {
  return withInstance(usual, (instance, id): InstanceConduct =>
    chance.happens(`mishap/${id}`, probability)
      ? { ...instance, mishaps: [...instance.mishaps, draw(id)] }
      : instance,
  );
}

/** A span that begins and lasts within ranges, seconds. */
export function spanOf(
  kind: "agentAway" | "agentBusy" | "reboot",
  chance: Chance,
  id: string,
  earliest: number,
  latest: number,
  shortest: number,
  longest: number,
): Mishap {
  const from = chance.between(`${kind}/${id}/from`, earliest, latest) * second;
  return { kind, from, to: from + chance.between(`${kind}/${id}/length`, shortest, longest) * second };
}
