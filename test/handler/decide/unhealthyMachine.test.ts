import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import { activity, at, command, onFailure, outcomeOf, situation } from "./situations";

describe("decide with a machine that Auto Scaling calls unhealthy", () => {
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

  it("continues if SSM knows no such machine, and retains nothing", () => {
    assert.equal(outcomeOf(decide(situation({ ...unhealthy, machine: "gone" }))), "CONTINUE gone");
  });

  it("replaces it on launch", () => {
    const launch = { transition: "launch", instructions: onFailure("continue", "launch") } as const;

    assert.equal(outcomeOf(decide(situation({ ...unhealthy, ...launch, machine: "gone" }))), "ABANDON gone");
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
