import { by, edit, type Bug } from "../bug";

/** Mistakes in how programs are read and rehearsed, and in what the command prints. */
export const rehearsalBugs: readonly Bug[] = [
  {
    name: "transforms of a parent that children do not inherit",
    edits: edit("evaluate/engine/monitor.ts", "...inherited, ", ""),
    caughtBy: by("evaluate/programs/kinds", "transforms of a component"),
  },
  {
    name: "transforms of a stack left out",
    edits: edit("evaluate/engine/monitor.ts", ", ...this.stackTransforms]", "]"),
    caughtBy: by("evaluate/programs/kinds", "transforms of a stack"),
  },
  {
    name: "outputs of another stack that nobody reads",
    edits: edit("cli/options.ts", "[stack]: readOutputs(file)", "[stack]: {}"),
    caughtBy: by("evaluate/programs/kinds", "outputs of another stack that are given"),
  },
  {
    name: "group of another stack overlooked",
    edits: edit("stack/elsewhere.ts", 'own.has(name) || name === ""', "true"),
    caughtBy: by("evaluate/programs/kinds", "a group in another stack"),
  },
  {
    name: "configuration on the command line that the file overrides",
    edits: edit(
      "evaluate/configuration.ts",
      "    ...Object.entries(given).map(([key, value]): [string, unknown] => [full(key), value]),\n",
      "",
    ),
    caughtBy: by("evaluate/programs/surroundings", "configuration on the command line"),
  },
  {
    name: "standard error of a program thrown away",
    edits: edit("evaluate/evaluate.ts", "message: end.errorOutput", 'message: ""'),
    caughtBy: by("evaluate/programs/surroundings", "a program that talks before it fails"),
  },
  {
    name: "second completion told as an alarm",
    edits: edit("cli/rehearsal/usualRefusal.ts", "message?.startsWith(", "message?.endsWith("),
    caughtBy: by("cli/goodDays", "shows a second completion quietly"),
  },
  {
    name: "exit code 0 although scripts did not run",
    edits: edit("cli/rehearsal/run.ts", "&& !options.allowFailures", "&& options.allowFailures"),
    caughtBy: by("cli/command", "exits with 1 where a script did not run"),
  },
  {
    name: "scale-out that goes on with the successors of what fails",
    edits: edit("cli/rehearsal/rehearsal.ts", "if (asked.size < instances) return false;", "return false;"),
    caughtBy: by("cli/command", "ends a scale-out that never succeeds"),
  },
  {
    name: "error about a pipe that its reader closed",
    edits: edit("cli/main.ts", '=== "EPIPE"', '=== "ENOENT"'),
    caughtBy: by("cli/command", "ends quietly when its reader closes the pipe"),
  },
  {
    name: "picture that cannot be written, after the play",
    edits: edit(
      "cli/rehearsal/run.ts",
      "  if (options.picture !== undefined) openPicture(options.picture);\n",
      "",
    ),
    caughtBy: by("cli/command", "says in one line what is wrong with --picture absent/x.svg"),
  },
  {
    name: "fault that means nothing for the transition",
    edits: edit("cli/rehearsal/options.ts", "!meaningful.includes(name)", "false"),
    caughtBy: by(
      "cli/command",
      "says in one line what is wrong with --transition launch --fault early-drain",
    ),
  },
];
