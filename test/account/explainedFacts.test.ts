import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { ActivityFacts, CommandFacts, Facts } from "../../cli/account/explain/facts";
import { gapsOf } from "../../cli/account/explain/gaps";
import { explanationLines } from "../../cli/account/explain/report";
import { tell } from "../../cli/account/explain/tell";

const began = Date.UTC(2026, 0, 1, 12);
const instance = "i-0123456789abcdef0";

const termination: ActivityFacts = {
  id: "a",
  group: "web",
  description: `Terminating EC2 instance: ${instance}`,
  cause: `At 2026-01-01T12:00:00Z instance ${instance} was selected for termination.`,
  startedAt: began,
  endedAt: began + 600_000,
  statusCode: "Successful",
  statusMessage: "",
};

const facts: Facts = {
  instance,
  region: "us-east-1",
  now: began + 3_600_000,
  group: "web",
  lifecycleState: undefined,
  settings: undefined,
  handlers: [],
  activities: [termination],
  commands: [],
  log: [],
  hasCommands: true,
  hasLog: true,
  gaps: [],
};

const command: CommandFacts = {
  id: "c1",
  document: "handler-web-terminate",
  transition: "terminate",
  isAnnouncement: false,
  hook: "stop",
  since: began + 10_000,
  budget: 150,
  requestedAt: began + 11_000,
  expiresAt: began + 200_000,
  status: "Success",
  details: "Success",
  startedAt: began + 12_000,
  endedAt: began + 30_000,
  code: 0,
  output:
    "graceful-asg: the terminate script starts and may take 120 s\ngraceful-asg: the terminate script ended with exit code 0\n",
};

const joined = "graceful-asg: run 1 of this action is under way or over; this command returns its result\n";

/** Lines of the first passage about the instance: seconds and text. */
/** The heading of the first passage, without colours. */
function headingOf(known: Facts): string {
  return stripVTControlCharacters(explanationLines(known, tell(known))[3] ?? "");
}

function linesOf(changes: Partial<Facts>): string[] {
  const [first] = tell({ ...facts, ...changes });
  return (first?.entries ?? []).map(
    ({ at, isAbout, line }) => `${isAbout ? "~" : ""}${(at - began) / 1000} ${line.text}`,
  );
}

describe("the account of an instance", () => {
  it("has the line of a command that joins the run of a command whose end nobody reported", () => {
    const lost = {
      ...command,
      status: "TimedOut",
      details: "DeliveryTimedOut",
      code: undefined,
      output: "",
      endedAt: undefined,
    };
    const second = {
      ...command,
      id: "c2",
      requestedAt: began + 100_000,
      startedAt: began + 101_000,
      endedAt: began + 102_000,
      output: joined + command.output,
    };

    assert.deepEqual(linesOf({ commands: [lost, second] }), [
      "0 Terminating: it was selected",
      "10 Terminating:Wait: it waits at stop",
      "11 the document is sent",
      "12 the stop script starts",
      "100 the document is sent",
      "101 a second command joins the run of the stop script",
      "~102 the stop script ends with exit code 0",
      "200 the command is TimedOut (DeliveryTimedOut)",
      "600 Terminated: it is gone",
    ]);
  });

  it("has a script that was cut off, and a script that the guard did not run", () => {
    const output =
      "graceful-asg: run 1 was cut off by a reboot, a signal or a lack of memory; it is not repeated\n";
    const failed = { ...command, status: "Failed", details: "Failed" };

    assert.deepEqual(linesOf({ commands: [{ ...failed, code: 80, output: joined + output }] }).slice(3, -1), [
      "12 a second command joins the run of the stop script",
      "30 the stop script is killed",
      "30 the command is Failed",
    ]);
    assert.deepEqual(linesOf({ commands: [{ ...failed, code: 81, output: "" }] }).slice(3, -1), [
      "30 the guard does not run the stop script: it is not meant",
      "30 the command is Failed",
    ]);
  });

  it("tells of commands where no scaling activity is left", () => {
    const line = headingOf({ ...facts, activities: [], commands: [command] });

    assert.equal(line, "Termination, about 2026-01-01 12:00:11 UTC: no scaling activity is left");
  });

  it("does not say that no script ran where commands could not be read", () => {
    assert.match(headingOf({ ...facts, hasCommands: false }), /: nothing tells whether its script ran$/);
    assert.match(headingOf(facts), /: ended without stop script$/);
  });

  it("gives a line of the log to the transition that had begun by then", () => {
    const launch = {
      ...termination,
      id: "b",
      description: `Launching a new EC2 instance: ${instance}`,
      startedAt: began - 100_000,
      endedAt: began - 50_000,
    };
    const log = [began - 60_000, began + 1_000].map((at) => ({
      at,
      level: "WARN",
      entry: { message: "could not cancel c", error: "no" },
    }));
    const told = tell({ ...facts, activities: [launch, ...facts.activities], log });

    assert.deepEqual(
      told.map(({ entries }) => entries.map(({ line }) => line.text)),
      [
        ["Pending: it is launched", "could not cancel c: no", "InService: its launch hooks are done"],
        ["Terminating: it was selected", "could not cancel c: no", "Terminated: it is gone"],
      ],
    );
  });

  it("says that a log has lost its lines", () => {
    const silent = { ...facts, handlers: ["handler"], commands: [command] };

    assert.ok(gapsOf(silent, tell(silent)).some((gap) => gap.startsWith("The log of handler has no line ")));
  });
});
