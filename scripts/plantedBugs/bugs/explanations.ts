import { by, edit, type Bug } from "../bug";

/** Mistakes in what the command line tells of an instance. */
export const explanationBugs: readonly Bug[] = [
  {
    name: "explanation that takes a run at an operator's word for a command that joins",
    edits: edit("cli/account/explain/fromCommands.ts", "isFirst || known.hasFailed.has(kind)", "isFirst"),
    caughtBy: by("account/explainedPasses", "tells of the run after a retry"),
  },
  {
    name: "explanation that does not follow a launch into the warm pool",
    edits: edit("cli/account/explain/tell.ts", "activity !== undefined && isIntoPool(activity)", "false"),
    caughtBy: by("account/explainedPasses", "has the phases of each way for the picture"),
  },
  {
    name: "extension beside a document that the log does not tell",
    edits: edit("handler/carryOut.ts", "{ extends: true }", "{}"),
    caughtBy: by("handler/carryOut", "says that the action is extended before the document is sent"),
  },
  {
    name: "joined run taken for a run of its own",
    edits: edit("cli/account/explain/fromCommands.ts", 'isJoined ? "joined" : "started"', '"started"'),
    caughtBy: by("account/explainedFacts", "has the line of a command that joins"),
  },
  {
    name: "commands of before thirty days that nobody misses",
    edits: edit("cli/account/explain/read/index.ts", "kept.length < spans.length", "false"),
    caughtBy: by("account/explain", "tells what the handler's log has kept"),
  },
];
