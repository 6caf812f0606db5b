import assert from "node:assert/strict";
import { countPassed } from "../../cli/rehearsal/phases";
import type { SimulationEvent } from "../../simulator";

describe("the number of instances that have passed a transition", () => {
  const counted = (transition: "launch" | "terminate", ...states: readonly string[]) => {
    const passed = countPassed(transition);
    return states.map((state) => passed(instanceIn(state)));
  };

  it("rises with an instance that is put into service", () => {
    assert.deepEqual(
      counted("launch", "Pending", "Pending:Wait", "Pending:Proceed", "InService"),
      [0, 0, 0, 1],
    );
  });

  it("rises with an instance that has ended or is retained", () => {
    assert.deepEqual(
      counted("terminate", "InService", "Terminating", "Terminating:Wait", "ended"),
      [0, 0, 0, 1],
    );
    assert.deepEqual(counted("terminate", "InService", "Terminating", "Terminating:Retained"), [0, 0, 1]);
  });

  it("leaves out instances that were there before", () => {
    assert.deepEqual(counted("launch", "InService", "InService"), [0, 0]);
  });
});

function instanceIn(state: string): SimulationEvent {
  return { kind: "instance", at: 0, group: "web", instance: "i-1", state, why: "test" };
}
