import assert from "node:assert/strict";
import { decide, type Decision } from "../../handler/decide";
import type { Command, Situation } from "../../handler/situation";
import { instructionsFor } from "../support/payloads";

const start = Date.UTC(2026, 0, 1);
const at = (seconds: number) => start + seconds * 1000;

/** A sweep finds an instance that has waited for a minute and knows nothing else. */
function situation(changes: Partial<Situation> = {}): Situation {
  const transition = changes.transition ?? "terminate";
  return {
    transition,
    instructions: instructionsFor(transition),
    heartbeatTimeout: 450,
    waiting: true,
    commands: [],
    listedSince: at(-1000),
    repeats: false,
    isFromWarmPool: false,
    isHealthy: true,
    machine: undefined,
    refusal: undefined,
    hasProbe: false,
    isBusy: undefined,
    since: undefined,
    activity: undefined,
    now: at(60),
    extendedAt: undefined,
    previousLook: at(0),
    ...changes,
  };
}

const refusal = { cause: "no agent", since: undefined };
const command = (status: Command["status"], requestedAt = at(0)): Command => ({
  id: "c1",
  status,
  requestedAt,
});
const activity = (startedAt = at(-30), cause = "", retainedBefore = false) => ({
  startedAt,
  cause,
  retainedBefore,
});
const known = { activity: activity() };
const launchFailure =
  "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a launch failure.";
const stopped =
  "At 2026-01-01T00:00:00Z an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.";
const onFailure = (
  policy: "continue" | "abandon" | "retain",
  transition: "launch" | "terminate" = "terminate",
) => instructionsFor(transition, { onFailure: policy });
const outcomeOf = (decision: Decision) =>
  decision.kind === "complete" ? `${decision.result} ${decision.outcome}` : decision.kind;

