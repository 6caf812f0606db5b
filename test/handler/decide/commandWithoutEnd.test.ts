import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import type { Command } from "../../../handler/situation";
import { instructionsFor } from "../../support/payloads";
import { at, command, known, outcomeOf, situation } from "./situations";

describe("decide with a command that does not end", () => {
  it("waits for the agent's report a little beyond the budget, then asks, and leaves the script alone", () => {
    const running = { commands: [command("running")] };

    assert.equal(decide(situation({ ...running, now: at(30 + 120 + 15) })).kind, "wait");
    const decision = decide(situation({ ...running, now: at(30 + 120 + 16) }));
    assert.ok(decision.kind === "run" && decision.replaces === undefined);
  });

  it("asks once at least, however late that is", () => {
    assert.equal(decide(situation({ commands: [command("running")], now: at(50_000) })).kind, "run");
  });

  it("applies the failure policy where the question finds no answer for 180 s, and takes the command back", () => {
    const commands = [command("running"), { ...command("undelivered", at(200)), id: "c2" }];
    const silentSince = 30 + 120 + 15;

    assert.equal(decide(situation({ commands, now: at(silentSince + 179) })).kind, "run");
    const decision = decide(situation({ ...known, commands, now: at(silentSince + 180 + 30) }));
    assert.equal(outcomeOf(decision), "CONTINUE overran");
    assert.ok(decision.kind === "complete" && decision.cancels === "c1");
  });

  it("goes by the answer: the script's end that was never reported, or that it still runs", () => {
    const asked = (status: Command["status"], now: number) =>
      outcomeOf(
        decide(situation({ commands: [command("running"), command(status, at(170))], now: at(now) })),
      );

    assert.equal(asked("succeeded", 180), "CONTINUE succeeded");
    assert.equal(asked("running", 180), "wait");
    assert.equal(asked("running", 170 + 150), "wait");
  });

  it("judges it by the budget that it was sent with, whatever a deployment has made of the hook since", () => {
    const shortened = { instructions: instructionsFor("terminate", { execution: 10 }) };
    const commands = [{ ...command("running"), budget: 3630 }];

    assert.equal(decide(situation({ ...shortened, commands, now: at(3600) })).kind, "wait");
    assert.equal(decide(situation({ ...shortened, commands, now: at(3646) })).kind, "run");
  });

  it("asks for 180 s more when an agent that got through falls silent", () => {
    const commands = [{ ...command("cancelled"), endedAt: at(1800) }, command("undelivered", at(1810))];
    const long = {
      ...known,
      instructions: instructionsFor("terminate", { execution: 3600 }),
      heartbeatTimeout: 3930,
    };

    assert.equal(decide(situation({ ...long, commands, now: at(1800 + 179) })).kind, "run");
    assert.equal(decide(situation({ ...long, commands, now: at(1800 + 210) })).kind, "complete");
  });

  it("takes no command that ended within a minute for one that got through", () => {
    const after = (seconds: number) =>
      decide(
        situation({
          since: at(0),
          commands: [{ ...command("troubled"), endedAt: at(seconds) }],
          now: at(180),
        }),
      ).kind;

    assert.equal(after(60), "wait");
    assert.equal(after(61), "run");
  });

  it("comes to an end with an agent that falls silent again and again", () => {
    const silent = (requestedAt: number) => ({
      ...command("troubled", at(requestedAt)),
      endedAt: at(requestedAt + 90),
    });
    // Twice the time of an agent, and the budget.
    const last = 2 * 180 + 150;

    assert.equal(decide(situation({ commands: [silent(0)], now: at(120) })).kind, "run");
    assert.equal(decide(situation({ commands: [silent(0), silent(last - 1)], now: at(700) })).kind, "run");
    const decision = decide(situation({ ...known, commands: [silent(0), silent(last)], now: at(700) }));
    assert.equal(outcomeOf(decision), "CONTINUE unreachable");
  });

  it("replaces a command that has not reached the agent 30 s after its delivery timeout", () => {
    const pending = { commands: [command("pending")] };

    assert.equal(decide(situation({ ...pending, now: at(60) })).kind, "wait");
    const decision = decide(situation({ ...pending, now: at(61) }));
    assert.ok(decision.kind === "run" && decision.replaces === "c1");
  });

  it("gives up on an agent that has not answered for 180 s", () => {
    const commands = [command("cancelled", at(0)), command("pending", at(61))];

    assert.equal(decide(situation({ commands, now: at(179) })).kind, "run");
    const decision = decide(situation({ ...known, commands, now: at(180 + 30) }));
    assert.equal(outcomeOf(decision), "CONTINUE unreachable");
    assert.ok(decision.kind === "complete" && decision.cancels === "c1");
  });

  it("gives up 30 s after that, as another look may have sent a last command that is not listed yet", () => {
    const commands = [command("cancelled", at(0))];

    assert.equal(decide(situation({ commands, now: at(180) })).kind, "wait");
    assert.equal(decide(situation({ commands, now: at(180 + 29) })).kind, "wait");
  });

  it("counts from the first command, as looks that know no event do, so that all looks agree", () => {
    const later = { ...known, since: at(0), commands: [command("undelivered", at(40))] };

    assert.equal(decide(situation({ ...later, now: at(40 + 179) })).kind, "run");
    assert.equal(decide(situation({ ...later, now: at(40 + 209) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...later, now: at(40 + 210) }))), "CONTINUE unreachable");
  });

  it("gives up for no command of before the wait, as a forged event may have sent one", () => {
    const commands = [command("notMeant", at(-200))];

    assert.equal(decide(situation({ commands, now: at(30) })).kind, "inspect");
    assert.equal(decide(situation({ ...known, commands, now: at(30) })).kind, "run");
  });

  it("counts from the event where a Spot warning has sent a command before", () => {
    const early = { ...command("undelivered", at(-100)), early: true };

    assert.equal(decide(situation({ since: at(0), commands: [early], now: at(179) })).kind, "run");
  });

  it("starts again what was cancelled or never delivered, as the guard on the instance knows whether it ran", () => {
    for (const status of ["cancelled", "undelivered"] as const) {
      const decision = decide(situation({ commands: [command(status)] }));
      assert.ok(decision.kind === "run" && decision.replaces === undefined, status);
    }
  });
});
