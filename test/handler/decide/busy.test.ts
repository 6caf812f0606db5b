import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import { instructionsFor } from "../../support/payloads";
import { activity, at, command, situation } from "./situations";

describe("decide, about a busy instance", () => {
  const instructions = instructionsFor("terminate", { maxWait: 600, execution: 720 });
  const busy = { hasProbe: true, isBusy: true, since: at(0), instructions, heartbeatTimeout: 1050 };

  it("waits for at most maxWait", () => {
    assert.equal(decide(situation({ ...busy, now: at(599) })).kind, "wait");
    assert.equal(decide(situation({ ...busy, now: at(600) })).kind, "run");
  });

  it("asks the probe for as long as the script may wait, and not after that", () => {
    const unasked = { ...busy, isBusy: undefined };
    const decision = decide(situation({ ...unasked, now: at(599) }));

    assert.ok(decision.kind === "inspect" && decision.fact === "busy");
    assert.equal(decide(situation({ ...unasked, now: at(600) })).kind, "run");
    assert.equal(decide(situation({ ...busy, isBusy: false, now: at(1) })).kind, "run");
  });

  it("counts maxWait from the beginning of the wait, even after a command that ended without a result", () => {
    const lost = { ...busy, since: undefined, commands: [command("cancelled", at(560))] };
    const known = { ...lost, activity: activity(at(-30)) };

    assert.equal(decide(situation({ ...lost, now: at(590) })).kind, "inspect");
    assert.equal(decide(situation({ ...known, now: at(590) })).kind, "wait");
    assert.equal(decide(situation({ ...known, now: at(610) })).kind, "run");
  });

  it("does not ask the probe once a command got through, as the script may be running", () => {
    const silent = {
      ...busy,
      activity: activity(at(-30)),
      isBusy: undefined,
      commands: [command("expired", at(0))],
      now: at(599),
    };
    const running = {
      ...silent,
      instructions: instructionsFor("terminate", { maxWait: 600, execution: 400 }),
    };

    assert.equal(decide(situation(running)).kind, "run");
  });

  it("sends heartbeats meanwhile where the hook's timeout is shorter", () => {
    const short = { ...busy, heartbeatTimeout: 300, now: at(100), previousLook: at(40) };

    assert.equal(decide(situation(short)).kind, "heartbeat");
  });

  it("counts the slots of its heartbeats from the event's time, though the activity began before", () => {
    const told = { ...busy, heartbeatTimeout: 300, activity: activity(at(-50)), previousLook: at(10) };

    assert.equal(decide(situation({ ...told, now: at(60) })).kind, "wait");
    assert.equal(decide(situation({ ...told, now: at(100) })).kind, "heartbeat");
  });

  it("sends heartbeats even if no event told that the deregistration ended early", () => {
    const drained = {
      ...busy,
      instructions: { ...instructions, deregistrationDelay: 900 },
      since: undefined,
      activity: activity(at(0)),
      heartbeatTimeout: 300,
    };

    assert.equal(decide(situation({ ...drained, now: at(99), previousLook: at(40) })).kind, "wait");
    assert.equal(decide(situation({ ...drained, now: at(100), previousLook: at(40) })).kind, "heartbeat");
    assert.equal(decide(situation({ ...drained, now: at(160), previousLook: at(100) })).kind, "wait");
    assert.equal(decide(situation({ ...drained, now: at(250), previousLook: at(160) })).kind, "heartbeat");
  });
});
