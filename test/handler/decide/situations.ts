import type { Decision } from "../../../handler/decide";
import type { Command, FoundAction } from "../../../handler/situation";
import { instructionsFor } from "../../support/payloads";

const start = Date.UTC(2026, 0, 1);
export const at = (seconds: number) => start + seconds * 1000;

/** A sweep finds an instance that has waited for a minute and knows nothing else, but that nobody holds the instance. */
export function situation(changes: Partial<FoundAction> = {}): FoundAction {
  const transition = changes.transition ?? "terminate";
  return {
    kind: "found",
    transition,
    instructions: instructionsFor(transition),
    heartbeatTimeout: 450,
    commands: [],
    listedSince: at(-1000),
    repeats: false,
    isPoolOnly: false,
    isHealthy: true,
    hasProbe: false,
    now: at(60),
    extendedAt: undefined,
    previousLook: at(0),
    hold: { kind: "none" },
    ...changes,
  };
}

export const refusal = { cause: "no agent", since: undefined };

export const command = (status: Command["status"], requestedAt = at(0)): Command => ({
  id: "c1",
  status,
  requestedAt,
});

export const activity = (startedAt = at(-30), cause = "", retainedBefore = false) => ({
  startedAt,
  cause,
  retainedBefore,
});
export const known = { activity: activity() };

export const launchFailure =
  "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a launch failure.";
export const stopped =
  "At 2026-01-01T00:00:00Z an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.";

export const onFailure = (
  policy: "continue" | "abandon" | "retain",
  transition: "launch" | "terminate" = "terminate",
) => instructionsFor(transition, { onFailure: policy });

export const outcomeOf = (decision: Decision) =>
  decision.kind === "complete" ? `${decision.result} ${decision.outcome}` : decision.kind;
