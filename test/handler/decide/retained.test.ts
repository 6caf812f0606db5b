import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import type { Command } from "../../../handler/situation";
import { activity, at, command, launchFailure, onFailure, outcomeOf, refusal, situation } from "./situations";

describe("decide, about instances that are to be retained", () => {
  const retain = { instructions: onFailure("retain") };

  it("abandons the action, which retains the instance, once it knows of no earlier retention", () => {
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

  it("counts a command that was sent as the activity started", () => {
    const failed = { ...retain, commands: [command("failed", at(-30))], activity: activity(at(-30)) };

    assert.equal(outcomeOf(decide(situation(failed))), "ABANDON failed");
  });

  it("retains no instance on launch", () => {
    const launch = { transition: "launch", instructions: onFailure("retain", "launch") } as const;
    const older = { commands: [command("failed", at(-5000))], activity: activity(at(-30)) };

    assert.equal(
      outcomeOf(decide(situation({ ...launch, commands: [command("failed")] }))),
      "ABANDON failed",
    );
    assert.equal(decide(situation({ ...launch, ...older })).kind, "run");
  });

  it("does not take an earlier stop for a retention", () => {
    const reused = { ...retain, commands: [command("failed", at(-5000))], activity: activity(at(-30)) };

    assert.equal(decide(situation(reused)).kind, "run");
  });

  it("runs the script again, as somebody may have repaired the instance by hand", () => {
    const again = { ...retain, commands: [], activity: activity(at(-30), "", true) };

    assert.equal(decide(situation(again)).kind, "run");
    assert.equal(
      outcomeOf(decide(situation({ ...again, commands: [command("succeeded")] }))),
      "CONTINUE succeeded",
    );
  });
});
