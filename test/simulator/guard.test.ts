import assert from "node:assert/strict";
import { consult, type Asked, type ScriptRun, type Surroundings } from "../../simulator/ssm/guard";

const goes: Surroundings = { instance: "i-1", target: "Terminated", isInterrupted: false };
const stays: Surroundings = { ...goes, target: "InService" };
const asked: Asked = { transition: "terminate", instance: "", action: "", sent: "", since: "", meant: false };
const run: ScriptRun = {
  number: 1,
  hook: "stop",
  transition: "terminate",
  announces: false,
  action: "",
  sent: "",
  since: "",
  code: undefined,
  isAlive: true,
  output: "",
  waiting: new Set(),
};
const joinFor = 500;

/** What the guard does with a command if a run exists. */
function does(its: Partial<ScriptRun>, command: Partial<Asked>, around = goes): string {
  return consult([{ ...run, ...its }], { ...asked, ...command }, around, joinFor).kind;
}

describe("the guard in the simulator", () => {
  const table: readonly (readonly [string, Partial<ScriptRun>, Partial<Asked>, "join" | "perform"])[] = [
    ["the same action", { action: "a", sent: "1" }, { action: "a", sent: "9999", since: "9000" }, "join"],
    ["another action", { action: "a", sent: "100" }, { action: "b", sent: "101" }, "perform"],
    [
      "a run of this action",
      { sent: "100", since: "90" },
      { action: "b", sent: "2000", since: "90" },
      "join",
    ],
    ["a run of an earlier action", { sent: "100", since: "90" }, { sent: "200", since: "101" }, "perform"],
    ["a run before its action began, lately", { sent: "100" }, { sent: "600", since: "300" }, "join"],
    ["a run before its action began, long ago", { sent: "100" }, { sent: "601", since: "300" }, "perform"],
    ["a command that knows no beginning, late", { sent: "100", since: "90" }, { sent: "601" }, "perform"],
    [
      "a run before a stop in a warm pool, by the sweep",
      { sent: "100", since: "90" },
      { sent: "160", since: "150" },
      "perform",
    ],
    [
      "a run of an event before a stop in a warm pool",
      { action: "a", sent: "100", since: "90" },
      { sent: "160", since: "150" },
      "perform",
    ],
    [
      "a run that has failed, where an operator says so",
      { action: "a", sent: "100", since: "90" },
      { sent: "160", since: "101" },
      "perform",
    ],
    ["a command run by hand", { action: "a", sent: "100", since: "90" }, {}, "join"],
  ];
  for (const [what, its, command, kind] of table)
    it(`${kind === "join" ? "joins" : "does not join"} ${what}`, () => {
      assert.equal(does(its, command), kind);
    });

  it("finds the run of an action behind later runs", () => {
    const runs = [
      { ...run, action: "a", number: 1 },
      { ...run, action: "b", number: 2 },
    ];
    const decision = consult(runs, { ...asked, action: "a" }, goes, joinFor);

    assert.deepEqual([decision.kind, decision.kind === "join" && decision.run.number], ["join", 1]);
  });

  it("runs nothing on an instance that stays, unless the handler has seen it wait or EC2 interrupts it", () => {
    assert.equal(does({}, {}, stays), "refuse");
    assert.equal(does({}, { meant: true }, stays), "join");
    assert.equal(does({}, {}, { ...stays, isInterrupted: true }), "join");
    for (const target of [
      "Terminated",
      "Warmed:Terminated",
      "Warmed:Stopped",
      "Warmed:Running",
      "Warmed:Hibernated",
    ] as const)
      assert.equal(does({}, {}, { ...stays, target }), "join");
    for (const target of ["Standby", "Detached"] as const)
      assert.equal(does({}, {}, { ...stays, target }), "refuse");
  });

  it("runs no launch script on an instance that goes", () => {
    const launch = { transition: "launch" } as const;

    assert.equal(does({}, launch, stays), "join");
    assert.equal(does({}, launch, { ...stays, target: "Warmed:Stopped" }), "join");
    assert.equal(does({}, launch, goes), "refuse");
  });

  it("runs nothing on another instance than the command names", () => {
    assert.equal(does({}, { instance: "i-2", meant: true }), "refuse");
    assert.equal(does({}, { instance: "i-1" }), "join");
  });
});
