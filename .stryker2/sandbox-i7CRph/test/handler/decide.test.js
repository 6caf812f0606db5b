"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var import_strict = __toESM(require("node:assert/strict"));
var import_decide = require("../../handler/decide");
var import_payloads = require("../support/payloads");
const start = Date.UTC(2026, 0, 1);
const at = (seconds) => start + seconds * 1e3;
function situation(changes = {}) {
  const transition = changes.transition ?? "terminate";
  return {
    transition,
    instructions: (0, import_payloads.instructionsFor)(transition),
    heartbeatTimeout: 450,
    waiting: true,
    commands: [],
    listedSince: at(-1e3),
    repeats: false,
    isFromWarmPool: false,
    isHealthy: true,
    machine: void 0,
    refusal: void 0,
    hasProbe: false,
    isBusy: void 0,
    since: void 0,
    activity: void 0,
    now: at(60),
    extendedAt: void 0,
    previousLook: at(0),
    ...changes
  };
}
const refusal = { cause: "no agent", since: void 0 };
const command = (status, requestedAt = at(0)) => ({
  id: "c1",
  status,
  requestedAt
});
const activity = (startedAt = at(-30), cause = "", retainedBefore = false) => ({
  startedAt,
  cause,
  retainedBefore
});
const launchFailure = "At 2026-01-01T00:00:00Z an instance was taken out of service in response to a launch failure.";
const stopped = "At 2026-01-01T00:00:00Z an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.";
const onFailure = (policy, transition = "terminate") => (0, import_payloads.instructionsFor)(transition, { onFailure: policy });
const outcomeOf = (decision) => decision.kind === "complete" ? `${decision.result} ${decision.outcome}` : decision.kind;
describe("decide", () => {
  it("leaves alone what does not wait any more", () => {
    import_strict.default.equal((0, import_decide.decide)(situation({ waiting: false, commands: [command("succeeded")] })).kind, "wait");
  });
  it("runs the document where no command is on its way, once it knows since when the instance waits", () => {
    import_strict.default.equal((0, import_decide.decide)(situation()).kind, "inspect");
    import_strict.default.equal((0, import_decide.decide)(situation({ activity: activity() })).kind, "run");
    import_strict.default.equal((0, import_decide.decide)(situation({ since: at(0) })).kind, "run");
  });
  it("waits for a command that is on its way or running", () => {
    import_strict.default.equal((0, import_decide.decide)(situation({ commands: [command("pending")] })).kind, "wait");
    import_strict.default.equal((0, import_decide.decide)(situation({ commands: [command("running")] })).kind, "wait");
  });
  it("completes with CONTINUE what has succeeded", () => {
    import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ commands: [command("succeeded")] }))), "CONTINUE succeeded");
  });
  it("applies the failure policy to what has failed", () => {
    const failed = { commands: [command("failed")] };
    import_strict.default.equal(
      outcomeOf((0, import_decide.decide)(situation({ ...failed, instructions: onFailure("continue") }))),
      "CONTINUE failed"
    );
    import_strict.default.equal(
      outcomeOf((0, import_decide.decide)(situation({ ...failed, instructions: onFailure("abandon") }))),
      "ABANDON failed"
    );
    import_strict.default.equal(
      outcomeOf(
        (0, import_decide.decide)(situation({ ...failed, transition: "launch", instructions: onFailure("abandon", "launch") }))
      ),
      "ABANDON failed"
    );
  });
  it("goes by the command that tells how the script ended, as others only join its run", () => {
    const after = (...commands) => outcomeOf((0, import_decide.decide)(situation({ commands })));
    import_strict.default.equal(after(command("cancelled", at(0)), command("succeeded", at(30))), "CONTINUE succeeded");
    import_strict.default.equal(after(command("succeeded", at(-40)), command("pending", at(-10))), "CONTINUE succeeded");
    import_strict.default.equal(after(command("failed", at(-300)), command("running", at(-200))), "CONTINUE failed");
    import_strict.default.equal(after(command("cancelled", at(0)), command("running", at(30))), "wait");
    import_strict.default.equal(after(command("failed", at(0)), command("running", at(30))), "CONTINUE failed");
    import_strict.default.equal(after(command("running", at(0)), command("succeeded", at(30))), "CONTINUE succeeded");
  });
  it("asks whose word the end of a command is, unless another is still under way", () => {
    const after = (...commands) => (0, import_decide.decide)(situation({ commands, now: at(90) }));
    const asked = after(command("ended", at(0)));
    import_strict.default.ok(asked.kind === "inspect" && asked.fact === "end" && asked.command === "c1");
    import_strict.default.equal(after(command("running", at(0)), command("ended", at(30))).kind, "wait");
    import_strict.default.equal(after(command("ended", at(0)), command("pending", at(60))).kind, "wait");
    import_strict.default.equal(
      outcomeOf(after(command("succeeded", at(0)), command("ended", at(30)))),
      "CONTINUE succeeded"
    );
  });
  it("counts a command of a Spot warning, which is older than the activity", () => {
    const early = { ...command("succeeded", at(-90)), early: true };
    import_strict.default.equal(
      outcomeOf((0, import_decide.decide)(situation({ commands: [early], activity: activity(at(-80)) }))),
      "CONTINUE succeeded"
    );
  });
  it("names the command whose script failed, so that its output can be shown", () => {
    const failed = (0, import_decide.decide)(situation({ commands: [command("failed")] }));
    const overran = (0, import_decide.decide)(
      situation({ commands: [command("running"), command("troubled", at(200))], now: at(1e3) })
    );
    import_strict.default.equal(failed.kind === "complete" && failed.failed?.id, "c1");
    import_strict.default.ok(overran.kind === "complete" && overran.failed === void 0 && overran.cancels === "c1");
  });
  for (const status of ["undelivered", "troubled", "notMeant", "cancelled"]) {
    it(`sends again after a command that is ${status}, but not at once: the next would come to nothing as well`, () => {
      const after = (seconds) => (0, import_decide.decide)(situation({ commands: [command(status)], since: at(0), now: at(seconds) })).kind;
      import_strict.default.equal(after(1), "wait");
      import_strict.default.equal(after(29), "wait");
      import_strict.default.equal(after(30), "run");
      import_strict.default.equal(after(179), "run");
      import_strict.default.equal(after(180), "wait");
      import_strict.default.equal(after(210), "complete");
    });
  }
  describe("with a command that does not end", () => {
    it("waits for the agent's report a little beyond the budget, then asks, and leaves the script alone", () => {
      const running = { commands: [command("running")] };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...running, now: at(30 + 120 + 15) })).kind, "wait");
      const decision = (0, import_decide.decide)(situation({ ...running, now: at(30 + 120 + 16) }));
      import_strict.default.ok(decision.kind === "run" && decision.replaces === void 0);
    });
    it("asks once at least, however late that is", () => {
      import_strict.default.equal((0, import_decide.decide)(situation({ commands: [command("running")], now: at(5e4) })).kind, "run");
    });
    it("applies the failure policy where the question finds no answer for 180 s, and takes the command back", () => {
      const commands = [command("running"), { ...command("undelivered", at(200)), id: "c2" }];
      const silentSince = 30 + 120 + 15;
      import_strict.default.equal((0, import_decide.decide)(situation({ commands, now: at(silentSince + 179) })).kind, "run");
      const decision = (0, import_decide.decide)(situation({ commands, now: at(silentSince + 180 + 30) }));
      import_strict.default.equal(outcomeOf(decision), "CONTINUE overran");
      import_strict.default.ok(decision.kind === "complete" && decision.cancels === "c1");
    });
    it("goes by the answer: the script's end that was never reported, or that it still runs", () => {
      const asked = (status, now) => outcomeOf(
        (0, import_decide.decide)(situation({ commands: [command("running"), command(status, at(170))], now: at(now) }))
      );
      import_strict.default.equal(asked("succeeded", 180), "CONTINUE succeeded");
      import_strict.default.equal(asked("running", 180), "wait");
      import_strict.default.equal(asked("running", 170 + 150), "wait");
    });
    it("judges it by the budget that it was sent with, whatever a deployment has made of the hook since", () => {
      const shortened = { instructions: (0, import_payloads.instructionsFor)("terminate", { execution: 10 }) };
      const commands = [{ ...command("running"), budget: 3630 }];
      import_strict.default.equal((0, import_decide.decide)(situation({ ...shortened, commands, now: at(3600) })).kind, "wait");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...shortened, commands, now: at(3646) })).kind, "run");
    });
    it("asks for 180 s more when an agent that got through falls silent", () => {
      const commands = [{ ...command("cancelled"), endedAt: at(1800) }, command("undelivered", at(1810))];
      const long = {
        instructions: (0, import_payloads.instructionsFor)("terminate", { execution: 3600 }),
        heartbeatTimeout: 3930
      };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...long, commands, now: at(1800 + 179) })).kind, "run");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...long, commands, now: at(1800 + 210) })).kind, "complete");
    });
    it("takes no command that ended within a minute for one that got through", () => {
      const after = (seconds) => (0, import_decide.decide)(
        situation({
          since: at(0),
          commands: [{ ...command("troubled"), endedAt: at(seconds) }],
          now: at(180)
        })
      ).kind;
      import_strict.default.equal(after(60), "wait");
      import_strict.default.equal(after(61), "run");
    });
    it("comes to an end with an agent that falls silent again and again", () => {
      const silent = (requestedAt) => ({
        ...command("troubled", at(requestedAt)),
        endedAt: at(requestedAt + 90)
      });
      const last = 2 * 180 + 150;
      import_strict.default.equal((0, import_decide.decide)(situation({ commands: [silent(0)], now: at(120) })).kind, "run");
      import_strict.default.equal((0, import_decide.decide)(situation({ commands: [silent(0), silent(last - 1)], now: at(700) })).kind, "run");
      const decision = (0, import_decide.decide)(situation({ commands: [silent(0), silent(last)], now: at(700) }));
      import_strict.default.equal(outcomeOf(decision), "CONTINUE unreachable");
    });
    it("replaces a command that has not reached the agent 30 s after its delivery time-out", () => {
      const pending = { commands: [command("pending")] };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...pending, now: at(60) })).kind, "wait");
      const decision = (0, import_decide.decide)(situation({ ...pending, now: at(61) }));
      import_strict.default.ok(decision.kind === "run" && decision.replaces === "c1");
    });
    it("gives up on an agent that has not answered for 180 s", () => {
      const commands = [command("cancelled", at(0)), command("pending", at(61))];
      import_strict.default.equal((0, import_decide.decide)(situation({ commands, now: at(179) })).kind, "run");
      const decision = (0, import_decide.decide)(situation({ commands, now: at(180 + 30) }));
      import_strict.default.equal(outcomeOf(decision), "CONTINUE unreachable");
      import_strict.default.ok(decision.kind === "complete" && decision.cancels === "c1");
    });
    it("gives up 30 s after that, as another look may have sent a last command that is not listed yet", () => {
      const commands = [command("cancelled", at(0))];
      import_strict.default.equal((0, import_decide.decide)(situation({ commands, now: at(180) })).kind, "wait");
      import_strict.default.equal((0, import_decide.decide)(situation({ commands, now: at(180 + 29) })).kind, "wait");
    });
    it("counts from the first command, as looks that know no event do, so that all looks agree", () => {
      const later = { since: at(0), commands: [command("undelivered", at(40))] };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...later, now: at(40 + 179) })).kind, "run");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...later, now: at(40 + 209) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...later, now: at(40 + 210) }))), "CONTINUE unreachable");
    });
    it("counts from the event where a Spot warning has sent a command before", () => {
      const early = { ...command("undelivered", at(-100)), early: true };
      import_strict.default.equal((0, import_decide.decide)(situation({ since: at(0), commands: [early], now: at(179) })).kind, "run");
    });
    it("starts again what was cancelled or never delivered, as the guard on the instance knows whether it ran", () => {
      for (const status of ["cancelled", "undelivered"]) {
        const decision = (0, import_decide.decide)(situation({ commands: [command(status)] }));
        import_strict.default.ok(decision.kind === "run" && decision.replaces === void 0, status);
      }
    });
  });
  describe("with an instance that SSM refuses", () => {
    const refused = { refusal, since: at(0) };
    it("asks on terminate why the instance goes", () => {
      import_strict.default.equal((0, import_decide.decide)(situation(refused)).kind, "inspect");
    });
    it("waits for an agent that restarts, then applies the failure policy", () => {
      const known = { ...refused, activity: activity(), instructions: onFailure("abandon") };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(179) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...known, now: at(180) }))), "ABANDON unreachable");
    });
    it("lets an instance go at once that never served", () => {
      const known = { ...refused, activity: activity(at(-1), launchFailure), now: at(1) };
      for (const policy of ["continue", "abandon", "retain"]) {
        import_strict.default.equal(
          outcomeOf((0, import_decide.decide)(situation({ ...known, instructions: onFailure(policy) }))),
          "CONTINUE skipped"
        );
      }
    });
    it("waits no longer than that for a script that may take longer", () => {
      const slow = (0, import_payloads.instructionsFor)("terminate", { execution: 600 });
      const known = { ...refused, activity: activity(), instructions: slow, heartbeatTimeout: 930 };
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...known, now: at(180) }))), "CONTINUE unreachable");
    });
    it("runs the document on one that never served, as long as SSM takes it", () => {
      import_strict.default.equal((0, import_decide.decide)(situation({ activity: activity(at(-1), launchFailure) })).kind, "run");
    });
    it("lets an instance go at once that is not running, whatever the policy", () => {
      const known = { ...refused, activity: activity(at(-1), stopped), instructions: onFailure("retain") };
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...known, now: at(1) }))), "CONTINUE gone");
    });
    it("lets an instance go at once that is stopped in the warm pool", () => {
      const known = { ...refused, isFromWarmPool: true, instructions: onFailure("retain"), now: at(1) };
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation(known))), "CONTINUE skipped");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, refusal: void 0 })).kind, "run");
    });
    it("asks for as long as the hook says", () => {
      const patient = {
        ...refused,
        activity: activity(),
        instructions: (0, import_payloads.instructionsFor)("terminate", { agentTimeout: 900 }),
        heartbeatTimeout: 1170
      };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...patient, now: at(899) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...patient, now: at(900) }))), "CONTINUE unreachable");
    });
    it("counts from the first refusal that is remembered, as a probe may have held the script up before", () => {
      const instructions = (0, import_payloads.instructionsFor)("terminate", { maxWait: 600, execution: 720 });
      const refused2 = { cause: "no agent", since: at(500) };
      const known = {
        since: at(0),
        activity: activity(),
        heartbeatTimeout: 1050,
        instructions,
        refusal: refused2
      };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(679) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...known, now: at(680) }))), "CONTINUE unreachable");
    });
    it("counts from the end of the probe's time where no refusal is remembered", () => {
      const instructions = (0, import_payloads.instructionsFor)("terminate", { maxWait: 600, execution: 720 });
      const known = {
        ...refused,
        activity: activity(),
        hasProbe: true,
        instructions,
        heartbeatTimeout: 1050
      };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(400) })).kind, "wait");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(779) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...known, now: at(780) }))), "CONTINUE unreachable");
    });
    it("sends no heartbeat once nobody is asked any more", () => {
      const long = {
        instructions: (0, import_payloads.instructionsFor)("terminate", { execution: 18e3 }),
        heartbeatTimeout: 300
      };
      const known = { ...refused, ...long, activity: activity(), previousLook: at(90) };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(179) })).kind, "heartbeat");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(180) })).kind, "complete");
    });
    it("waits on launch for an agent that boots, as long as the budget lasts", () => {
      const slow = (0, import_payloads.instructionsFor)("launch", { execution: 600 });
      const launch = { ...refused, transition: "launch", instructions: slow, heartbeatTimeout: 930 };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...launch, now: at(629) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...launch, now: at(630) }))), "ABANDON unreachable");
    });
    it("counts on launch from the start of the activity, as nothing drains before the wait", () => {
      const quick = (0, import_payloads.instructionsFor)("launch", { execution: 5 });
      const launch = { refusal, transition: "launch", instructions: quick };
      const known = { ...launch, activity: activity(at(0)) };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(179) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...known, now: at(180) }))), "ABANDON unreachable");
    });
    it("gives an agent on launch at least 180 s, however short the budget", () => {
      const quick = (0, import_payloads.instructionsFor)("launch", { execution: 5 });
      const launch = { ...refused, transition: "launch", instructions: quick };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...launch, now: at(179) })).kind, "wait");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...launch, now: at(180) }))), "ABANDON unreachable");
    });
  });
  describe("with a machine that Auto Scaling calls unhealthy", () => {
    const unhealthy = {
      isHealthy: false,
      since: at(0),
      commands: [command("running")],
      instructions: onFailure("retain")
    };
    it("asks SSM for it, once", () => {
      const decision = (0, import_decide.decide)(situation(unhealthy));
      import_strict.default.ok(decision.kind === "inspect" && decision.fact === "machine");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...unhealthy, machine: "there" })).kind, "wait");
    });
    it("lets it go if SSM knows no such machine, and retains nothing", () => {
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...unhealthy, machine: "gone" }))), "CONTINUE gone");
    });
    it("replaces it on launch", () => {
      const launch = { transition: "launch", instructions: onFailure("continue", "launch") };
      import_strict.default.equal(
        outcomeOf((0, import_decide.decide)(situation({ ...unhealthy, ...launch, machine: "gone" }))),
        "ABANDON gone"
      );
    });
    it("takes a silent one for gone that was healthy when it was chosen, and no other: it may run", () => {
      const silent = { ...unhealthy, machine: "silent" };
      const cause = "an instance was taken out of service in response to an ELB system health check failure.";
      import_strict.default.equal((0, import_decide.decide)(situation(silent)).kind, "inspect");
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...silent, activity: activity() }))), "CONTINUE gone");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...silent, activity: activity(at(-1), cause) })).kind, "wait");
    });
    it("goes by the script's word where there is one", () => {
      const succeeded = { ...unhealthy, commands: [command("succeeded")], machine: "gone" };
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation(succeeded))), "CONTINUE succeeded");
    });
  });
  describe("about instances that are to be retained", () => {
    const retain = { instructions: onFailure("retain") };
    it("abandons the action, which retains them, once it knows that they were not retained before", () => {
      const failed = { ...retain, commands: [command("failed", at(0))] };
      import_strict.default.equal((0, import_decide.decide)(situation(failed)).kind, "inspect");
      import_strict.default.equal(
        outcomeOf((0, import_decide.decide)(situation({ ...failed, activity: activity(at(-30)) }))),
        "ABANDON failed"
      );
    });
    it("lets go those that never served, as their launch was abandoned", () => {
      const abandoned = {
        ...retain,
        commands: [command("failed")],
        activity: activity(at(-30), launchFailure)
      };
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation(abandoned))), "CONTINUE failed");
    });
    it("lets go those that were retained before, but not while the script runs", () => {
      const again = (...commands) => outcomeOf((0, import_decide.decide)(situation({ ...retain, commands, activity: activity(at(-30), "", true), refusal })));
      import_strict.default.equal(again(command("failed", at(-5e3))), "CONTINUE skipped");
      import_strict.default.equal(again(command("failed", at(-5e3)), command("failed", at(0))), "CONTINUE failed");
      import_strict.default.equal(again(command("failed", at(-5e3)), command("running", at(0))), "wait");
    });
    it("lets go those that were retained because their agent could not be reached", () => {
      const unreachable = { ...retain, refusal, now: at(200) };
      import_strict.default.equal(
        outcomeOf((0, import_decide.decide)(situation({ ...unreachable, activity: activity(at(0), "", true) }))),
        "CONTINUE skipped"
      );
    });
    it("counts a command sent as the activity starts to this action", () => {
      const failed = { ...retain, commands: [command("failed", at(-30))], activity: activity(at(-30)) };
      import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation(failed))), "ABANDON failed");
    });
    it("retains nothing on launch", () => {
      const launch = { transition: "launch", instructions: onFailure("retain", "launch") };
      const older = { commands: [command("failed", at(-5e3))], activity: activity(at(-30)) };
      import_strict.default.equal(
        outcomeOf((0, import_decide.decide)(situation({ ...launch, commands: [command("failed")] }))),
        "ABANDON failed"
      );
      import_strict.default.equal((0, import_decide.decide)(situation({ ...launch, ...older })).kind, "run");
    });
    it("does not take a stop before for a retention", () => {
      const reused = { ...retain, commands: [command("failed", at(-5e3))], activity: activity(at(-30)) };
      import_strict.default.equal((0, import_decide.decide)(situation(reused)).kind, "run");
    });
    it("gives the script another chance, as what was wrong may have been put right by hand", () => {
      const again = { ...retain, commands: [], activity: activity(at(-30), "", true) };
      import_strict.default.equal((0, import_decide.decide)(situation(again)).kind, "run");
      import_strict.default.equal(
        outcomeOf((0, import_decide.decide)(situation({ ...again, commands: [command("succeeded")] }))),
        "CONTINUE succeeded"
      );
    });
  });
  it("does not take a command of an earlier action for one of this, where instances pass a hook twice", () => {
    const warm = { repeats: true, commands: [command("succeeded", at(-500))] };
    import_strict.default.equal((0, import_decide.decide)(situation(warm)).kind, "inspect");
    import_strict.default.equal((0, import_decide.decide)(situation({ repeats: true, since: at(0) })).kind, "run");
    import_strict.default.equal((0, import_decide.decide)(situation({ ...warm, activity: activity(at(-30)) })).kind, "run");
    import_strict.default.equal(
      outcomeOf((0, import_decide.decide)(situation({ ...warm, activity: activity(at(-600)) }))),
      "CONTINUE succeeded"
    );
  });
  it("counts the deregistration delay, as the activity starts before it and the wait after it", () => {
    const instructions = (0, import_payloads.instructionsFor)("terminate", { deregistrationDelay: 300 });
    const refused = { refusal, instructions, activity: activity(at(0)) };
    import_strict.default.equal((0, import_decide.decide)(situation({ ...refused, now: at(300 + 179) })).kind, "wait");
    import_strict.default.equal(outcomeOf((0, import_decide.decide)(situation({ ...refused, now: at(300 + 180) }))), "CONTINUE unreachable");
  });
  describe("about heartbeats", () => {
    const long = {
      instructions: (0, import_payloads.instructionsFor)("terminate", { execution: 18e3 }),
      heartbeatTimeout: 3600
    };
    const running = { ...long, commands: [command("running")] };
    const look = (now, changes = {}) => (0, import_decide.decide)(situation({ ...running, now: at(now), previousLook: at(now - 60), ...changes })).kind;
    it("sends one in each third of the timeout, on the first look into it", () => {
      import_strict.default.equal(look(1199), "wait");
      import_strict.default.equal(look(1200), "heartbeat");
      import_strict.default.equal(look(1259), "heartbeat");
      import_strict.default.equal(look(1260), "wait");
      import_strict.default.equal(look(2400), "heartbeat");
    });
    it("counts the thirds from the command", () => {
      const late = { commands: [command("running", at(100))] };
      import_strict.default.equal(look(1299, late), "wait");
      import_strict.default.equal(look(1300, late), "heartbeat");
    });
    it("catches up if no look was taken in time", () => {
      import_strict.default.equal(look(1400, { previousLook: at(1100) }), "heartbeat");
    });
    it("sends 14 in a drain of five hours", () => {
      const looks = Array.from({ length: 300 }, (_, minute) => look(minute * 60 + 7));
      import_strict.default.equal(looks.filter((kind) => kind === "heartbeat").length, 14);
    });
    it("sends none once the budget is over", () => {
      const lastSlot = { previousLook: at(17999) };
      import_strict.default.equal(look(18030, lastSlot), "heartbeat");
      import_strict.default.equal(look(18031, lastSlot), "wait");
    });
    it("sends none where the hook's timeout covers the budget", () => {
      for (let now = 0; now < 150; now += 10) {
        import_strict.default.equal(
          look(now, { instructions: (0, import_payloads.instructionsFor)("terminate"), heartbeatTimeout: 450 }),
          "wait"
        );
      }
    });
    it("sends none on the way of an event, which has just looked", () => {
      import_strict.default.equal(look(1200, { previousLook: at(1200) }), "wait");
    });
  });
  describe("about extending the action when a command is started late", () => {
    const started = (now, changes = {}) => {
      const decision = (0, import_decide.decide)(situation({ since: at(0), now: at(now), ...changes }));
      return decision.kind === "run" && decision.extend;
    };
    it("does not where the rest of the hook's timeout is long enough", () => {
      import_strict.default.equal(started(0), false);
      import_strict.default.equal(started(180), false);
    });
    it("does where the script could outlast the hook", () => {
      import_strict.default.equal(started(181), true);
    });
    it("does on a second try where no event told how old the wait is by then", () => {
      const again = { since: void 0, commands: [command("pending")] };
      import_strict.default.equal(started(61, again), true);
      import_strict.default.equal(started(61, { ...again, since: at(0) }), false);
      import_strict.default.equal(started(60, { since: void 0, activity: activity() }), false);
    });
    it("does not where it was just extended", () => {
      import_strict.default.equal(started(500, { extendedAt: at(400) }), false);
      import_strict.default.equal(started(580, { extendedAt: at(400) }), false);
      import_strict.default.equal(started(581, { extendedAt: at(400) }), true);
      import_strict.default.equal(started(700, { extendedAt: at(500) }), true);
    });
    it("does not go by an extension of an earlier action", () => {
      import_strict.default.equal(started(100, { extendedAt: at(-1e3) }), false);
      const again = { since: void 0, commands: [command("pending")] };
      import_strict.default.equal(started(61, { ...again, extendedAt: at(0) }), true);
      import_strict.default.equal(started(61, { ...again, extendedAt: at(1) }), false);
    });
    it("does where the first heartbeat could come too late", () => {
      const long = {
        instructions: (0, import_payloads.instructionsFor)("terminate", { execution: 18e3 }),
        heartbeatTimeout: 300
      };
      import_strict.default.equal(started(80, long), false);
      import_strict.default.equal(started(81, long), true);
    });
  });
  describe("about a busy instance", () => {
    const instructions = (0, import_payloads.instructionsFor)("terminate", { maxWait: 600, execution: 720 });
    const busy = { hasProbe: true, isBusy: true, since: at(0), instructions, heartbeatTimeout: 1050 };
    it("waits as long as it may", () => {
      import_strict.default.equal((0, import_decide.decide)(situation({ ...busy, now: at(599) })).kind, "wait");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...busy, now: at(600) })).kind, "run");
    });
    it("is asked about as long as it may wait, and not after that", () => {
      const unasked = { ...busy, isBusy: void 0 };
      const decision = (0, import_decide.decide)(situation({ ...unasked, now: at(599) }));
      import_strict.default.ok(decision.kind === "inspect" && decision.fact === "busy");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...unasked, now: at(600) })).kind, "run");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...busy, isBusy: false, now: at(1) })).kind, "run");
    });
    it("waits no longer after a command that went nowhere, which may have been sent late in the wait", () => {
      const lost = { ...busy, since: void 0, commands: [command("cancelled", at(560))] };
      const known = { ...lost, activity: activity(at(-30)) };
      import_strict.default.equal((0, import_decide.decide)(situation({ ...lost, now: at(590) })).kind, "inspect");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(590) })).kind, "wait");
      import_strict.default.equal((0, import_decide.decide)(situation({ ...known, now: at(610) })).kind, "run");
    });
    it("is not asked about once a command got through to it, whose script may be running", () => {
      const silent = { ...busy, isBusy: void 0, commands: [command("expired", at(0))], now: at(599) };
      const running = {
        ...silent,
        instructions: (0, import_payloads.instructionsFor)("terminate", { maxWait: 600, execution: 400 })
      };
      import_strict.default.equal((0, import_decide.decide)(situation(running)).kind, "run");
    });
    it("heartbeats meanwhile, where the hook's timeout is shorter", () => {
      const short = { ...busy, heartbeatTimeout: 300, now: at(100), previousLook: at(40) };
      import_strict.default.equal((0, import_decide.decide)(situation(short)).kind, "heartbeat");
    });
  });
});
describe("the reason of a decision", () => {
  const reasons = {
    "the instance does not wait at this hook any more": { waiting: false },
    "a command may belong to an earlier action": { repeats: true, commands: [command("failed")] },
    "the instance was retained before and is now let go": {
      instructions: onFailure("retain"),
      refusal,
      activity: activity(at(-1), "", true)
    },
    "the script succeeded": { commands: [command("succeeded")] },
    "the script failed or ran too long: abandon": {
      commands: [command("failed")],
      instructions: onFailure("abandon")
    },
    "the script outran its time and the agent does not report: continue": {
      commands: [command("running"), command("cancelled", at(200))],
      now: at(1e3)
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
      activity: activity(at(-1), launchFailure)
    },
    "the instance is stopped in the warm pool; there is nothing to stop": {
      refusal,
      isFromWarmPool: true,
      since: at(0)
    },
    "the SSM agent could not be reached: continue": { commands: [command("pending")], now: at(1e3) },
    "somebody cancels every command: continue": { commands: [command("cancelled")], now: at(1e3) },
    "the SSM agent fails every command: continue": { commands: [command("troubled")], now: at(1e3) },
    "the instance does not find itself on its way: continue": {
      commands: [command("notMeant")],
      now: at(1e3)
    },
    "SSM refuses the command: no agent": { refusal, activity: activity(at(0)) },
    "SSM refuses the command: no agent: continue": { refusal, activity: activity(at(0)), now: at(1e3) },
    "the last command may not be listed yet": { commands: [command("cancelled")], now: at(180) },
    "a command came to nothing a moment ago": { commands: [command("undelivered", at(59))] },
    "when the wait began decides how busy counts": { hasProbe: true, commands: [command("cancelled")] },
    "the instance is busy": {
      hasProbe: true,
      isBusy: true,
      since: at(0),
      instructions: (0, import_payloads.instructionsFor)("terminate", { maxWait: 600 })
    },
    "somebody cancelled the command before": { commands: [command("cancelled")] },
    "the agent failed the command before": { commands: [command("troubled")] },
    "the instance did not find itself on its way": { commands: [command("notMeant")] },
    "the command before did not reach the agent": { commands: [command("undelivered")] },
    "the command before outlasts its budget without a report": {
      commands: [command("running")],
      now: at(200)
    },
    "a busy instance is not stopped": {
      hasProbe: true,
      since: at(0),
      instructions: (0, import_payloads.instructionsFor)("terminate", { maxWait: 600 })
    },
    "the instance waits and no command is on its way": { since: at(0) },
    "whether the instance was retained before decides what is due": {
      commands: [command("failed")],
      instructions: onFailure("retain")
    },
    "the script failed or ran too long, but the instance never served: continue": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
      activity: activity(at(-1), launchFailure)
    },
    "the script failed or ran too long, but the instance was retained before: continue": {
      commands: [command("failed")],
      instructions: onFailure("retain"),
      activity: activity(at(-1), "", true)
    }
  };
  it("is told for each way in which a command comes to nothing", () => {
    const finally_ = "the SSM agent could not be reached: continue";
    const others = [
      ["the command before did not reach the agent", { commands: [command("pending")], now: at(61) }],
      [
        "the agent did not report the end of the command before",
        { commands: [command("expired")], now: at(200) }
      ],
      [finally_, { commands: [command("undelivered")], now: at(1e3) }],
      [finally_, { commands: [command("expired"), command("expired", at(510))], now: at(2e3) }],
      ["the machine is gone", { refusal, since: at(0), activity: activity(at(-1), stopped) }]
    ];
    for (const [reason, changes] of others) import_strict.default.equal((0, import_decide.decide)(situation(changes)).reason, reason);
  });
  it("asks for the fact that it takes", () => {
    const retain = onFailure("retain");
    const busy = (0, import_payloads.instructionsFor)("terminate", { maxWait: 600 });
    const facts = [
      ["activity", {}],
      ["activity", { since: at(0), refusal }],
      ["activity", { repeats: true, commands: [command("failed")] }],
      ["activity", { commands: [command("failed")], instructions: retain }],
      ["activity", { isHealthy: false, machine: "silent" }],
      ["activity", { hasProbe: true, commands: [command("cancelled")] }],
      ["machine", { isHealthy: false }],
      ["busy", { hasProbe: true, since: at(0), instructions: busy }],
      ["end", { commands: [command("ended")] }]
    ];
    for (const [fact, changes] of facts) {
      const decision = (0, import_decide.decide)(situation(changes));
      import_strict.default.equal(decision.kind === "inspect" && decision.fact, fact);
    }
  });
  for (const [reason, changes] of Object.entries(reasons)) {
    it(`is "${reason}"`, () => {
      import_strict.default.equal((0, import_decide.decide)(situation(changes)).reason, reason);
    });
  }
});
