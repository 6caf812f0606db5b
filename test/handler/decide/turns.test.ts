import assert from "node:assert/strict";
import fc from "fast-check";
import { decide, decideFresh } from "../../../handler/decide";
import { instructionsFor } from "../../support/payloads";
import { situations } from "../../support/history/situations";
import { activity, at, command, refusal, situation } from "./situations";

/** An instance that may wait ten minutes for its turn. */
const drain = { maxConcurrent: 1, maxWait: 600 };
const inTurn = { instructions: instructionsFor("terminate", { drain }), activity: activity(at(0)) };
const codeOf = (decision: ReturnType<typeof decide>) => `${decision.kind} ${decision.reason.code}`;

describe("decide, where instances take turns", () => {
  it("asks whose turn it is before the first command, also of a fresh action", () => {
    assert.equal(codeOf(decide(situation(inTurn))), "inspect turnUnknown");
    const { instructions } = inTurn;
    assert.equal(
      codeOf(
        decideFresh({
          kind: "fresh",
          transition: "terminate",
          instructions,
          isPoolOnly: false,
          hasProbe: false,
          since: at(0),
          now: at(1),
        }),
      ),
      "inspect turnUnknown",
    );
  });

  it("waits for the turn, and runs the script in it", () => {
    assert.equal(codeOf(decide(situation({ ...inTurn, hasTurn: false }))), "wait notItsTurn");
    assert.equal(codeOf(decide(situation({ ...inTurn, hasTurn: true }))), "run notStarted");
  });

  it("runs the script when the wait for the turn is over, to the second, and says so", () => {
    const before = { ...inTurn, hasTurn: false, heartbeatTimeout: 2000, now: at(599) };

    assert.equal(decide(situation(before)).kind, "wait");
    assert.equal(codeOf(decide(situation({ ...before, now: at(600) }))), "run turnIsLate");
    assert.equal(
      codeOf(decide(situation({ ...before, hasTurn: undefined, now: at(600) }))),
      "run turnIsLate",
    );
    assert.equal(codeOf(decide(situation({ ...before, hasTurn: true, now: at(600) }))), "run notStarted");
  });

  it("sends heartbeats meanwhile where the hook's timeout is shorter than wait and turn", () => {
    const waiting = { ...inTurn, hasTurn: false, heartbeatTimeout: 300, previousLook: at(40) };

    assert.equal(decide(situation({ ...waiting, now: at(99) })).kind, "wait");
    assert.equal(codeOf(decide(situation({ ...waiting, now: at(100) }))), "heartbeat notItsTurn");
    const covered = { ...waiting, heartbeatTimeout: 600 + 450, now: at(500) };
    assert.equal(decide(situation(covered)).kind, "wait");
  });

  it("does not ask the probe about an instance whose turn has yet to come", () => {
    const probed = { ...inTurn, hasProbe: true };

    assert.equal(codeOf(decide(situation({ ...probed, hasTurn: false }))), "wait notItsTurn");
  });

  it("asks an agent that refuses for as long as ever, however long the instance has waited for its turn", () => {
    const refused = { ...inTurn, hasTurn: true, heartbeatTimeout: 2000, now: at(500) };

    assert.equal(codeOf(decide(situation({ ...refused, refusal }))), "wait refused");
    const since = { ...refusal, since: at(500) };
    assert.equal(decide(situation({ ...refused, refusal: since, now: at(679) })).kind, "wait");
    assert.equal(decide(situation({ ...refused, refusal: since, now: at(681) })).kind, "complete");
  });

  it("never asks again once a command was sent, whoever's turn it is", () => {
    fc.assert(
      fc.property(situations, fc.option(fc.boolean(), { nil: undefined }), (any, hasTurn) => {
        const sent = { ...any, repeats: false, commands: [command("pending", any.now)], hasTurn };
        const instructions = { ...any.instructions, drain };
        const { kind } = decide({ ...sent, instructions });
        assert.equal(kind, decide({ ...sent, instructions, hasTurn: true }).kind);
      }),
    );
  });

  it("starts no script out of turn before the wait is over, in any situation", () => {
    fc.assert(
      fc.property(situations, (any) => {
        const { instructions } = any;
        const waiting = {
          ...any,
          transition: "terminate" as const,
          instructions: { ...instructions, drain: { maxConcurrent: 1, maxWait: 100_000 } },
          commands: [],
          activity: activity(any.now - 1000),
          hasTurn: false,
        };
        assert.notEqual(decide(waiting).kind, "run");
      }),
    );
  });
});
