import { isCommand, isHook, isSweep, withDeliveries } from "../changes";
import type { Behaviour, Message } from "../behaviour";
import type { Draw } from "./draw";
import { minute, second, type Fault } from "./fault";
import { sendOthers } from "./messagesOfOthers";

/** Faults of messages to the function. */
export const messages = {
  "lost-hook-event": {
    simulates: "the event of the lifecycle hook never reaches the function",
    share: 12,
    behaviour: (usual, draw) => some(usual, draw, isHook, 0.6, () => []),
  },
  "repeated-hook-event": {
    simulates: "the event of the lifecycle hook arrives three times",
    share: 10,
    behaviour: (usual, draw) =>
      some(usual, draw, isHook, 0.7, ([first = 0], id) => [
        first,
        first + draw.number(`${id}/again`, 2 * second, [0, 40 * second]),
        first + draw.number(`${id}/muchLater`, 40 * second, [minute, 15 * minute]),
      ]),
  },
  "late-hook-event": {
    simulates: "the event of the lifecycle hook arrives three minutes late",
    share: 8,
    behaviour: (usual, draw) =>
      some(usual, draw, isHook, 0.6, ([first = 0], id) => [
        first + draw.number(`${id}/late`, 3 * minute, [second, 169 * second]),
      ]),
  },
  "lost-command-event": {
    simulates: "the event of the ended command never reaches the function",
    share: 12,
    behaviour: (usual, draw) => some(usual, draw, isCommand, 0.6, () => []),
  },
  "repeated-command-event": {
    simulates: "the event of the ended command arrives three times",
    share: 8,
    behaviour: (usual, draw) =>
      some(usual, draw, isCommand, 0.7, ([first = 0], id) => [
        first,
        first + draw.number(`${id}/again`, second, [0, 10 * second]),
        first + draw.number(`${id}/muchLater`, 5 * second, [minute, 10 * minute]),
      ]),
  },
  "late-command-event": {
    simulates: "the event of the ended command arrives a minute and a half late",
    share: 8,
    behaviour: (usual, draw) =>
      some(usual, draw, isCommand, 0.6, ([first = 0], id) => [
        first + draw.number(`${id}/late`, 90 * second, [second, 100 * second]),
      ]),
  },
  "lost-sweeps": {
    simulates: "half of the sweeps do not take place",
    share: 6,
    behaviour: (usual, draw) => some(usual, draw, isSweep, { rehearsal: 0.5, chaos: 0.15 }, () => []),
  },
  "overlapping-sweeps": {
    simulates: "each sweep takes place twice, the second ten seconds after the first",
    share: 4,
    behaviour: (usual, draw) =>
      some(usual, draw, isSweep, 0.5, ([first = 0], id) => [
        first,
        first + draw.number(`${id}/again`, 10 * second, [second, 20 * second]),
      ]),
  },
  "repeated-sweeps": {
    simulates: "each sweep takes place twice at the same time",
    share: 5,
    behaviour: (usual, draw) =>
      some(usual, draw, isSweep, 0.5, ([first = 0], id) => [
        first,
        first + draw.number(`${id}/again`, 0, [0, 2 * second]),
      ]),
  },
  "foreign-messages": {
    simulates: "the function gets messages that are not for it",
    share: 8,
    meanwhile: sendOthers,
  },
} as const satisfies Record<string, Fault>;

/** Changes the deliveries of some messages. */
function some(
  usual: Behaviour,
  draw: Draw,
  concerns: (message: Message) => boolean,
  probability: Parameters<Draw["strikes"]>[1],
  change: (delays: readonly number[], id: string) => readonly number[],
): Behaviour {
  return withDeliveries(usual, concerns, (delays, { id }) =>
    draw.strikes(id, probability) ? change(delays, id) : delays,
  );
}
