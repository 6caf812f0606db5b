import { by, edit, type Bug } from "../bug";

/** Mistakes in calls to AWS and in what they answer. */
export const callBugs: readonly Bug[] = [
  {
    name: "sweep without pagination",
    edits: edit(
      "handler/aws/autoScaling.ts",
      "      return found;\n    },\n\n    async group(name)",
      "      return found.slice(0, 1);\n    },\n\n    async group(name)",
    ),
    caughtBy: by("handler/aws/autoScalingAnswers", "reads groups to the last page"),
  },
  {
    name: "sweep drops the second batch",
    edits: edit(
      "handler/send.ts",
      "const count = Math.ceil(targets.length / size);",
      "const count = Math.min(1, Math.ceil(targets.length / size));",
    ),
    caughtBy: by("handler/send", "sends to every instance once"),
  },
  {
    name: "batch with 51",
    edits: edit("handler/send.ts", "export const sentAtOnce = 50", "export const sentAtOnce = 51"),
    caughtBy: by("promises/cost", "sends to fifty instances with a call and reads every page"),
  },
  {
    name: "bisect loses an id",
    edits: edit("handler/send.ts", "targets.slice(half)]", "targets.slice(half + 1)]"),
    caughtBy: by("handler/send", "sends to every instance once"),
  },
  {
    name: "refused instances named one after the other",
    edits: edit("handler/send.ts", "!sending.isRest ? [rest]", "true ? [rest]"),
    caughtBy: by("handler/send", "reaches every instance within eight calls in a row"),
  },
  {
    name: "verdict on refused instances only after the others are sent to",
    edits: edit(
      "handler/send.ts",
      "  await Promise.all([\n    named.length",
      "  await Promise.all(parts.map((part) => sendBatch({ ...sending, isRest: true }, part)));\n  await Promise.all([\n    named.length",
    ),
    caughtBy: by("handler/send", "reports refused instances before it sends to the rest"),
  },
  {
    name: "refused for as long as ever, though SSM took a command",
    edits: edit("handler/send.ts", "{ sent, refusedSince: undefined }", "{ sent }"),
    caughtBy: by(
      "handler/reconcile/refusal",
      "get the whole agent timeout again once SSM has taken a command",
    ),
  },
  {
    name: "batch not split",
    edits: edit(
      "handler/send.ts",
      "if (targets.length === 1 || refused.whole)",
      "if (targets.length === 1 || refused.instances.length === 0)",
    ),
    caughtBy: by("handler/send", "sends to every instance once"),
  },
  {
    name: "ListCommands page 2 ignored",
    edits: edit(
      "handler/aws/runCommand.ts",
      "return found.sort((one, other)",
      "return found.slice(0, 1).sort((one, other)",
    ),
    caughtBy: by("handler/aws/runCommandAnswers", "reads commands to the last page"),
  },
  {
    name: "Delayed taken for failed",
    edits: edit("handler/aws/commandEnd.ts", '    case "Delayed":\n', ""),
    caughtBy: by("handler/aws/runCommandAnswers", "reads a command's status and details"),
  },
  {
    name: "Cancelled taken for success",
    edits: edit(
      "handler/aws/commandEnd.ts",
      'if (Status === "Cancelled") return "cancelled";',
      'if (Status === "Cancelled") return "succeeded";',
    ),
    caughtBy: by("handler/aws/runCommandAnswers", "says when a cancelled command ended"),
  },
  {
    name: "commands of others counted",
    edits: edit("handler/aws/runCommand.ts", "  if (facts === undefined) return [];\n", ""),
    caughtBy: by("handler/aws/runCommandAnswers", "ignores commands that no handler has sent"),
  },
  {
    name: "network errors taken for errors of the function",
    edits: edit("handler/aws/errors.ts", '|| "code" in error || error.name', "|| error.name"),
    caughtBy: by(
      "handler/carryOut",
      "returns the result of the step, or logs whether AWS or the handler failed",
    ),
  },
  {
    name: "requests without a timeout",
    edits: edit("handler/lambda.ts", "10_000, throwOnRequestTimeout: true", "10_000"),
    caughtBy: by("promises/stopping", "the handler gives up a call that AWS never answers"),
  },
  {
    name: "dead-letter queue on throttling",
    edits: [
      {
        file: "handler/aws/refusal.ts",
        find: "    if (!comesFromAws(error)) throw error;\n",
        replace: "    if (!comesFromAws(error) || isThrottled(error)) throw error;\n",
      },
      {
        file: "handler/carryOut.ts",
        find: "    if (!isOutOfTime(error)) logFailure",
        replace: "    if (comesFromAws(error)) throw error;\n    if (!isOutOfTime(error)) logFailure",
      },
      { file: "handler/lambda.ts", find: "if (!comesFromAws(error)) throw error;", replace: "throw error;" },
    ],
    caughtBy: by(
      "handler/lambda",
      "leaves a throttled command to the sweep after one call, without an error",
    ),
  },
  {
    name: "pace not shared by invocations",
    edits: [
      {
        file: "handler/lambda.ts",
        find: "import { createCalls, type CallPolicy, type Paces }",
        replace: "import { createCalls, createPaces, type CallPolicy, type Paces }",
      },
      {
        file: "handler/lambda.ts",
        find: "createCalls(clock, memory.paces,",
        replace: "createCalls(clock, createPaces(),",
      },
    ],
    caughtBy: by("handler/lambda.slow", "remembers the pace that AWS takes from one invocation to the next"),
  },
  {
    name: "call begun after the deadline",
    edits: [
      { file: "handler/aws/calls.ts", find: "if (began > until) throw", replace: "if (until < 0) throw" },
      {
        file: "handler/aws/pace.ts",
        find: "if (Math.max(now, at) > until) throw",
        replace: "if (until < 0) throw",
      },
    ],
    caughtBy: by("handler/calls", "do not begin once the time of the invocation is over"),
  },
];
