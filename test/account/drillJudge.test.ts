import assert from "node:assert/strict";
import { encodeInstructions, decodeInstructions, OnFailure } from "../../contract";
import {
  between,
  command,
  gone,
  instructions,
  joined,
  judged,
  plan,
  ran,
  states,
} from "../support/account/courses";

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
