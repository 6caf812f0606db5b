import { by, edit, type Bug } from "../bug";

/** Mistakes in sweeps. */
export const sweepBugs: readonly Bug[] = [
  {
    name: "completion of another group's instance",
    edits: edit("handler/sweep/cases.ts", "commands.get(id) ?? []", "[...commands.values()][0] ?? []"),
    caughtBy: by("promises/cost", "completes no action of another group"),
  },
  {
    name: "one group's AWS error ends the sweep",
    edits: edit("handler/sweep/sweep.ts", "logFailure(context, error, { group });", "throw error;"),
    caughtBy: by(
      "handler/sweep",
      "looks at every group, though AWS fails for one group and the handler itself for another",
    ),
  },
  {
    name: "one instance's own error ends its group",
    edits: edit(
      "handler/carryOut.ts",
      "    if (!isOutOfTime(error)) logFailure",
      "    if (!comesFromAws(error)) throw error;\n    if (!isOutOfTime(error)) logFailure",
    ),
    caughtBy: by("handler/sweep", "handles every instance of a group, though another instance fails"),
  },
  {
    name: "script sent though its extension failed",
    edits: edit(
      "handler/sweep/carryOutCase.ts",
      "if (decision.extend) await heartbeat(context, subject);",
      "if (decision.extend) await heartbeat(context, subject).catch(() => undefined);",
    ),
    caughtBy: by("handler/sweep", "starts no script whose action could not be extended"),
  },
  {
    name: "hooks remembered without their revision",
    edits: edit(
      "handler/sweep/hooks.ts",
      "      const hooks = byRevision.get(revision);\n",
      "      const hooks = byRevision.get(revision) ?? [...byRevision.values()][0];\n",
    ),
    caughtBy: by("promises/cost", "reads hooks once, and again as soon as a deployment has changed them"),
  },
  {
    name: "heartbeat lost to a look that an event asks for",
    edits: edit(
      "handler/sweep/carryOutCase.ts",
      "if (settled !== undefined && one.isSweep)",
      "if (settled !== undefined)",
    ),
    caughtBy: by("handler/reconcile/event", "sends no heartbeat, as sweeps send the heartbeats that are due"),
  },
];
