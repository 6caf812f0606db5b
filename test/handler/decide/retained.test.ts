import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import type { Command } from "../../../handler/situation";
import { activity, at, command, launchFailure, onFailure, outcomeOf, refusal, situation } from "./situations";

describe("decide about instances that are to be retained", () => {
  const retain = { instructions: onFailure("retain") };

  it("abandons the action, which retains them, once it knows that they were not retained before", () => {
    const failed = { ...retain, commands: [command("failed", at(0))] };

    assert.equal(decide(situation(failed)).kind, "inspect");
    assert.equal(outcomeOf(decide(situation({ ...failed, activity: activity(at(-30)) }))), "ABANDON failed");
  });

  it("continues for instances that never served, as their launch was abandoned", () => {
    const abandoned = {
      ...retain,
      commands: [command("failed")],
      activity: activity(at(-30), launchFailure),
    };

    assert.equal(outcomeOf(decide(situation(abandoned))), "CONTINUE failed");
  });

  it("continues for instances that were retained before, but not while the script runs", () => {
    const again = (...commands: Command[]) =>
      outcomeOf(decide(situation({ ...retain, commands, activity: activity(at(-30), "", true), refusal })));

    assert.equal(again(command("failed", at(-5000))), "CONTINUE skipped");
    assert.equal(again(command("failed", at(-5000)), command("failed", at(0))), "CONTINUE failed");
    assert.equal(again(command("failed", at(-5000)), command("running", at(0))), "wait");
  });

  it("continues for instances that were retained because their agent could not be reached", () => {
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
