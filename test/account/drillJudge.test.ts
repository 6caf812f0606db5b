import assert from "node:assert/strict";
import {
  encodeInstructions,
  decodeInstructions,
  OnFailure,
  Transport,
  type Instructions,
} from "../../contract";
import type { Between, Course, SeenCommand, SeenState } from "../../cli/account/drill/course";
import { judges, type JudgeName } from "../../cli/account/drill/judge";
import type { Plan } from "../../cli/account/drill/plan";

const instructions: Instructions = {
  handler: "web",
  transport: Transport.Sns,
  document: "web-terminate",
  delivery: 30,
  execution: 120,
  maxWait: 0,
  deregistrationDelay: 0,
  agentTimeout: 180,
  onFailure: OnFailure.Continue,
};

const plan: Plan = {
  transition: "terminate",
  instances: 1,
  lowerDesired: false,
  group: "web",
  hook: { name: "terminate", heartbeatTimeout: 450, defaultResult: "CONTINUE", instructions },
  strangers: [],
  chosen: ["i-1"],
  inService: 3,
  desired: { before: 3, after: 3 },
  worst: 450,
  whole: 1050,
  risks: [],
};

/** Between two looks, seconds. */
function between(after: number, by: number): Between {
  return { after: after * 1000, by: by * 1000 };
}

function states(...all: readonly (readonly [state: string, after: number, by: number])[]): SeenState[] {
  return all.map(([state, after, by]) => ({ state, entered: between(after, by) }));
}

/** An instance that waits at its hook from 3 s to somewhere between 28 and 33 s. */
const gone = states(
  ["InService", -1, 0],
  ["Terminating:Wait", 0, 3],
  ["Terminating:Proceed", 28, 33],
  ["Terminated", 53, 58],
);

/** A command that runs from 4 s to 30 s by the clock of its instance, and lists show as over between 28 and 33 s. */
function command(changes: Partial<SeenCommand> = {}): SeenCommand {
  return {
    id: "c-1",
    document: "web-terminate",
    requestedAt: 3_000,
    listed: between(0, 5),
    status: "Success",
    details: "Success",
    begun: between(3, 8),
    over: between(28, 33),
    step: { code: 0, startedAt: 4_000, endedAt: 30_000, output: ran },
    fields: { filled: [], empty: [] },
    ...changes,
  };
}

const ran =
  "graceful-asg: the terminate script starts and may take 120 s\ngraceful-asg: the terminate script ended with exit code 0\n";
const joined = `graceful-asg: run 1 of this action is under way or over; this command returns its result\n${ran}`;

function course(changes: Partial<Course> = {}): Course {
  return {
    instance: "i-1",
    transition: "terminate",
    isReplacement: false,
    states: gone,
    activity: undefined,
    statusCodes: [],
    commands: [command()],
    agentOnline: undefined,
    holds: [],
    ...changes,
  };
}

/** A judgement of a made-up course: its verdict, and a part of the reason. */
function judged(name: JudgeName, changes: Partial<Course>, planned: Partial<Plan> = {}): string {
  const { verdict, why } = judges[name](course(changes), { ...plan, ...planned });
  return `${verdict}: ${why}`;
}

