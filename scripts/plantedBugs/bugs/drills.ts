import { by, edit, type Bug } from "../bug";

/** Mistakes of the command that scales in for real. */
export const drillBugs: readonly Bug[] = [
  {
    name: "drill that takes an instance in the warm pool for gone",
    edits: edit("cli/account/drill/look.ts", "pooled.filter(", "[].filter("),
    caughtBy: by("account/drillPool", "follows an instance back into the pool"),
  },
  {
    name: "drill that is watched no longer than the plan, whatever an operator's hold says",
    edits: edit("cli/account/drill/deadline.ts", "plan.whole * 1000, held)", "plan.whole * 1000)"),
    caughtBy: by(
      "account/drillHeld",
      "says so while it waits, and judges the handler by the end of the hold",
    ),
  },
  {
    name: "drill that takes a script that ran again at an operator's word for a second run",
    edits: edit("cli/account/drill/judge.ts", " && runsFollowFailures(course)", " && false"),
    caughtBy: by("account/drillHeld", "goes as promised where the operator runs the script again"),
  },
  {
    name: "drill that lowers the desired capacity without being told to",
    edits: edit(
      "cli/account/drill/start.ts",
      "ShouldDecrementDesiredCapacity: lower,",
      "ShouldDecrementDesiredCapacity: true || lower,",
    ),
    caughtBy: by("account/drill", "says what it is going to do, does it, and judges"),
  },
  {
    name: "drill that terminates the youngest instances",
    edits: edit("cli/account/drill/plan.ts", "age(one) - age(other)", "age(other) - age(one)"),
    caughtBy: by("account/drill", "chooses the oldest instances that are healthy and not protected"),
  },
  {
    name: "drill that goes on after a no",
    edits: edit("cli/account/drill/drill.ts", "if (!options.yes && !(await", "if (false && !(await"),
    caughtBy: by("account/drillPerson", "asks after the plan, and changes nothing without a yes"),
  },
  {
    name: "drill that takes a command that joins a run for another run",
    edits: edit("cli/account/drill/script.ts", " && !words.joins.test(output)", ""),
    caughtBy: by("account/drillJudge", "count the runs of the script, and not the commands that join a run"),
  },
  {
    name: "drill that takes each timeout of a hook for the handler's decision",
    edits: edit("cli/account/drill/wait.ts", 'if (hasTimedOut(length, hook)) return "timeout";', ""),
    caughtBy: by("account/drillSick", "a handler that always fails"),
  },
];
