import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import type { Command } from "../../../handler/situation";
import { activity, at, command, known, onFailure, outcomeOf, situation } from "./situations";

describe("decide, by the commands of an instance", () => {
  it("runs the document where no command is on its way, once it knows since when the instance waits", () => {
    assert.equal(decide(situation()).kind, "inspect");
    assert.equal(decide(situation({ activity: activity() })).kind, "run");
    assert.equal(decide(situation({ since: at(0) })).kind, "run");
  });

  it("waits for a command that is on its way or running", () => {
    assert.equal(decide(situation({ commands: [command("pending")] })).kind, "wait");
    assert.equal(decide(situation({ commands: [command("running")] })).kind, "wait");
  });

  it("completes with CONTINUE after a command that succeeded", () => {
    assert.equal(outcomeOf(decide(situation({ commands: [command("succeeded")] }))), "CONTINUE succeeded");
  });

  it("applies the failure policy after a command that failed", () => {
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

  it("goes by the command that tells how the script ended, as other commands only join its run", () => {
    const after = (...commands: Command[]) => outcomeOf(decide(situation({ commands })));

    assert.equal(after(command("cancelled", at(0)), command("succeeded", at(30))), "CONTINUE succeeded");
    assert.equal(after(command("succeeded", at(-40)), command("pending", at(-10))), "CONTINUE succeeded");
    assert.equal(after(command("failed", at(-300)), command("running", at(-200))), "CONTINUE failed");
    assert.equal(after(command("cancelled", at(0)), command("running", at(30))), "wait");
    assert.equal(after(command("failed", at(0)), command("running", at(30))), "CONTINUE failed");
    assert.equal(after(command("running", at(0)), command("succeeded", at(30))), "CONTINUE succeeded");
  });

  it("asks how a command ended, unless another command is still under way", () => {
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
    it(`runs the document again after a command that is ${status}, but not at once, when the next command would fail as well`, () => {
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

  it("does not count a command of an earlier action where instances pass a hook twice", () => {
    const warm = { repeats: true, commands: [command("succeeded", at(-500))] };

    assert.equal(decide(situation(warm)).kind, "inspect");
    assert.equal(decide(situation({ repeats: true, since: at(0) })).kind, "run");
    assert.equal(decide(situation({ ...warm, activity: activity(at(-30)) })).kind, "run");
    assert.equal(
      outcomeOf(decide(situation({ ...warm, activity: activity(at(-600)) }))),
      "CONTINUE succeeded",
    );
  });
});
