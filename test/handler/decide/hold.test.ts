import assert from "node:assert/strict";
import { decide, decideFresh } from "../../../handler/decide";
import type { FoundAction } from "../../../handler/situation";
import { maxGlobalTimeout } from "../../../timing";
import { instructionsFor } from "../../support/payloads";
import {
  activity,
  at,
  command,
  known,
  launchFailure,
  onFailure,
  outcomeOf,
  refusal,
  situation,
} from "./situations";

const heldUntil = (seconds: number) => ({ hold: { kind: "until", until: at(seconds) } }) as const;
const failed = { commands: [command("failed")] };
const held = { ...known, ...heldUntil(3600) };
const look = (changes: Partial<FoundAction>) => decide(situation(changes));
const codeOf = (changes: Partial<FoundAction>) => look(changes).reason.code;

/** Everything that would make the handler give up, a thousand seconds after the wait began. */
const failures: Readonly<Record<string, Partial<FoundAction>>> = {
  "whose script failed": failed,
  "whose script outran its time": { commands: [command("running"), command("cancelled", at(200))] },
  "whose agent cannot be reached": { commands: [command("undelivered")] },
  "whose agent fails every command": { commands: [command("troubled")] },
  "that SSM refuses": { refusal },
};

describe("decide, about an instance that an operator holds", () => {
  for (const [name, changes] of Object.entries(failures)) {
    for (const policy of ["continue", "abandon", "retain"] as const)
      it(`does not give up on an instance ${name}, with ${policy}`, () => {
        const late = { ...changes, instructions: onFailure(policy), now: at(1000), extendedAt: at(950) };
        const without = look({ ...late, ...known });
        assert.ok(without.kind === "complete" && without.outcome !== "gone");

        const decision = look({ ...late, ...held });
        assert.equal(decision.kind, "wait");
        assert.equal(decision.reason.code, "held");
        assert.match(decision.reason.text, /until 2026-01-01T01:00:00Z; /);
      });
  }

  it("reads the tag only where the failure policy would be applied", () => {
    const unknown = { hold: undefined };
    for (const changes of [
      { commands: [command("succeeded")] },
      { commands: [command("running")] },
      { commands: [command("pending")] },
      { since: at(0) },
      { isHealthy: false, machine: "gone" },
      { refusal, activity: activity(at(-1), launchFailure) },
    ] as const)
      assert.notEqual(codeOf({ ...changes, ...unknown }), "holdUnknown");

    for (const changes of Object.values(failures)) {
      const decision = look({ ...changes, ...known, ...unknown, now: at(1000) });
      assert.ok(decision.kind === "inspect" && decision.fact === "hold");
      assert.equal(decision.reason.code, "holdUnknown");
    }
  });

  it("applies the failure policy at once when the hold has ended", () => {
    const abandons = { ...failed, ...held, instructions: onFailure("abandon") };

    assert.equal(codeOf({ ...abandons, now: at(3599) }), "held");
    assert.equal(outcomeOf(look({ ...abandons, now: at(3600) })), "ABANDON failed");
  });

  it("completes for a script that succeeds, for a machine that is gone and where there is nothing to stop", () => {
    const later = command("succeeded", at(30));
    const outcomes = [
      { commands: [command("failed"), later] },
      { ...failed, isHealthy: false, machine: "gone" },
      { refusal, activity: activity(at(-1), launchFailure) },
    ] as const;

    assert.deepEqual(
      outcomes.map((changes) => outcomeOf(look({ ...held, ...changes }))),
      ["CONTINUE succeeded", "CONTINUE gone", "CONTINUE skipped"],
    );
  });

  it("asks whether an unhealthy machine is gone", () => {
    assert.equal(codeOf({ ...held, ...failed, isHealthy: false }), "unhealthyUnknown");
    assert.equal(codeOf({ ...held, ...failed, isHealthy: false, machine: "there" }), "held");
    // The same where a heartbeat is due.
    assert.equal(codeOf({ ...held, ...failed, isHealthy: false, now: at(200) }), "unhealthyUnknown");
  });

  it("does not ask about an unhealthy machine whose script failed, where nobody holds the instance", () => {
    assert.equal(outcomeOf(look({ ...known, ...failed, isHealthy: false })), "CONTINUE failed");
  });

  it("waits for a command that an operator sends after a failure, and for no such command without a hold", () => {
    for (const status of ["pending", "running", "ended"] as const) {
      const commands = [command("failed"), command(status, at(50))];
      assert.equal(codeOf({ ...held, commands }), "held");
      assert.equal(outcomeOf(look({ ...known, commands })), "CONTINUE failed");
    }
  });

  it("goes by the latest result, where an operator has the script run again", () => {
    const commands = [command("failed"), { ...command("failed", at(50)), id: "c2" }];
    const decision = look({ ...known, commands });

    assert.equal(decision.kind === "complete" && decision.failed?.id, "c2");
  });

  it("sends a heartbeat once a third of the hook's timeout has passed since the last, on every look of every kind", () => {
    const beat = (now: number, extendedAt: number | undefined, changes: Partial<FoundAction> = {}) =>
      look({
        ...failed,
        ...held,
        ...changes,
        now: at(now),
        previousLook: at(now),
        extendedAt: extendedAt === undefined ? undefined : at(extendedAt),
      }).kind;

    // The hook's timeout of 450 s covers the total, so that no heartbeats are planned; the activity began at -30.
    assert.equal(beat(119, undefined), "wait");
    assert.equal(beat(120, undefined), "heartbeat");
    assert.equal(beat(749, 600), "wait");
    assert.equal(beat(750, 600), "heartbeat");
    // The same where heartbeats are planned.
    const long = {
      instructions: instructionsFor("terminate", { execution: 18_000 }),
      heartbeatTimeout: 3600,
    };
    assert.equal(beat(1169, undefined, long), "wait");
    assert.equal(beat(1170, undefined, long), "heartbeat");
    // An extension of before the action counts for nothing.
    assert.equal(beat(120, -1000), "heartbeat");
  });

  it("ends every hold three sweeps before the hook's global timeout", () => {
    const forever = { ...failed, ...known, ...heldUntil(10_000_000) };
    const last = (heartbeatTimeout: number, now: number, changes: Partial<FoundAction> = {}) =>
      look({ ...forever, heartbeatTimeout, now: at(now), extendedAt: at(now), ...changes });

    const global = 100 * 450 - 30 - 180;
    assert.equal(last(450, global - 1).reason.code, "held");
    assert.match(last(450, global - 1).reason.text, /until 2026-01-01T12:26:30Z; /);
    assert.equal(outcomeOf(last(450, global)), "CONTINUE failed");
    assert.equal(last(7200, maxGlobalTimeout - 30 - 181).reason.code, "held");
    assert.equal(outcomeOf(last(7200, maxGlobalTimeout - 30 - 180)), "CONTINUE failed");
    // An event says exactly when the wait began.
    assert.equal(last(450, global + 29, { since: at(0) }).reason.code, "held");
    assert.equal(outcomeOf(last(450, global + 30, { since: at(0) })), "CONTINUE failed");
  });

  it("asks when the wait began, and only where somebody holds the instance", () => {
    assert.equal(codeOf({ ...failed, ...heldUntil(3600) }), "waitOfHoldUnknown");
    assert.equal(codeOf({ ...failed, ...heldUntil(60) }), "failed");
  });

  it("waits for EC2 to answer as long as the hook has room for three sweeps", () => {
    const unread = { ...failed, ...known, hold: { kind: "unread" } } as const;
    const room = 450 - 180;

    assert.equal(codeOf({ ...unread, since: at(0), now: at(room) }), "holdUnread");
    // The command may have been sent when the agent timeout was nearly over.
    const early = { agentTimeout: 60 };
    const unseen = { ...failed, hold: unread.hold, instructions: instructionsFor("terminate", early) };
    assert.equal(codeOf({ ...unseen, now: at(room - 60) }), "holdUnread");
    assert.equal(outcomeOf(look({ ...unseen, now: at(room - 59) })), "CONTINUE failed");
    assert.equal(outcomeOf(look({ ...unread, since: at(0), now: at(room + 1) })), "CONTINUE failed");
  });

  it("waits from the first event on, though SSM refuses the instance", () => {
    const fresh = {
      kind: "fresh",
      transition: "launch",
      instructions: instructionsFor("launch", { agentTimeout: 30, execution: 30 }),
      isPoolOnly: false,
      hasProbe: false,
      since: at(0),
      now: at(120),
      refusal: { cause: "no agent", since: at(0) },
    } as const;

    assert.equal(decideFresh({ ...fresh, hold: { kind: "none" } }).kind, "complete");
    assert.equal(decideFresh({ ...fresh, hold: { kind: "unread" } }).kind, "wait");
    const decision = decideFresh({ ...fresh, ...heldUntil(600) });
    assert.deepEqual([decision.kind, decision.reason.code], ["wait", "held"]);
  });
});
