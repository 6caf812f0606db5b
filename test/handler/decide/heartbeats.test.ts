import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import type { FoundAction } from "../../../handler/situation";
import { instructionsFor } from "../../support/payloads";
import { activity, at, command, known, situation } from "./situations";

describe("decide, about heartbeats", () => {
  const long = {
    instructions: instructionsFor("terminate", { execution: 18_000 }),
    heartbeatTimeout: 3600,
  };
  const running = { ...long, commands: [command("running")] };
  const look = (now: number, changes: Partial<FoundAction> = {}) =>
    decide(situation({ ...running, now: at(now), previousLook: at(now - 60), ...changes })).kind;

  it("sends a heartbeat in each third of the timeout, on the first look into the third", () => {
    assert.equal(look(1199), "wait");
    assert.equal(look(1200), "heartbeat");
    assert.equal(look(1259), "heartbeat");
    assert.equal(look(1260), "wait");
    assert.equal(look(2400), "heartbeat");
  });

  it("counts the thirds from the command", () => {
    const late = { commands: [command("running", at(100))] };

    assert.equal(look(1299, late), "wait");
    assert.equal(look(1300, late), "heartbeat");
  });

  it("sends a late heartbeat if no look was taken in time", () => {
    assert.equal(look(1400, { previousLook: at(1100) }), "heartbeat");
  });

  it("sends 14 heartbeats in a drain of five hours", () => {
    const looks = Array.from({ length: 300 }, (_, minute) => look(minute * 60 + 7));

    assert.equal(looks.filter((kind) => kind === "heartbeat").length, 14);
  });

  it("sends heartbeats until the report of the agent is late, and then asks the agent again", () => {
    const lastSlot = { ...known, previousLook: at(17_999) };

    assert.equal(look(18_030, lastSlot), "heartbeat");
    assert.equal(look(18_045, lastSlot), "heartbeat");
    assert.equal(look(18_046, lastSlot), "run");
  });

  it("sends no heartbeat past the last instant of the action, even if a command that got through has failed a moment ago", () => {
    const instructions = instructionsFor("terminate");
    const last = 2 * instructions.agentTimeout + instructions.delivery + instructions.execution;
    const failed = { ...command("troubled", at(last - 200)), endedAt: at(last - 5) };
    const lookAt = (now: number) =>
      look(now, {
        since: at(0),
        instructions,
        heartbeatTimeout: 300,
        commands: [failed],
        previousLook: at(last - 150),
      });

    assert.equal(lookAt(last), "heartbeat");
    assert.equal(lookAt(last + 1), "wait");
  });

  it("sends no heartbeat where the hook's timeout covers the budget", () => {
    for (let now = 0; now < 150; now += 10) {
      assert.equal(look(now, { instructions: instructionsFor("terminate"), heartbeatTimeout: 450 }), "wait");
    }
  });

  it("sends a heartbeat even so where recovery lasts so long that the hook could time out before the next look but one", () => {
    const covered = { instructions: instructionsFor("terminate"), heartbeatTimeout: 450 };
    const again = { ...covered, commands: [command("cancelled"), command("running", at(200))] };

    assert.equal(look(330, { ...again, since: at(0) }), "wait");
    assert.equal(look(331, { ...again, since: at(0) }), "heartbeat");
    assert.equal(look(331, { ...again, since: at(0), extendedAt: at(200) }), "wait");
    assert.equal(look(210, { ...again, since: undefined }), "heartbeat");
    assert.equal(look(150, { ...covered, since: undefined }), "wait");
    assert.equal(look(151, { ...covered, since: undefined }), "heartbeat");
  });

  it("sends a heartbeat where a last command may not be listed yet and the hook could time out", () => {
    const covered = { instructions: instructionsFor("terminate"), heartbeatTimeout: 450 };
    const silent = { ...covered, commands: [command("cancelled", at(40))] };

    assert.equal(look(221, { ...silent, since: at(0) }), "wait");
    assert.equal(look(221, { ...silent, since: undefined }), "heartbeat");
  });

  it("sends no heartbeat on a look that an event asks for", () => {
    assert.equal(look(1200, { previousLook: at(1200) }), "wait");
  });
});

describe("decide, when a command is sent late", () => {
  const started = (now: number, changes: Partial<FoundAction> = {}) => {
    const decision = decide(situation({ since: at(0), now: at(now), ...changes }));
    return decision.kind === "run" && decision.extend;
  };

  it("does not extend the action where the rest of the hook's timeout is long enough", () => {
    assert.equal(started(0), false);
    assert.equal(started(180), false);
  });

  it("extends the action where the script could outlast the hook", () => {
    assert.equal(started(181), true);
  });

  it("extends the action on a second try where no event told when the wait began", () => {
    const again = { since: undefined, commands: [command("pending")] };

    assert.equal(started(61, again), true);
    assert.equal(started(61, { ...again, since: at(0) }), false);
    assert.equal(started(60, { since: undefined, activity: activity() }), false);
  });

  it("extends the action where no event told that the deregistration ended early", () => {
    const drained = { since: undefined, activity: activity(at(-30)) };

    assert.equal(started(150, drained), false);
    assert.equal(started(151, drained), true);
    assert.equal(started(151, { ...drained, extendedAt: at(-20) }), false);
    assert.equal(started(151, { ...drained, extendedAt: at(-31) }), true);
  });

  it("does not extend an action that was just extended", () => {
    assert.equal(started(500, { extendedAt: at(400) }), false);
    assert.equal(started(580, { extendedAt: at(400) }), false);
    assert.equal(started(581, { extendedAt: at(400) }), true);
    assert.equal(started(700, { extendedAt: at(500) }), true);
  });

  it("ignores an extension of an earlier action", () => {
    assert.equal(started(100, { extendedAt: at(-1000) }), false);
    const again = { since: undefined, commands: [command("pending")] };
    assert.equal(started(61, { ...again, extendedAt: at(0) }), true);
    assert.equal(started(61, { ...again, extendedAt: at(1) }), false);
  });

  it("extends the action where the first heartbeat could come too late", () => {
    const long = {
      instructions: instructionsFor("terminate", { execution: 18_000 }),
      heartbeatTimeout: 300,
    };

    assert.equal(started(80, long), false);
    assert.equal(started(81, long), true);
  });
});
