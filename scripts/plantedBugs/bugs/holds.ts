import { by, edit, type Bug } from "../bug";

/** Mistakes with instances that operators hold. */
export const holdBugs: readonly Bug[] = [
  {
    name: "failure policy in spite of a hold",
    edits: edit(
      "handler/decide/fail.ts",
      "if (held !== undefined) return held;",
      'if (held?.kind === "inspect") return held;',
    ),
    caughtBy: by("handler/decide/hold", "does not give up on an instance whose script failed, with abandon"),
  },
  {
    name: "failure policy in spite of a hold, by an event",
    edits: edit(
      "handler/commandEnded.ts",
      "if (await mayBeHeld(context, subject)) return undefined;",
      "await mayBeHeld(context, subject);",
    ),
    caughtBy: by("handler/commandEnded", "does not give up on an instance that an operator holds"),
  },
  {
    name: "hold beyond the global timeout",
    edits: edit(
      "handler/decide/hold.ts",
      "Math.min(until, began + globalTimeout(heartbeatTimeout) * 1000 - holdRoom)",
      "Math.max(until, began + globalTimeout(heartbeatTimeout) * 0)",
    ),
    caughtBy: by("promises/holding", "ends before the hook's global timeout"),
  },
  {
    name: "hold without heartbeats",
    edits: edit(
      "handler/decide/hold.ts",
      'kind: isDue ? "heartbeat" : "wait"',
      'kind: isDue ? "wait" : "wait"',
    ),
    caughtBy: by("promises/holding", "keeps the hook open for 12 hours with few heartbeats"),
  },
  {
    name: "machine that is gone held",
    edits: edit("handler/decide/decide.ts", "return unhealthy ?? decision;", "return decision ?? unhealthy;"),
    caughtBy: by("handler/decide/hold", "completes for a script that succeeds, for a machine that is gone"),
  },
  {
    name: "failure policy that waits for EC2 for ever",
    edits: edit("handler/hold.ts", ">= patience ? none", ">= Infinity ? none"),
    caughtBy: by("handler/hold", "waits two minutes for EC2 to answer, then gives up"),
  },
  {
    name: "operator's command that joins the run that has failed",
    edits: edit("contract/retry.ts", "Number(failed.sent) + 1", "Number(failed.sent)"),
    caughtBy: by("documents/dash", "runs a script again that has failed, where an operator says so"),
  },
  {
    name: "second operator's run beside the first",
    edits: edit(
      "contract/retry.ts",
      "since: String(since)",
      "since: String(Math.max(since, Math.floor(now / 1000)))",
    ),
    caughtBy: by("documents/dash", "runs such a script once for operators who say so side by side"),
  },
];
