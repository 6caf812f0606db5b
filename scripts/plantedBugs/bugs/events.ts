import { by, edit, type Bug } from "../bug";

/** Mistakes on the way of an event. */
export const eventBugs: readonly Bug[] = [
  {
    name: "test notification throws",
    edits: edit(
      "handler/events.ts",
      'body["LifecycleTransition"] === testNotification) {\n    return ignored(',
      'body["LifecycleTransition"] === testNotification) {\n    throw new Error(',
    ),
    caughtBy: by("handler/events", "ignores Auto Scaling's test notification"),
  },
  {
    name: "foreign message throws",
    edits: edit(
      "handler/events.ts",
      "body = JSON.parse(message);\n  } catch {\n    return ignored(",
      "body = JSON.parse(message);\n  } catch {\n    throw new Error(",
    ),
    caughtBy: by("handler/events", "ignores messages that are not for the handler"),
  },
  {
    name: "state check dropped",
    edits: edit(
      "handler/hookAction.ts",
      "if (now - time > (mayRepeat({ instructions, transition }) ? freshForRepeating : freshFor))",
      "if (now < time)",
    ),
    caughtBy: by("handler/hookAction", "reads the state before it acts on an old event"),
  },
  {
    name: "clock of the event taken for now",
    edits: edit("handler/hookAction.ts", "const now = context.clock.now();", "const now = time;"),
    caughtBy: by("handler/hookAction", "reads the state before it acts on an old event"),
  },
  {
    name: "metadata out of range accepted",
    edits: edit(
      "contract/instructions.ts",
      "Number.isInteger(value) && value >= min && value <= max",
      "Number.isInteger(value) && value >= min",
    ),
    caughtBy: by("contract/instructions", "are refused where a value is not allowed"),
  },
  {
    name: "launch that waits past its invocation",
    edits: edit(
      "handler/hookAction.ts",
      "    if (context.clock.now() + bootPause > context.until) return;\n",
      "",
    ),
    caughtBy: by(
      "handler/hookAction",
      "waits on launch for an agent that boots, as long as the invocation lasts",
    ),
  },
  {
    name: "no look for retention where SSM refuses an event's command",
    edits: edit("handler/sweep/facts.ts", "instances, mayRetain(hook))", "instances, false)"),
    caughtBy: by(
      "handler/hookAction",
      "looks for an earlier retention where the policy retains, and only there",
    ),
  },
  {
    name: "no look for retention where an event tells of a failure",
    edits: edit(
      "handler/commandEnded.ts",
      "if (onFailure === undefined || retains(onFailure)) return undefined;",
      "if (onFailure === undefined) return undefined;",
    ),
    caughtBy: by("handler/commandEnded", "looks for an earlier retention before it retains an instance"),
  },
  {
    name: "token of another action",
    edits: edit(
      "handler/commandEnded.ts",
      "undefined : { group, hook, instance, token, transition };",
      "undefined : { group, hook, instance, token: instance, transition };",
    ),
    caughtBy: by(
      "handler/commandEnded",
      "completes the very action that the command was sent for, with one call",
    ),
  },
  {
    name: "action accepted that is not sealed",
    edits: edit(
      "handler/commandEnded.ts",
      "const token = seal.open(action, { group, hook, instance });",
      "const token = seal.open(action, { group, hook, instance }) ?? action;",
    ),
    caughtBy: by("handler/commandEnded", "completes nothing for an action that it has not sealed"),
  },
  {
    name: "cancelled command reconciled at once",
    edits: edit("handler/commandEnded.ts", '  if (ended.status === "Cancelled") return;\n', ""),
    caughtBy: by("handler/commandEnded", "leaves a command that was taken back to the next sweep"),
  },
  {
    name: "early mark dropped at a Spot warning",
    edits: edit("handler/spotWarning.ts", ", early: true }", " }"),
    caughtBy: by("handler/spotWarning", "starts the script of a Spot instance ahead of its hook"),
  },
  {
    name: "completion counted before it succeeded",
    edits: edit(
      "handler/carryOut.ts",
      "      ...entryOf(context, subject, decision, since),\n    });\n    showOutput",
      "      ...entryOf(context, subject, decision, since),\n      outcome: decision.outcome,\n    });\n    showOutput",
    ),
    caughtBy: by("handler/carryOut", "is counted once, when AWS has taken it"),
  },
  {
    name: "metrics written through the console",
    edits: edit(
      "handler/metrics.ts",
      "process.stdout.write(`${JSON.stringify(metrics)}\\n`);",
      "console.info(metrics);",
    ),
    caughtBy: by("promises/measuring", "count each completion once, by outcome"),
  },
  {
    name: "unknown duration measured as zero",
    edits: edit("handler/metrics.ts", "to === undefined ? undefined :", "to === undefined ? 0 :"),
    caughtBy: by("handler/metrics", "leave out what is not known"),
  },
  {
    name: "beginning told again for a repeated event",
    edits: edit(
      "handler/hookAction.ts",
      "const isFirst = (recall(context.memory, subject).sent?.requestedAt ?? 0) < since;",
      "const isFirst = true;",
    ),
    caughtBy: by("promises/telling", "does not tell a beginning again where it sends the document again"),
  },
  {
    name: "failure of the event bus thrown",
    edits: edit("handler/aws/eventBus.ts", "return events.map(() => describe(error));", "throw error;"),
    caughtBy: by("promises/telling", "completes as ever where the bus refuses its events"),
  },
  {
    name: "grant on every event bus",
    edits: edit(
      "components/lifecycleHandler/eventBus.ts",
      '{ Action: "events:PutEvents", Resource: bus }',
      '{ Action: "events:PutEvents", Resource: "*" }',
    ),
    caughtBy: by(
      "components/lifecycleHandler/roles",
      "let the function put events on the event bus that it is given",
    ),
  },
];
