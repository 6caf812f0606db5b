import { writeHold } from "../../contract";
import { globalTimeout, sweepInterval } from "../../timing";
import type { Situation } from "../situation";
import { inspect, type ActionInspection, type Wait } from "./decision";
import { because, type Reason } from "./reason";
import { hasRoom } from "./time";

/**
 * How long before the hook's global timeout a hold ends, ms: the handler applies the failure policy, and not Auto
 * Scaling the hook's default result, also where two sweeps are lost.
 */
export const holdRoom = 3 * sweepInterval * 1000;

/** Waits instead of giving up, for the reason given, as long as an operator holds the instance; else undefined. */
export function hold(situation: Situation, reason: Reason): Wait | ActionInspection | undefined {
  const { hold: found, now } = situation;
  if (found === undefined) return inspect("hold", "holdUnknown");
  switch (found.kind) {
    case "none":
      return undefined;
    case "unread":
      return hasRoom(situation, holdRoom)
        ? { kind: "wait", reason: because("holdUnread", reason.text) }
        : undefined;
    case "until":
      return now < found.until ? keepHeld(situation, found.until, reason) : undefined;
  }
}

/** Keeps the hook of a held instance open, with a heartbeat in each third of its timeout: two may be lost. */
function keepHeld(situation: Situation, until: number, reason: Reason): Wait | ActionInspection | undefined {
  const waiting = (end: number) => because("held", `until ${writeHold(end)}; ${reason.text}`);
  // The event has just come: the sweeps send the heartbeats.
  if (situation.kind === "fresh") return { kind: "wait", reason: waiting(until) };
  const { activity, extendedAt, heartbeatTimeout, now, since } = situation;
  const began = since ?? activity?.startedAt;
  if (began === undefined) return inspect("activity", "waitOfHoldUnknown");
  const end = Math.min(until, began + globalTimeout(heartbeatTimeout) * 1000 - holdRoom);
  if (now >= end) return undefined;
  const isDue = now - Math.max(began, extendedAt ?? began) >= (heartbeatTimeout * 1000) / 3;
  return { kind: isDue ? "heartbeat" : "wait", reason: waiting(end) };
}
