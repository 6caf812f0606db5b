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

  it("asks for the beginning of the wait where nothing tells until when the instance waits for its turn", () => {
    const { instructions } = inTurn;
    const fresh = { kind: "fresh", transition: "terminate", instructions, isPoolOnly: false } as const;
    const decision = decideFresh({ ...fresh, hasProbe: false, hasTurn: false, since: at(0), now: at(1) });

    assert.equal(codeOf(decision), "inspect waitOfTurnUnknown");
    assert.equal(decision.kind === "inspect" && decision.fact, "activity");
  });

  it("does not hold up an instance that had its turn, and whose document is sent again", () => {
    const sent = { ...command("undelivered"), endedAt: at(10) };

    assert.equal(
      codeOf(decide(situation({ ...inTurn, commands: [sent], hasTurn: false }))),
      "run notDelivered",
    );
  });

  it("extends a hook that may have been open for the wait of a turn before a command that is repeated", () => {
    const sent = { ...command("undelivered"), endedAt: at(1) };
    const { instructions } = inTurn;
    const again = (heartbeatTimeout: number) =>
      decide(situation({ instructions, commands: [sent], heartbeatTimeout, now: at(40) }));

    assert.deepEqual(
      [1000, 1200].map((timeout) => {
        const decision = again(timeout);
        return decision.kind === "run" && decision.extend;
      }),
      [true, false],
    );
  });

  it("holds up no launch script", () => {
    const launch = { transition: "launch", instructions: instructionsFor("launch", { drain }) } as const;

    assert.equal(codeOf(decide(situation({ ...launch, activity: activity(at(0)) }))), "run notStarted");
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
