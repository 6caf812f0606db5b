import assert from "node:assert/strict";
import { decide } from "../../../handler/decide";
import { activity, at, command, onFailure, outcomeOf, situation } from "./situations";

describe("decide, about a machine that Auto Scaling calls unhealthy", () => {
  const unhealthy = {
    isHealthy: false,
    since: at(0),
    commands: [command("running")],
    instructions: onFailure("retain"),
  };

  it("asks SSM about the machine once", () => {
    const decision = decide(situation(unhealthy));

    assert.ok(decision.kind === "inspect" && decision.fact === "machine");
    assert.equal(decide(situation({ ...unhealthy, machine: "there" })).kind, "wait");
  });

  it("continues if SSM knows no such machine, and retains nothing", () => {
    assert.equal(outcomeOf(decide(situation({ ...unhealthy, machine: "gone" }))), "CONTINUE gone");
  });

  it("abandons a launch whose machine is gone", () => {
    const launch = { transition: "launch", instructions: onFailure("continue", "launch") } as const;

    assert.equal(outcomeOf(decide(situation({ ...unhealthy, ...launch, machine: "gone" }))), "ABANDON gone");
  });

  it("takes a silent machine for gone only if the machine was healthy when Auto Scaling chose it", () => {
    const silent = { ...unhealthy, machine: "silent" } as const;
    const cause = "an instance was taken out of service in response to an ELB system health check failure.";

    assert.equal(decide(situation(silent)).kind, "inspect");
    assert.equal(outcomeOf(decide(situation({ ...silent, activity: activity() }))), "CONTINUE gone");
    assert.equal(decide(situation({ ...silent, activity: activity(at(-1), cause) })).kind, "wait");
  });

  it("goes by the script's result where there is a result", () => {
    const succeeded = { ...unhealthy, commands: [command("succeeded")], machine: "gone" } as const;

    assert.equal(outcomeOf(decide(situation(succeeded))), "CONTINUE succeeded");
  });
});
