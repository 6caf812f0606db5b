import assert from "node:assert/strict";
import type { Between, SeenCommand } from "../../cli/account/drill/course";
import { between, command, judged, ran, states } from "../support/account/courses";

describe("the judges of a drill where an operator holds the instance", () => {
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
