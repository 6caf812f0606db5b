import assert from "node:assert/strict";
import { changed, withIncidents, withOtherHook } from "../../simulator";
import { bed, completedAfter, count, lines, open, outcomes, results, takes } from "./outcomes";

describe("the handler", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  describe("where the machine is gone", () => {
    for (const kind of ["crash", "stop", "termination"] as const) {
      it(`completes the action within two sweeps of Auto Scaling's notice, and retains nothing: ${kind} in the middle of an hour`, async () => {
        await open({
          args: {
            terminate: { script: "stop", timeout: 3600, heartbeatTimeout: 300, onFailure: "retain" },
          },
          behaviour: (usual) => withIncidents(takes(usual, 3000), { kind, from: 1_000_000 }),
        });
        await bed.scaleIn(1);
        await bed.pass(1900);

        assert.deepEqual(results(), ["call CONTINUE"]);
        assert.deepEqual(outcomes(), ["gone"]);
        assert.ok(
          completedAfter() > 1000 && completedAfter() < 1000 + 60 + 122,
          `after ${completedAfter()} s`,
        );
      });
    }
  });

  it("completes an action once and logs that once where somebody else's hook holds the instance for an hour", async () => {
    await open({
      world: withOtherHook,
      behaviour: (usual) => changed(usual, { otherHook: () => ({ after: 3600_000, result: "CONTINUE" }) }),
    });
    await bed.scaleIn(1);
    await bed.pass(3700);

    assert.deepEqual(outcomes(), ["succeeded"]);
    assert.equal(lines().filter(({ message = "" }) => message.startsWith("complet")).length, 1);
    assert.ok(count("CompleteLifecycleAction") + count("CompleteLifecycleAction: ValidationError") <= 4);
  });

  it("counts a completion whose answer got lost", async () => {
    let tries = 0;
    await open({
      behaviour: (usual) =>
        changed(usual, {
          isUnanswered: ({ action }) => action === "CompleteLifecycleAction" && (tries += 1) === 1,
        }),
    });
    await bed.scaleIn(1);
    await bed.pass(300);

    assert.deepEqual(results(), ["call CONTINUE"]);
    assert.deepEqual(outcomes(), ["succeeded"]);
  });
});
