import { by, edit, type Bug } from "../bug";

const oneAfterAnother = "stop one after another";

/** Mistakes in the turns of instances. */
export const turnBugs: readonly Bug[] = [
  {
    name: "turn of whoever waits, though another was chosen before",
    edits: edit(
      "handler/sweep/turns.ts",
      "const draining = group.instances.filter(mayBeDraining)",
      "const draining = group.instances.filter(() => false)",
    ),
    caughtBy: by("promises/turns", "stop in the order in which Auto Scaling chose them"),
  },
  {
    name: "turn that is not passed on at the end of a script",
    edits: edit(
      "handler/sweep/turns.ts",
      "const passesOn = settled.some(({ isCompleted }) => isCompleted)",
      "const passesOn = false",
    ),
    caughtBy: by("promises/turns", `${oneAfterAnother}, each as soon as the one before has stopped`),
  },
  {
    name: "turn kept by an instance that another hook holds",
    edits: edit("handler/sweep/turns.ts", 'if (known?.decision.kind === "complete") return [];', ""),
    caughtBy: by("promises/turns", "pass a turn on though another hook still holds"),
  },
  {
    name: "turns in the order of ids alone",
    edits: edit("handler/sweep/turns.ts", "place(one) - place(other) || one.instance", "one.instance"),
    caughtBy: by("handler/turns", "goes by the choice, then by the id"),
  },
  {
    name: "turn of every instance at once",
    edits: edit("handler/sweep/turns.ts", "hasTurn: turns.has(one.subject.instance)", "hasTurn: true"),
    caughtBy: by("promises/turns", `${oneAfterAnother} though every event is lost`),
  },
  {
    name: "two instances in one command, whose end comes with the later of them",
    edits: edit("handler/send.ts", "hook.instructions.drain === undefined ? sentAtOnce : 1", "sentAtOnce"),
    caughtBy: by("handler/reconcile/turns", "sends each instance a command of its own"),
  },
  {
    name: "agent given up as the instance has waited for its turn",
    edits: edit(
      "handler/decide/time.ts",
      "(hasProbe ? instructions.maxWait : 0) + turnWaitOf(situation)",
      "(hasProbe ? instructions.maxWait : 0)",
    ),
    caughtBy: by("handler/decide/turns", "asks an agent that refuses for as long as ever"),
  },
  {
    name: "hook without time for the wait for a turn",
    edits: edit("timing/schedule.ts", "const total = turnWait + turn;", "const total = turn;"),
    caughtBy: by("timing/turns", "is covered by the hook: by its timeout, or by heartbeats"),
  },
];
