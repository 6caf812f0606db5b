/** A mistake that somebody could make, and the test that has to notice it. */
export interface Bug {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** File of the test, and its name or the beginning of it. */
  readonly caughtBy: { readonly file: string; readonly test: string };
}

/** A change of a file; the text to be found is there exactly once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const edit = (file: string, find: string, replace: string): readonly Edit[] => [{ file, find, replace }];
const by = (file: string, test: string) => ({ file: `test/${file}.test.ts`, test });

/** The mistakes, in the order of an event's way. */
export const bugs: readonly Bug[] = [
  {
    name: "state check dropped",
    edits: edit("handler/hookAction.ts", "if (now - time > freshFor) return", "if (now < time) return"),
    caughtBy: by("artifact/drain", "reads the state before it acts on an old event"),
  },
  {
    name: "token of another action",
    edits: edit(
      "handler/commandEnded.ts",
      "{ group, hook, instance, token, transition } : undefined",
      "{ group, hook, instance, token: instance, transition } : undefined",
    ),
    caughtBy: by("artifact/drain", "takes two invocations and two calls for a drain"),
  },
  {
    name: "second run ignores the first",
    edits: edit("components/documents/run-once.sh", 'if find_run; then join "$run"; fi', "find_run || true"),
    caughtBy: by("documents/dash", "returns the result of the first run to a second"),
  },
  {
    name: "marker not durable",
    edits: edit("components/documents/linux.ts", "STATE=/var/lib/graceful-asg", "STATE=/run/graceful-asg"),
    caughtBy: by("documents/dash", "keeps its markers where a reboot does not lose them"),
  },
  ...(
    [
      ["in the simulator", by("rehearsal/ssm", "delivers a command, runs its script and reports")],
      ["over the document", by("documents/content", "declares parameters by letters and digits only")],
      ["over the artifact", by("artifact/drain", "sends documents and parameters that the agent takes")],
    ] as const
  ).map(([where, caughtBy]) => ({
    name: `pattern that the agent cannot compile, ${where}`,
    edits: edit("contract/parameters.ts", "[A-Za-z0-9+/]*={0,2}$", "[A-Za-z0-9+/=]{0,1400}$"),
    caughtBy,
  })),
  {
    name: "agent of the simulator that compiles no pattern",
    edits: edit("rehearsal/box/ssm/fleet.ts", "if (objection !== undefined)", 'if (objection === "")'),
    caughtBy: by("rehearsal/ssm", "lets no agent run a document with a pattern that Go does not compile"),
  },
  {
    name: "last words lost",
    edits: edit("components/documents/run-once.sh", "  relay\n  last_words\n", "  relay\n"),
    caughtBy: by("documents/dash", "is beginning and end of a long one"),
  },
  {
    name: "wait said every minute",
    edits: edit("components/documents/run-once.sessions.sh", "interval * 2", "interval"),
    caughtBy: by("documents/dash", "fits into what SSM keeps after the longest wait"),
  },
  {
    name: "stale marker rerun",
    edits: edit(
      "components/documents/run-once.sh",
      'fail "run $1 was cut off by a reboot, a time-out or a lack of memory; it is not repeated"',
      "return",
    ),
    caughtBy: by("documents/dash", "never runs again what was cut off"),
  },
  {
    name: "CONTINUE on failure",
    edits: edit(
      "contract/transition.ts",
      'onFailure === "continue" ? "CONTINUE" : "ABANDON"',
      'onFailure === "continue" ? "CONTINUE" : "CONTINUE"',
    ),
    caughtBy: by("handler/decide", "applies the failure policy to what has failed"),
  },
  {
    name: "failure policy ignored",
    edits: edit(
      "handler/decide.ts",
      "return complete(resultOf(onFailure), outcome,",
      'return complete("ABANDON", outcome,',
    ),
    caughtBy: by("handler/decide", "applies the failure policy to what has failed"),
  },
  {
    name: "heartbeat never",
    edits: edit("handler/decide.ts", "return due && situation.now <= end", "return due && situation.now < 0"),
    caughtBy: by("handler/decide", "sends one in each third of the timeout"),
  },
  {
    name: "heartbeat past the budget",
    edits: edit("handler/decide.ts", "return due && situation.now <= end", "return due"),
    caughtBy: by("handler/decide", "sends none once the budget is over"),
  },
  {
    name: "heartbeat on every sweep",
    edits: edit("handler/decide.ts", "return due && situation.now <= end", "return situation.now <= end"),
    caughtBy: by("handler/decide", "sends one in each third of the timeout"),
  },
  {
    name: "sweep without pagination",
    edits: edit(
      "handler/aws/autoScaling.ts",
      "      return found;\n    },\n\n    async describe",
      "      return found.slice(0, 1);\n    },\n\n    async describe",
    ),
    caughtBy: by("handler/awsCalls", "about groups is read to the last page"),
  },
  {
    name: "sweep drops the second batch",
    edits: edit("handler/send.ts", "from += sentAtOnce) {", "from += runs.length) {"),
    caughtBy: by("handler/send", "sends to every instance once"),
  },
  {
    name: "batch with 51",
    edits: edit("handler/send.ts", "export const sentAtOnce = 50", "export const sentAtOnce = 51"),
    caughtBy: by("promises/cost", "sends to fifty with a call and reads every page"),
  },
  {
    name: "bisect loses an id",
    edits: edit("handler/send.ts", "runs.slice(half))", "runs.slice(half + 1))"),
    caughtBy: by("handler/send", "sends to every instance once"),
  },
  {
    name: "ListCommands page 2 ignored",
    edits: edit(
      "handler/aws/runCommand.ts",
      "return found.sort((one, other)",
      "return found.slice(0, 1).sort((one, other)",
    ),
    caughtBy: by("handler/awsCalls", "about commands is read to the last page"),
  },
  {
    name: "Delayed taken for failed",
    edits: edit("handler/aws/runCommand.ts", '    case "Delayed":\n', ""),
    caughtBy: by("handler/awsCalls", "about a command is read by status and details"),
  },
  {
    name: "Cancelled taken for success",
    edits: edit("handler/aws/runCommand.ts", 'return "cancelled";', 'return "succeeded";'),
    caughtBy: by("handler/awsCalls", "about a command is read by status and details"),
  },
  {
    name: "completion before the command ended",
    edits: edit(
      "handler/decide.ts",
      '? keepWaiting(situation, latest.requestedAt, "the script is running")',
      '? complete("CONTINUE", "succeeded", "the script is running")',
    ),
    caughtBy: by("handler/decide", "waits for a command that is on its way or running"),
  },
  {
    name: "completion of another group's instance",
    edits: edit(
      "handler/reconcile.ts",
      "commands: invocations.get(id) ?? []",
      "commands: [...invocations.values()][0] ?? []",
    ),
    caughtBy: by("promises/cost", "completes nothing of another group"),
  },
  {
    name: "launch ABANDON retained",
    edits: edit("handler/decide.ts", "if (neverServed(activity)) {", "if (activity.cause === undefined) {"),
    caughtBy: by("handler/decide", "lets go those that never served"),
  },
  {
    name: "unreachable at once on the first InvalidInstanceId",
    edits: edit("handler/decide.ts", "return 1000 * (transition", "return 0 * (transition"),
    caughtBy: by("handler/decide", "waits for an agent that restarts"),
  },
  {
    name: "never unreachable",
    edits: edit("handler/decide.ts", "return 1000 * (transition", "return Infinity * (transition"),
    caughtBy: by("handler/decide", "waits for an agent that restarts"),
  },
  {
    name: "dead-letter queue on throttling",
    edits: [
      {
        file: "handler/aws/runCommand.ts",
        find: 'if (nameOf(error) !== "InvalidInstanceId") return { kind: "failed", error: describe(error) };',
        replace: 'if (nameOf(error) !== "InvalidInstanceId") throw error;',
      },
      {
        file: "handler/carryOut.ts",
        find: "if (!comesFromAws(error)) throw error;",
        replace: "throw error;",
      },
      { file: "handler/lambda.ts", find: "if (!comesFromAws(error)) throw error;", replace: "throw error;" },
    ],
    caughtBy: by("artifact/drain", "leaves what AWS refuses to the sweep, without an error"),
  },
  {
    name: "test notification throws",
    edits: edit(
      "handler/events.ts",
      'return ignored("test notification of Auto Scaling");',
      'throw new Error("test notification of Auto Scaling");',
    ),
    caughtBy: by("handler/events", "ignores Auto Scaling's test notification"),
  },
  {
    name: "foreign message throws",
    edits: edit(
      "handler/events.ts",
      'return ignored("the SNS message is not JSON");',
      'throw new Error("the SNS message is not JSON");',
    ),
    caughtBy: by("handler/events", "ignores what is nobody's message"),
  },
  {
    name: "clock of the event taken for now",
    edits: edit("handler/hookAction.ts", "const now = context.clock.now();", "const now = time;"),
    caughtBy: by("artifact/drain", "reads the state before it acts on an old event"),
  },
  {
    name: "48 h limit off by one heartbeat",
    edits: edit(
      "timing/limits.ts",
      "export const maxHeartbeatTimeouts = 100;",
      "export const maxHeartbeatTimeouts = 101;",
    ),
    caughtBy: by("timing/constraints", "leaves a hundred heartbeat timeouts for the whole wait"),
  },
  {
    name: "deregistrationDelay forgotten",
    edits: edit(
      "components/lifecycle/hooks.ts",
      "          deregistrationDelay,\n",
      "          deregistrationDelay: 0,\n",
    ),
    caughtBy: by("components/gracefulAutoScalingGroup", "tells the handler through each hook what to do"),
  },
  {
    name: "hook deleted before the group",
    edits: edit(
      "components/lifecycle/hooks.ts",
      "{ ...opts, deletedWith: group, deleteBeforeReplace: false }",
      "{ ...opts, deleteBeforeReplace: false }",
    ),
    caughtBy: by("components/gracefulAutoScalingGroup", "lets the hooks go with the group"),
  },
  {
    name: "role policy deleted before the group",
    edits: edit(
      "components/gracefulAutoScalingGroup.ts",
      "...(pulumi.Resource.isInstance(given) ? [given] : []),",
      "",
    ),
    caughtBy: by(
      "components/gracefulAutoScalingGroup",
      "makes everything that hooks and instances need before",
    ),
  },
  {
    name: "document deleted before its successor",
    edits: edit("components/lifecycle/documents.ts", "{ ...opts, deleteBeforeReplace: false }", "opts"),
    caughtBy: by("promises/deploying", "is so for all that has a name of our choosing"),
  },
  {
    name: "hook deleted before its successor",
    edits: edit(
      "components/lifecycle/hooks.ts",
      "{ ...opts, deletedWith: group, deleteBeforeReplace: false }",
      "{ ...opts, deletedWith: group }",
    ),
    caughtBy: by("promises/deploying", "is so for all that has a name of our choosing"),
  },
  {
    name: "one tag for all components on a group",
    edits: edit("components/lifecycle/grant.ts", "`${key}:${ownerHash(name)}`", "key"),
    caughtBy: by("components/gracefulLifecycle", "owns hooks and tags alone"),
  },
  {
    name: "instance role moves while instances run",
    edits: edit("components/group/launchTemplate.ts", 'ignoreChanges: ["path"]', "ignoreChanges: []"),
    caughtBy: by("promises/deploying", "keeps the role that running instances live on"),
  },
  {
    name: "permission without source ARN",
    edits: edit("components/handler/permission.ts", ", sourceArn: source", ""),
    caughtBy: by(
      "components/lifecycleHandler",
      "lets the function be invoked by its own topic and rules only",
    ),
  },
  {
    name: "function time-out above the shortest heartbeat",
    edits: edit(
      "components/handler/function.ts",
      "export const functionTimeout = 60;",
      "export const functionTimeout = 360;",
    ),
    caughtBy: by(
      "components/lifecycleHandler",
      "ends the function long before the shortest hook could time out",
    ),
  },
];
