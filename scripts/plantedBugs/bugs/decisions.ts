import { by, edit, type Bug } from "../bug";

/** Mistakes in decisions about waiting instances. */
export const decisionBugs: readonly Bug[] = [
  {
    name: "CONTINUE on failure",
    edits: edit("contract/transition.ts", 'abandon: { result: "ABANDON"', 'abandon: { result: "CONTINUE"'),
    caughtBy: by("handler/decide/commands", "applies the failure policy after a command that failed"),
  },
  {
    name: "failure policy ignored",
    edits: edit(
      "handler/decide/fail.ts",
      "return complete(resultOf(onFailure), outcome,",
      'return complete("ABANDON", outcome,',
    ),
    caughtBy: by("handler/decide/commands", "applies the failure policy after a command that failed"),
  },
  {
    name: "launch ABANDON retained",
    edits: edit(
      "handler/decide/fail.ts",
      "if (neverServed(activity.cause)) return",
      'if (activity.cause === "never") return',
    ),
    caughtBy: by("handler/decide/retained", "continues for instances that never served"),
  },
  {
    name: "machine that is gone retained",
    edits: edit(
      "handler/decide/decision.ts",
      'transition === "launch" ? "ABANDON" : "CONTINUE"',
      'transition === "launch" ? "ABANDON" : "ABANDON"',
    ),
    caughtBy: by(
      "handler/decide/unhealthyMachine",
      "continues if SSM knows no such machine, and retains nothing",
    ),
  },
  {
    name: "completion before the command ended",
    edits: edit(
      "handler/decide/decide.ts",
      "return keepWaiting(situation, first.requestedAt, endOfBudget(situation, open) + reportingGrace, reason);",
      'return complete("CONTINUE", "succeeded", reason);',
    ),
    caughtBy: by("handler/decide/commands", "waits for a command that is on its way or running"),
  },
  {
    name: "running command judged by the hook's present budget",
    edits: edit(
      "handler/decide/time.ts",
      "(budget ?? budgetOf(instructions)) * 1000",
      "(budget === 0 ? 0 : budgetOf(instructions)) * 1000",
    ),
    caughtBy: by("handler/decide/commandWithoutEnd", "uses the budget that the command was sent with"),
  },
  {
    name: "heartbeat never",
    edits: edit("handler/decide/time.ts", "situation.now <= until &&", "situation.now < 0 &&"),
    caughtBy: by("handler/decide/heartbeats", "sends a heartbeat in each third of the timeout"),
  },
  {
    name: "no heartbeat where recovery outlasts the hook's timeout",
    edits: edit(
      "handler/decide/time.ts",
      "return couldEnd(situation, beginning(situation) ?? situation.now, missedLook);",
      "return false;",
    ),
    caughtBy: by("handler/decide/heartbeats", "sends a heartbeat even so where recovery lasts so long"),
  },
  {
    name: "heartbeat past the budget",
    edits: edit("handler/decide/time.ts", "situation.now <= until && isHeartbeatDue", "isHeartbeatDue"),
    caughtBy: by("handler/decide/heartbeats", "sends no heartbeat past the last instant of the action"),
  },
  {
    name: "no heartbeat while the report of a script is late",
    edits: edit(
      "handler/decide/decide.ts",
      "endOfBudget(situation, open) + reportingGrace",
      "endOfBudget(situation, open)",
    ),
    caughtBy: by(
      "handler/decide/heartbeats",
      "sends heartbeats until the report of the agent is late, and then asks the agent again",
    ),
  },
  {
    name: "deregistration that ended early not reckoned with, where a command is started late",
    edits: edit("handler/decide/time.ts", "return activity?.startedAt ?? began;", "return began;"),
    caughtBy: by(
      "handler/decide/heartbeats",
      "extends the action where no event told that the deregistration ended early",
    ),
  },
  {
    name: "deregistration that ended early not reckoned with, where an instance is busy",
    edits: edit(
      "handler/decide/time.ts",
      "beginningWithoutActivity(situation) ?? activity?.startedAt ?? began",
      "beginningWithoutActivity(situation) ?? began",
    ),
    caughtBy: by(
      "handler/decide/busy",
      "sends heartbeats even if no event told that the deregistration ended early",
    ),
  },
  {
    name: "heartbeat again after the refusal of a command that one was sent before",
    edits: edit("handler/decide/time.ts", "situation.extendedAt ?? from, from)", "from)"),
    caughtBy: by(
      "handler/reconcile/refusal",
      "get one heartbeat in a sweep, though a heartbeat was due before the command and another after its refusal",
    ),
  },
  {
    name: "heartbeat on every sweep",
    edits: edit(
      "handler/decide/time.ts",
      "situation.now <= until && isHeartbeatDue(situation, from)",
      "situation.now <= until",
    ),
    caughtBy: by("handler/decide/heartbeats", "sends a heartbeat in each third of the timeout"),
  },
  {
    name: "unreachable at once on the first refusal",
    edits: edit("handler/decide/time.ts", "return 1000 * (transition", "return 0 * (transition"),
    caughtBy: by("handler/decide/refusal", "waits for an agent that restarts"),
  },
  {
    name: "never unreachable",
    edits: edit("handler/decide/time.ts", "return 1000 * (transition", "return Infinity * (transition"),
    caughtBy: by("handler/decide/refusal", "waits for an agent that restarts"),
  },
  {
    name: "refusal for good never given up",
    edits: edit(
      "handler/decide/ask.ts",
      "const isRetry = refusal !== undefined || (",
      "const isRetry = refusal === undefined && (",
    ),
    caughtBy: by("handler/decide/refusal", "waits for an agent that restarts"),
  },
  {
    name: "probe asked after maxWait",
    edits: edit(
      "handler/decide/ask.ts",
      "  if (now >= until) return undefined;\n  if (isBusy === undefined)",
      "  if (isBusy === undefined)",
    ),
    caughtBy: by(
      "handler/decide/busy",
      "asks the probe for as long as the script may wait, and not after that",
    ),
  },
];
