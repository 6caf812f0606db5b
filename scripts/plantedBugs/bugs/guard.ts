import { by, edit, type Bug } from "../bug";

/** Mistakes in the documents: in the guard on the instance, and in the parameters that it gets. */
export const guardBugs: readonly Bug[] = [
  {
    name: "second run ignores the first",
    edits: edit(
      "components/documents/run-once.state.sh",
      '[ "$its_action" = "$ACTION" ]; then return 0; fi',
      '[ "$its_action" = "$ACTION" ] && [ "$its_pid" = "$runner" ]; then return 0; fi',
    ),
    caughtBy: by(
      "documents/dash",
      "returns the result of the first run to a second command, without a second run",
    ),
  },
  {
    name: "marker not durable",
    edits: edit(
      "components/documents/linux.ts",
      'places = ["/var/lib", "/run"',
      'places = ["/run", "/var/lib"',
    ),
    caughtBy: by("documents/content", "keeps runs where a reboot does not lose them"),
  },
  {
    name: "marker not synced",
    edits: [
      {
        file: "components/documents/run-once.state.sh",
        find: ' && flush "$dir/$self.claim" &&',
        replace: " &&",
      },
      {
        file: "components/documents/run-once.state.sh",
        find: '  flush "$dir/$number.run" "$dir"\n',
        replace: "",
      },
    ],
    caughtBy: by("documents/dash", "has its marker on the disk before the script runs"),
  },
  {
    name: "state without its umask",
    edits: edit(
      "components/documents/run-once.state.sh",
      '(umask 077 && mkdir -p "$dir") || return 1',
      'mkdir -p "$dir" || return 1',
    ),
    caughtBy: by("documents/dash", "keeps its files where nobody but root can read them"),
  },
  {
    name: "zombie counts as alive",
    edits: edit("components/documents/run-once.process.sh", '[ "$state" != Z ] && ', ""),
    caughtBy: by("documents/dash", "counts a runner that is dead and not yet collected as dead"),
  },
  {
    name: "result not read again after the process has gone",
    edits: edit("components/documents/run-once.sh", '      ! result "$run" || break\n', ""),
    caughtBy: by("documents/dash", "looks for a result again where the runner has ended since the last look"),
  },
  {
    name: "sessionWait not capped",
    edits: edit("components/documents/run-once.sessions.sh", ' && [ "$SESSION_WAIT" -lt "$MAX_WAIT" ]', ""),
    caughtBy: by("documents/dash", "lasts no longer than the handler says"),
  },
  ...(
    [
      ["in the simulator", by("simulator/commands", "delivers a command, runs its script and reports")],
      ["over the document", by("documents/content", "declares parameters by letters and digits only")],
      ["over the artifact", by("artifact/hookAction", "sends documents and parameters that the agent takes")],
    ] as const
  ).map(([where, caughtBy]) => ({
    name: `pattern that the agent cannot compile, ${where}`,
    edits: edit("contract/parameters.ts", "[A-Za-z0-9+/]*={0,2}$", "[A-Za-z0-9+/=]{0,1400}$"),
    caughtBy,
  })),
  {
    name: "agent of the simulator that compiles no pattern",
    edits: edit("simulator/ssm/agent.ts", "if (why !== undefined)", 'if (why === "")'),
    caughtBy: by(
      "simulator/documentParameters",
      "lets no agent run a document with a pattern that Go does not compile",
    ),
  },
  {
    name: "last words lost",
    edits: edit("components/documents/run-once.sh", "  relay\n  last_words\n", "  relay\n"),
    caughtBy: by("documents/dash", "is the beginning and the end of a long output"),
  },
  {
    name: "wait said every minute",
    edits: edit("components/documents/run-once.sessions.sh", "interval * 2", "interval"),
    caughtBy: by("documents/dash", "fits into the length that SSM keeps, after the longest wait"),
  },
  {
    name: "stale marker rerun",
    edits: edit(
      "components/documents/run-once.sh",
      "        break\n      fi\n      relay\n      last_words\n",
      '        break\n      fi\n      rm "$dir/$run.run"\n      return\n',
    ),
    caughtBy: by("documents/dash", "never repeats a run that a reboot cut off"),
  },
];
