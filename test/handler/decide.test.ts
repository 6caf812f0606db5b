import assert from "node:assert/strict";
import { decide, decideEnded, type Decision } from "../../handler/decide";
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
    reachable: true,
    busy: false,
    since: undefined,
    activity: undefined,
    now: at(60),
    previousLook: at(0),
    ...changes,
  };
}

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
  });

  it("waits for a command that may still tell something, as its run may be another", () => {
    const after = (...commands: Command[]) => outcomeOf(decide(situation({ commands })));

    assert.equal(after(command("failed", at(0)), command("pending", at(30))), "wait");
    assert.equal(after(command("failed", at(0)), command("running", at(30))), "wait");
    assert.equal(after(command("running", at(0)), command("failed", at(30))), "wait");
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
    const overran = decide(situation({ commands: [command("running")], now: at(1000) }));

    assert.equal(failed.kind === "complete" && failed.failed, "c1");
    assert.ok(overran.kind === "complete" && overran.failed === undefined && overran.cancels === "c1");
  });

  it("asks again for a command that no agent got, but not at once: SSM would give up the next as well", () => {
    const after = (seconds: number) =>
      decide(situation({ commands: [command("undelivered")], since: at(0), now: at(seconds) })).kind;

    assert.equal(after(1), "wait");
    assert.equal(after(29), "wait");
    assert.equal(after(30), "run");
    assert.equal(after(1000), "complete");
  });

  describe("with a command that does not end", () => {
    it("waits for the agent's report a little beyond the budget, then takes the command back", () => {
      const running = { commands: [command("running")] };

      assert.equal(decide(situation({ ...running, now: at(30 + 120 + 15) })).kind, "wait");
      const decision = decide(situation({ ...running, now: at(30 + 120 + 16) }));
      assert.equal(outcomeOf(decision), "CONTINUE overran");
      assert.ok(decision.kind === "complete" && decision.cancels === "c1");
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
      const decision = decide(situation({ commands, now: at(180 + 30) }));
      assert.equal(outcomeOf(decision), "CONTINUE unreachable");
      assert.ok(decision.kind === "complete" && decision.cancels === "c1");
    });

    it("gives up 30 s after that, as another look may have sent a last command that is not listed yet", () => {
      const commands = [command("cancelled", at(0))];

      assert.equal(decide(situation({ commands, now: at(180) })).kind, "wait");
      assert.equal(decide(situation({ commands, now: at(180 + 29) })).kind, "wait");
    });

    it("counts from the first command, as looks that know no event do, so that all looks agree", () => {
      const later = { since: at(0), commands: [command("undelivered", at(40))] };

      assert.equal(decide(situation({ ...later, now: at(40 + 179) })).kind, "run");
      assert.equal(decide(situation({ ...later, now: at(40 + 209) })).kind, "wait");
      assert.equal(outcomeOf(decide(situation({ ...later, now: at(40 + 210) }))), "CONTINUE unreachable");
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
    const refused = { reachable: false, since: at(0) };

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

    it("lets an instance go that is not running, after the time that a reboot may take", () => {
      const known = { ...refused, activity: activity(at(-1), stopped), instructions: onFailure("retain") };

      assert.equal(decide(situation({ ...known, now: at(100) })).kind, "wait");
      assert.equal(outcomeOf(decide(situation({ ...known, now: at(180) }))), "CONTINUE skipped");
    });

    it("waits on launch for an agent that boots, as long as the budget lasts", () => {
      const slow = instructionsFor("launch", { execution: 600 });
      const launch = { ...refused, transition: "launch", instructions: slow, heartbeatTimeout: 930 } as const;

      assert.equal(decide(situation({ ...launch, now: at(629) })).kind, "wait");
      assert.equal(outcomeOf(decide(situation({ ...launch, now: at(630) }))), "ABANDON unreachable");
    });

    it("counts on launch from the start of the activity, as nothing drains before the wait", () => {
      const quick = instructionsFor("launch", { execution: 5 });
      const launch = { reachable: false, transition: "launch", instructions: quick } as const;
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
        outcomeOf(
          decide(situation({ ...retain, commands, activity: activity(at(-30), "", true), reachable: false })),
        );

      assert.equal(again(command("failed", at(-5000))), "CONTINUE skipped");
      assert.equal(again(command("failed", at(-5000)), command("failed", at(0))), "CONTINUE failed");
      assert.equal(again(command("failed", at(-5000)), command("running", at(0))), "wait");
    });

    it("lets go those that were retained because their agent could not be reached", () => {
      const unreachable = { ...retain, reachable: false, now: at(200) };

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
    const refused = { reachable: false, instructions, activity: activity(at(0)) };

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

    it("sends none once the budget is over", () => {
      const lastSlot = { previousLook: at(17_999) };

      assert.equal(look(18_030, lastSlot), "heartbeat");
      assert.equal(look(18_031, lastSlot), "wait");
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
      const again = { since: undefined, commands: [command("cancelled")] };

      assert.equal(started(0, again), false);
      assert.equal(started(1, again), true);
      assert.equal(started(1, { ...again, since: at(0) }), false);
      assert.equal(started(60, { since: undefined, activity: activity() }), false);
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
    const busy = { busy: true, since: at(0), instructions, heartbeatTimeout: 1050 };

    it("waits as long as it may", () => {
      assert.equal(decide(situation({ ...busy, now: at(599) })).kind, "wait");
      assert.equal(decide(situation({ ...busy, now: at(600) })).kind, "run");
    });

    it("waits no longer after a command that went nowhere, which may have been sent late in the wait", () => {
      const lost = { ...busy, since: undefined, commands: [command("cancelled", at(560))] };
      const known = { ...lost, activity: activity(at(-30)) };

      assert.equal(decide(situation({ ...lost, now: at(590) })).kind, "inspect");
      assert.equal(decide(situation({ ...known, now: at(590) })).kind, "wait");
      assert.equal(decide(situation({ ...known, now: at(610) })).kind, "run");
    });

    it("heartbeats meanwhile, where the hook's timeout is shorter", () => {
      const short = { ...busy, heartbeatTimeout: 300, now: at(100), previousLook: at(40) };

      assert.equal(decide(situation(short)).kind, "heartbeat");
    });
  });
});

describe("the reason of a decision", () => {
  const reasons: Readonly<Record<string, Partial<Situation>>> = {
    "the instance does not wait at this hook any more": { waiting: false },
    "a command may belong to an earlier action": { repeats: true, commands: [command("failed")] },
    "the instance was retained before and is now let go": {
      instructions: onFailure("retain"),
      reachable: false,
      activity: activity(at(-1), "", true),
    },
    "the script succeeded": { commands: [command("succeeded")] },
    "the script failed or ran too long: abandon": {
      commands: [command("failed")],
      instructions: onFailure("abandon"),
    },
    "the script outran its time and the agent does not report: continue": {
      commands: [command("running")],
      now: at(1000),
    },
    "the script is running": { commands: [command("running")] },
    "the command is on its way to the agent": { commands: [command("pending")] },
    "when the wait began decides what is due": {},
    "SSM refuses the instance; why it goes decides what is due": { since: at(0), reachable: false },
    "the instance never served; there is nothing to stop": {
      reachable: false,
      activity: activity(at(-1), launchFailure),
    },
    "the instance is not running; there is nothing to stop": {
      reachable: false,
      activity: activity(at(-1), stopped),
      now: at(1000),
    },
    "the SSM agent could not be reached: continue": {
      commands: [command("cancelled")],
      now: at(1000),
    },
    "the SSM agent is not there (yet)": { reachable: false, activity: activity(at(0)) },
    "the last command may not be listed yet": { commands: [command("cancelled")], now: at(180) },
    "a command went nowhere a moment ago": { commands: [command("undelivered", at(59))] },
    "when the wait began decides how busy counts": { busy: true, commands: [command("cancelled")] },
    "the instance is busy": {
      busy: true,
      since: at(0),
      instructions: instructionsFor("terminate", { maxWait: 600 }),
    },
    "the command before went nowhere": { commands: [command("cancelled")] },
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

  for (const [reason, changes] of Object.entries(reasons)) {
    it(`is "${reason}"`, () => {
      assert.equal(decide(situation(changes)).reason, reason);
    });
  }
});

describe("decideEnded", () => {
  const outcome = (...given: Parameters<typeof decideEnded>) => {
    const completion = decideEnded(...given);
    return completion && outcomeOf(completion);
  };

  it("completes with CONTINUE what has succeeded, whatever the policy", () => {
    for (const policy of ["continue", "abandon", "retain", undefined] as const) {
      assert.equal(outcome("Success", policy), "CONTINUE succeeded");
    }
  });

  it("says why", () => {
    assert.equal(decideEnded("Success", undefined)?.reason, "the script succeeded");
    assert.equal(decideEnded("Failed", "abandon")?.reason, "the script failed or ran too long: abandon");
  });

  it("applies the policy to what has failed", () => {
    assert.equal(outcome("Failed", "continue"), "CONTINUE failed");
    assert.equal(outcome("Failed", "abandon"), "ABANDON failed");
  });

  it("does not decide where the event does not tell enough", () => {
    assert.equal(outcome("Failed", "retain"), undefined);
    assert.equal(outcome("Failed", undefined), undefined);
    assert.equal(outcome("TimedOut", "continue"), undefined);
    assert.equal(outcome("Cancelled", "continue"), undefined);
  });
});
