import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import type { Command } from "../../../handler/situation";
import { instructionsFor } from "../../support/payloads";
import { at, command, known, outcomeOf, situation } from "./situations";

describe("decide, about a command that does not end", () => {
  it("waits for the agent's report a little beyond the budget, then asks again and leaves the script alone", () => {
    const running = { ...known, commands: [command("running")] };

    assert.equal(decide(situation({ ...running, since: at(0), now: at(30 + 120 + 15) })).kind, "wait");
    const decision = decide(situation({ ...running, now: at(30 + 120 + 16) }));
    assert.ok(decision.kind === "run" && decision.replaces === undefined);
  });

  it("asks again at least once, however late", () => {
    const late = { commands: [command("running")], now: at(50_000) };

    assert.equal(decide(situation({ ...known, ...late })).kind, "run");
  });

  it("reads when the action began before it asks again, as lists may not show its first command any more", () => {
    const silent = { commands: [command("expired")], since: at(0), now: at(200) };
    const undelivered = { ...silent, commands: [command("undelivered")], now: at(100) };

    const { kind, reason } = decide(situation(silent));
    assert.deepEqual([kind, reason.code], ["inspect", "runOfActionUnknown"]);
    assert.equal(decide(situation({ ...silent, ...known })).kind, "run");
    assert.equal(decide(situation(undelivered)).kind, "run");
  });

  it("applies the failure policy where the second command gets no answer for 180 s, and cancels the first command", () => {
    const commands = [command("running"), { ...command("undelivered", at(200)), id: "c2" }];
    const silentSince = 30 + 120 + 15;

    assert.equal(decide(situation({ commands, now: at(silentSince + 179) })).kind, "run");
    const decision = decide(situation({ ...known, commands, now: at(silentSince + 180 + 30) }));
    assert.equal(outcomeOf(decision), "CONTINUE overran");
    assert.ok(decision.kind === "complete" && decision.cancels === "c1");
  });

  it("goes by the end of the second command, and waits while the second command runs", () => {
    const asked = (status: Command["status"], now: number) =>
      outcomeOf(
        decide(
          situation({
            since: at(0),
            commands: [command("running"), command(status, at(170))],
            now: at(now),
          }),
        ),
      );

    assert.equal(asked("succeeded", 180), "CONTINUE succeeded");
    assert.equal(asked("running", 180), "wait");
    assert.equal(asked("running", 170 + 150), "wait");
  });

  it("uses the budget that the command was sent with, even if a deployment has changed the hook since", () => {
    const shortened = { ...known, instructions: instructionsFor("terminate", { execution: 10 }) };
    const commands = [{ ...command("running"), budget: 3630 }];

    assert.equal(decide(situation({ ...shortened, commands, now: at(3600) })).kind, "heartbeat");
    assert.equal(decide(situation({ ...shortened, commands, now: at(3646) })).kind, "run");
  });

  it("asks for 180 s more after a command that got through and ended without a result", () => {
    const commands = [{ ...command("cancelled"), endedAt: at(1800) }, command("undelivered", at(1810))];
    const long = {
      ...known,
      instructions: instructionsFor("terminate", { execution: 3600 }),
      heartbeatTimeout: 3930,
    };

    assert.equal(decide(situation({ ...long, commands, now: at(1800 + 179) })).kind, "run");
    assert.equal(decide(situation({ ...long, commands, now: at(1800 + 210) })).kind, "complete");
  });

  it("assumes that a command that ended within a minute did not get through", () => {
    const after = (seconds: number) =>
      decide(
        situation({
          ...known,
          since: at(0),
          commands: [{ ...command("troubled"), endedAt: at(seconds) }],
          now: at(180),
        }),
      ).kind;

    assert.equal(after(60), "wait");
    assert.equal(after(61), "run");
  });

  it("gives up on an agent that falls silent again and again", () => {
    const silent = (requestedAt: number) => ({
      ...command("troubled", at(requestedAt)),
      endedAt: at(requestedAt + 90),
    });
    // Twice the agent timeout, and the budget.
    const last = 2 * 180 + 150;

    const after = (commands: Command[], now: number) =>
      outcomeOf(decide(situation({ ...known, commands, now: at(now) })));

    assert.equal(after([silent(0)], 120), "run");
    assert.equal(after([silent(0), silent(last - 1)], 700), "run");
    assert.equal(after([silent(0), silent(last)], 700), "CONTINUE unreachable");
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

  it("waits 30 s more before it gives up, as another look may have sent a last command that is not listed yet", () => {
    const commands = [command("cancelled", at(0))];

    assert.equal(decide(situation({ since: at(0), commands, now: at(180) })).kind, "wait");
    assert.equal(decide(situation({ since: at(0), commands, now: at(180 + 29) })).kind, "wait");
  });

  it("counts the 180 s from the first command, so that looks with and without an event agree", () => {
    const later = { ...known, since: at(0), commands: [command("undelivered", at(40))] };

    assert.equal(decide(situation({ ...later, now: at(40 + 179) })).kind, "run");
    assert.equal(decide(situation({ ...later, now: at(40 + 209) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...later, now: at(40 + 210) }))), "CONTINUE unreachable");
  });

  it("does not give up because of a command from before the wait, which a forged event may have sent", () => {
    const commands = [command("notMeant", at(-200))];

    assert.equal(decide(situation({ commands, now: at(30) })).kind, "inspect");
    assert.equal(decide(situation({ ...known, commands, now: at(30) })).kind, "run");
  });

  it("counts the 180 s from the event where a Spot warning has sent a command before", () => {
    const early = { ...command("undelivered", at(-100)), early: true };

    assert.equal(decide(situation({ since: at(0), commands: [early], now: at(179) })).kind, "run");
  });

  it("runs the document again after a command that was cancelled or never delivered, as the guard knows whether the script ran", () => {
    for (const status of ["cancelled", "undelivered"] as const) {
      const decision = decide(situation({ commands: [command(status)] }));
      assert.ok(decision.kind === "run" && decision.replaces === undefined, status);
    }
  });
});
