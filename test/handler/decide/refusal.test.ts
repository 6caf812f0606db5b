import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import { instructionsFor } from "../../support/payloads";
import {
  activity,
  at,
  command,
  launchFailure,
  onFailure,
  outcomeOf,
  refusal,
  situation,
  stopped,
} from "./situations";

describe("decide, about an instance that SSM refuses", () => {
  const refused = { refusal, since: at(0) };

  it("asks on terminate why the instance goes", () => {
    assert.equal(decide(situation(refused)).kind, "inspect");
  });

  it("waits for an agent that restarts, then applies the failure policy", () => {
    const known = { ...refused, activity: activity(), instructions: onFailure("abandon") };

    assert.equal(decide(situation({ ...known, now: at(179) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...known, now: at(180) }))), "ABANDON unreachable");
  });

  it("continues at once for an instance that never served", () => {
    const known = { ...refused, activity: activity(at(-1), launchFailure), now: at(1) };

    for (const policy of ["continue", "abandon", "retain"] as const) {
      assert.equal(
        outcomeOf(decide(situation({ ...known, instructions: onFailure(policy) }))),
        "CONTINUE skipped",
      );
    }
  });

  it("waits no longer where the script may take longer", () => {
    const slow = instructionsFor("terminate", { execution: 600 });
    const known = { ...refused, activity: activity(), instructions: slow, heartbeatTimeout: 930 };

    assert.equal(outcomeOf(decide(situation({ ...known, now: at(180) }))), "CONTINUE unreachable");
  });

  it("runs the document on an instance that never served, as long as SSM takes the command", () => {
    assert.equal(decide(situation({ activity: activity(at(-1), launchFailure) })).kind, "run");
  });

  it("continues at once for an instance that is not running, whatever the policy", () => {
    const known = { ...refused, activity: activity(at(-1), stopped), instructions: onFailure("retain") };

    assert.equal(outcomeOf(decide(situation({ ...known, now: at(1) }))), "CONTINUE gone");
  });

  it("continues at once for an instance that is stopped in the warm pool", () => {
    const known = { ...refused, isPoolOnly: true, instructions: onFailure("retain"), now: at(1) };

    assert.equal(outcomeOf(decide(situation(known))), "CONTINUE skipped");
    assert.equal(decide(situation({ ...known, refusal: undefined })).kind, "run");
  });

  it("waits for the agentTimeout of the hook", () => {
    const patient = {
      ...refused,
      activity: activity(),
      instructions: instructionsFor("terminate", { agentTimeout: 900 }),
      heartbeatTimeout: 1170,
    };

    assert.equal(decide(situation({ ...patient, now: at(899) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...patient, now: at(900) }))), "CONTINUE unreachable");
  });

  it("counts from the first refusal that is remembered, as a probe may have held the script up before", () => {
    const instructions = instructionsFor("terminate", { maxWait: 600, execution: 720 });
    const refused = { cause: "no agent", since: at(500) };
    const known = {
      hasProbe: true,
      since: at(0),
      activity: activity(),
      heartbeatTimeout: 1050,
      instructions,
      refusal: refused,
    };

    assert.equal(decide(situation({ ...known, now: at(679) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...known, now: at(680) }))), "CONTINUE unreachable");
  });

  it("counts from the beginning of the wait where there is no probe, whenever SSM first refused", () => {
    const instructions = instructionsFor("terminate", { maxWait: 600, execution: 720 });
    const refusal = { cause: "no agent", since: at(100) };
    const known = { since: at(0), activity: activity(), heartbeatTimeout: 1050, instructions, refusal };

    assert.equal(decide(situation({ ...known, now: at(179) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...known, now: at(180) }))), "CONTINUE unreachable");
  });

  it("counts from the end of the probe's time where no refusal is remembered", () => {
    const instructions = instructionsFor("terminate", { maxWait: 600, execution: 720 });
    const known = {
      ...refused,
      activity: activity(),
      hasProbe: true,
      instructions,
      heartbeatTimeout: 1050,
    };

    assert.equal(decide(situation({ ...known, now: at(400) })).kind, "wait");
    assert.equal(decide(situation({ ...known, now: at(779) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...known, now: at(780) }))), "CONTINUE unreachable");
  });

  it("sends no heartbeat once the agent is not asked any more", () => {
    const long = {
      instructions: instructionsFor("terminate", { execution: 18_000 }),
      heartbeatTimeout: 300,
    };
    const known = { ...refused, ...long, activity: activity(), previousLook: at(90) };

    assert.equal(decide(situation({ ...known, now: at(179) })).kind, "heartbeat");
    assert.equal(decide(situation({ ...known, now: at(180) })).kind, "complete");
  });

  it("keeps the hook from timing out while the last command may not be listed yet", () => {
    const long = {
      instructions: instructionsFor("terminate", { execution: 18_000 }),
      heartbeatTimeout: 300,
    };
    const known = { ...long, activity: activity(), commands: [command("cancelled")], previousLook: at(90) };

    assert.equal(decide(situation({ ...known, now: at(181) })).kind, "heartbeat");
    assert.equal(decide(situation({ ...known, now: at(209) })).kind, "heartbeat");
  });

  it("waits on launch for an agent that boots, as long as the budget lasts", () => {
    const slow = instructionsFor("launch", { execution: 600 });
    const launch = { ...refused, transition: "launch", instructions: slow, heartbeatTimeout: 930 } as const;

    assert.equal(decide(situation({ ...launch, now: at(629) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...launch, now: at(630) }))), "ABANDON unreachable");
  });

  it("counts on launch from the start of the activity, as nothing drains before the wait", () => {
    const quick = instructionsFor("launch", { execution: 5 });
    const launch = { refusal, transition: "launch", instructions: quick } as const;
    const known = { ...launch, activity: activity(at(0)) };

    assert.equal(decide(situation({ ...known, now: at(179) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...known, now: at(180) }))), "ABANDON unreachable");
  });

  it("gives an agent on launch at least 180 s, however short the budget", () => {
    const quick = instructionsFor("launch", { execution: 5 });
    const launch = { ...refused, transition: "launch", instructions: quick } as const;

    assert.equal(decide(situation({ ...launch, now: at(179) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...launch, now: at(180) }))), "ABANDON unreachable");
  });

  it("counts the deregistration delay, as the activity starts before the delay and the wait after it", () => {
    const instructions = instructionsFor("terminate", { deregistrationDelay: 300 });
    const refused = { refusal, instructions, activity: activity(at(0)), heartbeatTimeout: 900 };

    assert.equal(decide(situation({ ...refused, now: at(300 + 179) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...refused, now: at(300 + 180) }))), "CONTINUE unreachable");
  });
});