describe("decide", () => {
  it("leaves alone what does not wait any more", () => {
    assert.equal(decide(situation({ waiting: false, commands: [command("succeeded")] })).kind, "wait");
  });

  it("runs the document where no command is on its way, once it knows since when the instance waits", () => {
    assert.equal(decide(situation()).kind, "inspect");
    assert.equal(decide(situation({ activity: activity() })).kind, "run");
    assert.equal(decide(situation({ since: at(0) })).kind, "run");
  });

  it("waits for a command that is on its way or running", () => {
    assert.equal(decide(situation({ commands: [command("pending")] })).kind, "wait");
    assert.equal(decide(situation({ commands: [command("running")] })).kind, "wait");
  });

  it("completes with CONTINUE what has succeeded", () => {
    assert.equal(outcomeOf(decide(situation({ commands: [command("succeeded")] }))), "CONTINUE succeeded");
  });

  it("applies the failure policy to what has failed", () => {
    const failed = { commands: [command("failed")] };

    assert.equal(
      outcomeOf(decide(situation({ ...failed, instructions: onFailure("continue") }))),
      "CONTINUE failed",
    );
    assert.equal(
      outcomeOf(decide(situation({ ...failed, instructions: onFailure("abandon") }))),
      "ABANDON failed",
    );
    assert.equal(
      outcomeOf(
        decide(situation({ ...failed, transition: "launch", instructions: onFailure("abandon", "launch") })),
      ),
      "ABANDON failed",
    );
  });

  it("goes by the command that tells how the script ended, as others only join its run", () => {
    const after = (...commands: Command[]) => outcomeOf(decide(situation({ commands })));

    assert.equal(after(command("cancelled", at(0)), command("succeeded", at(30))), "CONTINUE succeeded");
    assert.equal(after(command("succeeded", at(-40)), command("pending", at(-10))), "CONTINUE succeeded");
    assert.equal(after(command("failed", at(-300)), command("running", at(-200))), "CONTINUE failed");
    assert.equal(after(command("cancelled", at(0)), command("running", at(30))), "wait");
    assert.equal(after(command("failed", at(0)), command("running", at(30))), "CONTINUE failed");
    assert.equal(after(command("running", at(0)), command("succeeded", at(30))), "CONTINUE succeeded");
  });

  it("asks whose word the end of a command is, unless another is still under way", () => {
    const after = (...commands: Command[]) => decide(situation({ commands, now: at(90) }));
    const asked = after(command("ended", at(0)));

    assert.ok(asked.kind === "inspect" && asked.fact === "end" && asked.command === "c1");
    assert.equal(after(command("running", at(0)), command("ended", at(30))).kind, "wait");
    assert.equal(after(command("ended", at(0)), command("pending", at(60))).kind, "wait");
    assert.equal(
      outcomeOf(after(command("succeeded", at(0)), command("ended", at(30)))),
      "CONTINUE succeeded",
    );
  });

  it("counts a command of a Spot warning, which is older than the activity", () => {
    const early = { ...command("succeeded", at(-90)), early: true };

    assert.equal(
      outcomeOf(decide(situation({ commands: [early], activity: activity(at(-80)) }))),
      "CONTINUE succeeded",
    );
  });

  it("names the command whose script failed, so that its output can be shown", () => {
    const failed = decide(situation({ commands: [command("failed")] }));
    const commands = [command("running"), command("troubled", at(200))];
    const overran = decide(situation({ ...known, commands, now: at(1000) }));

    assert.equal(failed.kind === "complete" && failed.failed?.id, "c1");
    assert.ok(overran.kind === "complete" && overran.failed === undefined && overran.cancels === "c1");
  });

  for (const status of ["undelivered", "troubled", "notMeant", "cancelled"] as const) {
    it(`sends again after a command that is ${status}, but not at once: the next would come to nothing as well`, () => {
      const after = (seconds: number) =>
        decide(situation({ ...known, commands: [command(status)], since: at(0), now: at(seconds) })).kind;

      assert.equal(after(1), "wait");
      assert.equal(after(29), "wait");
      assert.equal(after(30), "run");
      assert.equal(after(179), "run");
      assert.equal(after(180), "wait");
      assert.equal(after(210), "complete");
    });
  }

  describe("with a command that does not end", () => {
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

    it("replaces a command that has not reached the agent 30 s after its delivery time-out", () => {
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

  describe("with an instance that SSM refuses", () => {
    const refused = { refusal, since: at(0) };

    it("asks on terminate why the instance goes", () => {
      assert.equal(decide(situation(refused)).kind, "inspect");
    });

    it("waits for an agent that restarts, then applies the failure policy", () => {
      const known = { ...refused, activity: activity(), instructions: onFailure("abandon") };

      assert.equal(decide(situation({ ...known, now: at(179) })).kind, "wait");
      assert.equal(outcomeOf(decide(situation({ ...known, now: at(180) }))), "ABANDON unreachable");
    });

    it("lets an instance go at once that never served", () => {
      const known = { ...refused, activity: activity(at(-1), launchFailure), now: at(1) };

      for (const policy of ["continue", "abandon", "retain"] as const) {
        assert.equal(
          outcomeOf(decide(situation({ ...known, instructions: onFailure(policy) }))),
          "CONTINUE skipped",
        );
      }
    });

    it("waits no longer than that for a script that may take longer", () => {
      const slow = instructionsFor("terminate", { execution: 600 });
      const known = { ...refused, activity: activity(), instructions: slow, heartbeatTimeout: 930 };

      assert.equal(outcomeOf(decide(situation({ ...known, now: at(180) }))), "CONTINUE unreachable");
    });

    it("runs the document on one that never served, as long as SSM takes it", () => {
      assert.equal(decide(situation({ activity: activity(at(-1), launchFailure) })).kind, "run");
    });

    it("lets an instance go at once that is not running, whatever the policy", () => {
      const known = { ...refused, activity: activity(at(-1), stopped), instructions: onFailure("retain") };

      assert.equal(outcomeOf(decide(situation({ ...known, now: at(1) }))), "CONTINUE gone");
    });

    it("lets an instance go at once that is stopped in the warm pool", () => {
      const known = { ...refused, isFromWarmPool: true, instructions: onFailure("retain"), now: at(1) };

      assert.equal(outcomeOf(decide(situation(known))), "CONTINUE skipped");
      assert.equal(decide(situation({ ...known, refusal: undefined })).kind, "run");
    });

    it("asks for as long as the hook says", () => {
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

    it("sends no heartbeat once nobody is asked any more", () => {
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
  });

  describe("with a machine that Auto Scaling calls unhealthy", () => {
    const unhealthy = {
      isHealthy: false,
      since: at(0),
      commands: [command("running")],
      instructions: onFailure("retain"),
    };

    it("asks SSM for it, once", () => {
      const decision = decide(situation(unhealthy));

      assert.ok(decision.kind === "inspect" && decision.fact === "machine");
      assert.equal(decide(situation({ ...unhealthy, machine: "there" })).kind, "wait");
    });

    it("lets it go if SSM knows no such machine, and retains nothing", () => {
      assert.equal(outcomeOf(decide(situation({ ...unhealthy, machine: "gone" }))), "CONTINUE gone");
    });

    it("replaces it on launch", () => {
      const launch = { transition: "launch", instructions: onFailure("continue", "launch") } as const;

      assert.equal(
        outcomeOf(decide(situation({ ...unhealthy, ...launch, machine: "gone" }))),
        "ABANDON gone",
      );
    });

    it("takes a silent one for gone that was healthy when it was chosen, and no other: it may run", () => {
      const silent = { ...unhealthy, machine: "silent" } as const;
      const cause = "an instance was taken out of service in response to an ELB system health check failure.";

      assert.equal(decide(situation(silent)).kind, "inspect");
      assert.equal(outcomeOf(decide(situation({ ...silent, activity: activity() }))), "CONTINUE gone");
      assert.equal(decide(situation({ ...silent, activity: activity(at(-1), cause) })).kind, "wait");
    });

    it("goes by the script's word where there is one", () => {
      const succeeded = { ...unhealthy, commands: [command("succeeded")], machine: "gone" } as const;

      assert.equal(outcomeOf(decide(situation(succeeded))), "CONTINUE succeeded");
    });
  });

  describe("about instances that are to be retained", () => {
    const retain = { instructions: onFailure("retain") };

    it("abandons the action, which retains them, once it knows that they were not retained before", () => {
      const failed = { ...retain, commands: [command("failed", at(0))] };

      assert.equal(decide(situation(failed)).kind, "inspect");
      assert.equal(
        outcomeOf(decide(situation({ ...failed, activity: activity(at(-30)) }))),
        "ABANDON failed",
      );
    });

    it("lets go those that never served, as their launch was abandoned", () => {
      const abandoned = {
        ...retain,
        commands: [command("failed")],
        activity: activity(at(-30), launchFailure),
      };

      assert.equal(outcomeOf(decide(situation(abandoned))), "CONTINUE failed");
    });

    it("lets go those that were retained before, but not while the script runs", () => {
      const again = (...commands: Command[]) =>
        outcomeOf(decide(situation({ ...retain, commands, activity: activity(at(-30), "", true), refusal })));

      assert.equal(again(command("failed", at(-5000))), "CONTINUE skipped");
      assert.equal(again(command("failed", at(-5000)), command("failed", at(0))), "CONTINUE failed");
      assert.equal(again(command("failed", at(-5000)), command("running", at(0))), "wait");
    });

    it("lets go those that were retained because their agent could not be reached", () => {
      const unreachable = { ...retain, refusal, now: at(200) };

      assert.equal(
        outcomeOf(decide(situation({ ...unreachable, activity: activity(at(0), "", true) }))),
        "CONTINUE skipped",
      );
    });

    it("counts a command sent as the activity starts to this action", () => {
      const failed = { ...retain, commands: [command("failed", at(-30))], activity: activity(at(-30)) };

      assert.equal(outcomeOf(decide(situation(failed))), "ABANDON failed");
    });

    it("retains nothing on launch", () => {
      const launch = { transition: "launch", instructions: onFailure("retain", "launch") } as const;
      const older = { commands: [command("failed", at(-5000))], activity: activity(at(-30)) };

      assert.equal(
        outcomeOf(decide(situation({ ...launch, commands: [command("failed")] }))),
        "ABANDON failed",
      );
      assert.equal(decide(situation({ ...launch, ...older })).kind, "run");
    });

    it("does not take a stop before for a retention", () => {
      const reused = { ...retain, commands: [command("failed", at(-5000))], activity: activity(at(-30)) };

      assert.equal(decide(situation(reused)).kind, "run");
    });

    it("gives the script another chance, as what was wrong may have been put right by hand", () => {
      const again = { ...retain, commands: [], activity: activity(at(-30), "", true) };

      assert.equal(decide(situation(again)).kind, "run");
      assert.equal(
        outcomeOf(decide(situation({ ...again, commands: [command("succeeded")] }))),
        "CONTINUE succeeded",
      );
    });
  });

  it("does not take a command of an earlier action for one of this, where instances pass a hook twice", () => {
    const warm = { repeats: true, commands: [command("succeeded", at(-500))] };

    assert.equal(decide(situation(warm)).kind, "inspect");
    assert.equal(decide(situation({ repeats: true, since: at(0) })).kind, "run");
    assert.equal(decide(situation({ ...warm, activity: activity(at(-30)) })).kind, "run");
    assert.equal(
      outcomeOf(decide(situation({ ...warm, activity: activity(at(-600)) }))),
      "CONTINUE succeeded",
    );
  });

  it("counts the deregistration delay, as the activity starts before it and the wait after it", () => {
    const instructions = instructionsFor("terminate", { deregistrationDelay: 300 });
    const refused = { refusal, instructions, activity: activity(at(0)) };

    assert.equal(decide(situation({ ...refused, now: at(300 + 179) })).kind, "wait");
    assert.equal(outcomeOf(decide(situation({ ...refused, now: at(300 + 180) }))), "CONTINUE unreachable");
  });

  describe("about heartbeats", () => {
    const long = {
      instructions: instructionsFor("terminate", { execution: 18_000 }),
      heartbeatTimeout: 3600,
    };
    const running = { ...long, commands: [command("running")] };
    const look = (now: number, changes: Partial<Situation> = {}) =>
      decide(situation({ ...running, now: at(now), previousLook: at(now - 60), ...changes })).kind;

    it("sends one in each third of the timeout, on the first look into it", () => {
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

    it("catches up if no look was taken in time", () => {
      assert.equal(look(1400, { previousLook: at(1100) }), "heartbeat");
    });

    it("sends 14 in a drain of five hours", () => {
      const looks = Array.from({ length: 300 }, (_, minute) => look(minute * 60 + 7));

      assert.equal(looks.filter((kind) => kind === "heartbeat").length, 14);
    });

    it("sends them until the report of the agent is late, and asks it again then", () => {
      const lastSlot = { previousLook: at(17_999) };

      assert.equal(look(18_030, lastSlot), "heartbeat");
      assert.equal(look(18_045, lastSlot), "heartbeat");
      assert.equal(look(18_046, lastSlot), "run");
    });

    it("sends none past the last instant of the action, while a command that got through has failed a moment ago", () => {
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

    it("sends none where the hook's timeout covers the budget", () => {
      for (let now = 0; now < 150; now += 10) {
        assert.equal(
          look(now, { instructions: instructionsFor("terminate"), heartbeatTimeout: 450 }),
          "wait",
        );
      }
    });

    it("sends none on the way of an event, which has just looked", () => {
      assert.equal(look(1200, { previousLook: at(1200) }), "wait");
    });
  });

  describe("about extending the action when a command is started late", () => {
    const started = (now: number, changes: Partial<Situation> = {}) => {
      const decision = decide(situation({ since: at(0), now: at(now), ...changes }));
      return decision.kind === "run" && decision.extend;
    };

    it("does not where the rest of the hook's timeout is long enough", () => {
      assert.equal(started(0), false);
      assert.equal(started(180), false);
    });

    it("does where the script could outlast the hook", () => {
      assert.equal(started(181), true);
    });

    it("does on a second try where no event told how old the wait is by then", () => {
      const again = { since: undefined, commands: [command("pending")] };

      assert.equal(started(61, again), true);
      assert.equal(started(61, { ...again, since: at(0) }), false);
      assert.equal(started(60, { since: undefined, activity: activity() }), false);
    });

    it("does where no event told that the deregistration ended early", () => {
      const drained = { since: undefined, activity: activity(at(-30)) };

      assert.equal(started(150, drained), false);
      assert.equal(started(151, drained), true);
      assert.equal(started(151, { ...drained, extendedAt: at(-20) }), false);
      assert.equal(started(151, { ...drained, extendedAt: at(-31) }), true);
    });

    it("does not where it was just extended", () => {
      assert.equal(started(500, { extendedAt: at(400) }), false);
      assert.equal(started(580, { extendedAt: at(400) }), false);
      assert.equal(started(581, { extendedAt: at(400) }), true);
      assert.equal(started(700, { extendedAt: at(500) }), true);
    });

    it("does not go by an extension of an earlier action", () => {
      assert.equal(started(100, { extendedAt: at(-1000) }), false);
      const again = { since: undefined, commands: [command("pending")] };
      assert.equal(started(61, { ...again, extendedAt: at(0) }), true);
      assert.equal(started(61, { ...again, extendedAt: at(1) }), false);
    });

    it("does where the first heartbeat could come too late", () => {
      const long = {
        instructions: instructionsFor("terminate", { execution: 18_000 }),
        heartbeatTimeout: 300,
      };

      assert.equal(started(80, long), false);
      assert.equal(started(81, long), true);
    });
  });

  describe("about a busy instance", () => {
    const instructions = instructionsFor("terminate", { maxWait: 600, execution: 720 });
    const busy = { hasProbe: true, isBusy: true, since: at(0), instructions, heartbeatTimeout: 1050 };

    it("waits as long as it may", () => {
      assert.equal(decide(situation({ ...busy, now: at(599) })).kind, "wait");
      assert.equal(decide(situation({ ...busy, now: at(600) })).kind, "run");
    });

    it("is asked about as long as it may wait, and not after that", () => {
      const unasked = { ...busy, isBusy: undefined };
      const decision = decide(situation({ ...unasked, now: at(599) }));

      assert.ok(decision.kind === "inspect" && decision.fact === "busy");
      assert.equal(decide(situation({ ...unasked, now: at(600) })).kind, "run");
      assert.equal(decide(situation({ ...busy, isBusy: false, now: at(1) })).kind, "run");
    });

    it("waits no longer after a command that went nowhere, which may have been sent late in the wait", () => {
      const lost = { ...busy, since: undefined, commands: [command("cancelled", at(560))] };
      const known = { ...lost, activity: activity(at(-30)) };

      assert.equal(decide(situation({ ...lost, now: at(590) })).kind, "inspect");
      assert.equal(decide(situation({ ...known, now: at(590) })).kind, "wait");
      assert.equal(decide(situation({ ...known, now: at(610) })).kind, "run");
    });

    it("is not asked about once a command got through to it, whose script may be running", () => {
      const silent = { ...busy, isBusy: undefined, commands: [command("expired", at(0))], now: at(599) };
      const running = {
        ...silent,
        instructions: instructionsFor("terminate", { maxWait: 600, execution: 400 }),
      };

      assert.equal(decide(situation(running)).kind, "run");
    });

    it("heartbeats meanwhile, where the hook's timeout is shorter", () => {
      const short = { ...busy, heartbeatTimeout: 300, now: at(100), previousLook: at(40) };

      assert.equal(decide(situation(short)).kind, "heartbeat");
    });

    it("counts the slots of its heartbeats from the event's time, though the activity began before", () => {
      const told = { ...busy, heartbeatTimeout: 300, activity: activity(at(-50)), previousLook: at(10) };

      assert.equal(decide(situation({ ...told, now: at(60) })).kind, "wait");
      assert.equal(decide(situation({ ...told, now: at(100) })).kind, "heartbeat");
    });

    it("heartbeats also where no event told that the deregistration ended early", () => {
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
});

describe("the reason of a decision", () => {
  const reasons: Readonly<Record<string, Partial<Situation>>> = {
    "the instance does not wait at this hook any more": { waiting: false },
    "a command may belong to an earlier action": { repeats: true, commands: [command("failed")] },
    "the instance was retained before and is now let go": {
      instructions: onFailure("retain"),
      refusal,
      activity: activity(at(-1), "", true),
    },
    "the script succeeded": { commands: [command("succeeded")] },
    "the script failed or ran too long: abandon": {
      commands: [command("failed")],
      instructions: onFailure("abandon"),
    },
    "the script outran its time and the agent does not report: continue": {
      ...known,
      commands: [command("running"), command("cancelled", at(200))],
      now: at(1000),
    },
    "whether the script or its agent failed decides what is due": { commands: [command("ended")] },
    "whether the unhealthy machine is gone decides what is due": { isHealthy: false },
    "since when the machine is unhealthy decides what is due": { isHealthy: false, machine: "silent" },
    "the machine is gone": { isHealthy: false, machine: "gone" },
    "the script is running": { commands: [command("running")] },
    "the command is on its way to the agent": { commands: [command("pending")] },
    "when the wait began decides what is due": {},
    "SSM refuses the instance; why it goes decides what is due": { since: at(0), refusal },
    "the instance never served; there is nothing to stop": {
      refusal,
      activity: activity(at(-1), launchFailure),
    },
    "the instance is stopped in the warm pool; there is nothing to stop": {
      refusal,
      isFromWarmPool: true,
      since: at(0),
    },
    "the SSM agent could not be reached: continue": {
      ...known,
      commands: [command("pending")],
      now: at(1000),
    },
    "a command of before the wait is no reason to give up": {
      commands: [command("notMeant")],
      now: at(1000),
    },
    "somebody cancels every command: continue": { ...known, commands: [command("cancelled")], now: at(1000) },
    "the SSM agent fails every command: continue": {
      ...known,
      commands: [command("troubled")],
      now: at(1000),
    },
    "the instance does not find itself on its way: continue": {
      ...known,
      commands: [command("notMeant")],
      now: at(1000),
    },
    "SSM refuses the command: no agent": { refusal, activity: activity(at(0)) },
    "SSM refuses the command: no agent: continue": { refusal, activity: activity(at(0)), now: at(1000) },
    "the last command may not be listed yet": { commands: [command("cancelled")], now: at(180) },
    "a command came to nothing a moment ago": { commands: [command("undelivered", at(59))] },
    "when the wait began decides how busy counts": { hasProbe: true, commands: [command("cancelled")] },
    "the instance is busy": {
      hasProbe: true,
      isBusy: true,
      since: at(0),
      instructions: instructionsFor("terminate", { maxWait: 600 }),
    },
    "somebody cancelled the command before": { commands: [command("cancelled")] },
    "the agent failed the command before": { commands: [command("troubled")] },
    "the instance did not find itself on its way": { commands: [command("notMeant")] },
    "the command before did not reach the agent": { commands: [command("undelivered")] },
    "the command before outlasts its budget without a report": {
      commands: [command("running")],
      now: at(200),
    },
    "a busy instance is not stopped": {
      hasProbe: true,
      since: at(0),
      instructions: instructionsFor("terminate", { maxWait: 600 }),
    },
    "the instance waits and no command is on its way": { since: at(0) },
    "whether the instance was retained before decides what is due": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
    },
    "the script failed or ran too long, but the instance never served: continue": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
      activity: activity(at(-1), launchFailure),
    },
    "the script failed or ran too long, but the instance was retained before: continue": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
      activity: activity(at(-1), "", true),
    },
  };

  it("is told for each way in which a command comes to nothing", () => {
    const finally_ = "the SSM agent could not be reached: continue";
    const others: readonly [string, Partial<Situation>][] = [
      ["the command before did not reach the agent", { commands: [command("pending")], now: at(61) }],
      [
        "the agent did not report the end of the command before",
        { commands: [command("expired")], now: at(200) },
      ],
      [finally_, { ...known, commands: [command("undelivered")], now: at(1000) }],
      [finally_, { ...known, commands: [command("expired"), command("expired", at(510))], now: at(2000) }],
      ["the machine is gone", { refusal, since: at(0), activity: activity(at(-1), stopped) }],
    ];

    for (const [reason, changes] of others) assert.equal(decide(situation(changes)).reason, reason);
  });

  it("asks for the fact that it takes", () => {
    const retain = onFailure("retain");
    const busy = instructionsFor("terminate", { maxWait: 600 });
    const facts: readonly [string, Partial<Situation>][] = [
      ["activity", {}],
      ["activity", { since: at(0), refusal }],
      ["activity", { repeats: true, commands: [command("failed")] }],
      ["activity", { commands: [command("failed")], instructions: retain }],
      ["activity", { isHealthy: false, machine: "silent" }],
      ["activity", { commands: [command("notMeant")], now: at(1000) }],
      ["activity", { hasProbe: true, commands: [command("cancelled")] }],
      ["machine", { isHealthy: false }],
      ["busy", { hasProbe: true, since: at(0), instructions: busy }],
      ["end", { commands: [command("ended")] }],
    ];

    for (const [fact, changes] of facts) {
      const decision = decide(situation(changes));
      assert.equal(decision.kind === "inspect" && decision.fact, fact);
    }
  });

  for (const [reason, changes] of Object.entries(reasons)) {
    it(`is "${reason}"`, () => {
      assert.equal(decide(situation(changes)).reason, reason);
    });
  }
});