describe("the judges of a drill", () => {
  it("keep P1 where the script ended before the instance went on, and break it where it ended later", () => {
    assert.match(judged("P1", {}), /^kept: the stop script ended at most 3 s before the instance went on$/);

    const late = command({
      over: between(43, 48),
      step: { code: 0, startedAt: 4_000, endedAt: 45_000, output: ran },
    });
    assert.match(
      judged("P1", { commands: [late] }),
      /^broken: the instance went on 12 s before its stop script ended$/,
    );

    const running = command({ status: "InProgress", over: undefined, step: undefined });
    assert.match(
      judged("P1", { commands: [running] }),
      /^broken: the instance went on after 25 to 33 s at its hook, while its stop script was running$/,
    );
  });

  it("do not believe the clock of an instance that contradicts the lists", () => {
    const wrong = command({ step: { code: 0, startedAt: -3_596_000, endedAt: -3_570_000, output: ran } });

    assert.match(
      judged("P3", { commands: [wrong] }),
      /^kept: the instance went on at most 5 s after the script's end$/,
    );
  });

  it("say nothing about an instance that still waits", () => {
    const waiting = {
      states: gone.slice(0, 2),
      commands: [command({ status: "InProgress", over: undefined, step: undefined })],
    };

    for (const name of ["P1", "P4", "P5", "script"] as const)
      assert.equal(judged(name, waiting), "not judged: the instance is still Terminating:Wait");
  });

  it("count the runs of the script, and not the commands that join a run", () => {
    const second = command({ id: "c-2", requestedAt: 9_000 });
    const joining = command({
      ...second,
      step: { code: 0, startedAt: 9_000, endedAt: 30_000, output: joined },
    });

    assert.equal(
      judged("P2", { commands: [command(), joining] }),
      "kept: the stop script ran once, with 2 commands",
    );
    assert.equal(
      judged("P2", { commands: [command(), second] }),
      "broken: the stop script ran 2 times, with 2 commands",
    );
    assert.match(judged("P2", { commands: [] }), /^not judged: 0 commands and no output of the guard/);
  });

  it("break P3 where the instance waits for more than two sweeps, unless another hook may hold it", () => {
    const late = states(["InService", -1, 0], ["Terminating:Wait", 0, 3], ["Terminating:Proceed", 170, 175]);

    assert.match(
      judged("P3", { states: late }),
      /^broken: the instance went on 140 to 145 s after the script's end, more than the 120 s of two sweeps$/,
    );
    assert.match(
      judged("P3", { states: late }, { strangers: ["mine"] }),
      /^not judged: .*; mine may have held it$/,
    );
    assert.match(judged("P4", { states: late }), /^kept: /);
  });

  it("tell a hook that timed out from a handler that gave up, and from a hook that is extended", () => {
    const wait = (seconds: number) => ({
      states: states(
        ["InService", -1, 0],
        ["Terminating:Wait", 0, 3],
        ["Terminating:Proceed", seconds - 2, seconds + 3],
      ),
      commands: [command({ status: "Cancelled", details: "Cancelled", step: undefined })],
    });
    const short = { ...plan.hook, heartbeatTimeout: 300 };

    assert.match(
      judged("P4", wait(60)),
      /^broken: the wait was over after 55 to 63 s, before the handler had a result: somebody else /,
    );
    assert.match(judged("P4", wait(200)), /^kept: the handler completed the action after 195 to 203 s; /);
    assert.match(judged("P4", wait(455)), /^broken: Auto Scaling applied the default result, CONTINUE: /);
    assert.match(
      judged("P4", wait(305), { hook: short }),
      /^broken: Auto Scaling applied the default result/,
    );
    assert.match(judged("P4", wait(420), { hook: short }), /^kept: /);
    assert.match(
      judged("P4", wait(455), { strangers: ["mine"] }),
      /^not judged: .*; mine may have held the instance$/,
    );
  });

  describe("where an operator holds the instance", () => {
    const failed = (changes: Partial<SeenCommand> = {}) =>
      command({
        status: "Failed",
        details: "Failed",
        step: { code: 80, startedAt: 4_000, endedAt: 30_000, output: ran.replace(/code 0/, "code 3") },
        ...changes,
      });
    const left = (seconds: number) =>
      states(
        ["InService", -1, 0],
        ["Terminating:Wait", 0, 3],
        ["Terminating:Proceed", seconds - 2, seconds + 3],
      );
    const hold = (until: number, over?: Between) => [{ until: until * 1000, seen: between(8, 13), over }];
    const held = (seconds: number, until: number, over?: Between) => ({
      states: left(seconds),
      commands: [failed()],
      holds: hold(until, over),
    });

    it("count from the end of the hold, also where the operator takes it back", () => {
      assert.equal(
        judged("P3", held(900, 860)),
        "kept: the instance went on 38 to 43 s after the end of an operator's hold",
      );
      assert.match(judged("P3", held(1_100, 860)), /^broken: .* more than the 120 s of two sweeps$/);
      assert.equal(
        judged("P3", held(900, 3_600, between(850, 855))),
        "kept: the instance went on 43 to 53 s after the end of an operator's hold",
      );
      assert.match(judged("P4", held(900, 860)), /^kept: the handler .*, with an operator's hold; /);
      assert.match(judged("P4", held(1_300, 860)), /^broken: Auto Scaling applied the default result/);
    });

    it("take the last moment before the global timeout for the end of a longer hold", () => {
      // A hundred timeouts of 450 s, less the three minutes that the handler keeps.
      assert.match(judged("P4", held(44_860, 100_000)), /^kept: /);
      assert.match(
        judged("P3", held(44_860, 100_000)),
        /^kept: the instance went on 35 to 43 s after the end /,
      );
      assert.match(judged("P4", held(45_003, 100_000)), /^broken: Auto Scaling applied the default result/);
    });

    it("do not judge who ended a wait during the hold", () => {
      assert.match(
        judged("P4", held(500, 860)),
        /^not judged: the wait was over 357 to 362 s before the end of an operator's hold: /,
      );
      assert.match(judged("P3", held(500, 860)), /^not judged: /);
    });

    it("count from the end of a script that succeeded", () => {
      const good = { holds: hold(860) };

      assert.equal(judged("P3", good), "kept: the instance went on at most 3 s after the script's end");
      assert.match(judged("P4", good), /^kept: /);
    });

    it("let a script run again after a failure, and only then", () => {
      const again = command({
        id: "c-2",
        requestedAt: 60_000,
        over: between(88, 93),
        step: { code: 0, startedAt: 61_000, endedAt: 90_000, output: ran },
      });
      const twice = { states: left(92), commands: [failed(), again], holds: hold(860) };

      assert.equal(
        judged("P2", twice),
        "kept: the stop script ran 2 times, with 2 commands: again only after a failure, while an operator held the instance",
      );
      assert.match(judged("P2", { ...twice, holds: [] }), /^broken: /);
      assert.match(judged("P2", { ...twice, commands: [command(), again] }), /^broken: /);
      assert.match(
        judged("P2", { ...twice, commands: [failed(), { ...again, requestedAt: 9_000 }] }),
        /^broken: /,
      );
      assert.equal(judged("script", twice), "kept: the stop script succeeded");
      assert.equal(judged("P3", twice), "kept: the instance went on at most 5 s after the script's end");
    });
  });

  it("compare the end of an instance whose script failed with the failure policy", () => {
    const failed = command({
      status: "Failed",
      details: "Failed",
      step: { code: 80, startedAt: 4_000, endedAt: 30_000, output: "" },
    });
    const retained = states(
      ["InService", -1, 0],
      ["Terminating:Wait", 0, 3],
      ["Terminating:Retained", 28, 33],
    );
    const retain = { hook: { ...plan.hook, instructions: { ...instructions, onFailure: OnFailure.Retain } } };

    assert.equal(judged("P5", {}), "not judged: no script failed, so no failure policy applied");
    assert.equal(
      judged("P5", { commands: [failed] }),
      "kept: the failure policy is continue, and the instance is gone",
    );
    assert.equal(
      judged("P5", { commands: [failed] }, retain),
      "broken: the failure policy is retain, and the instance is gone",
    );
    assert.equal(
      judged("P5", { commands: [failed], states: retained }, retain),
      "kept: the failure policy is retain, and the instance is retained",
    );
    assert.equal(judged("script", { commands: [failed] }), "broken: the stop script was ended by its guard");
  });

  it("take a step that the agent could not run for no result of the script", () => {
    const troubled = command({
      status: "Failed",
      details: "Failed",
      step: { code: 1, startedAt: 4_000, endedAt: 5_000, output: "" },
    });

    assert.match(
      judged("script", { commands: [troubled] }),
      /^broken: no result of the stop script is known$/,
    );
    assert.match(judged("script", { commands: [troubled, command({ id: "c-2" })] }), /^kept: /);
  });

  it("have instructions that a hook could carry", () => {
    assert.deepEqual(decodeInstructions(encodeInstructions(instructions)), instructions);
  });
});
