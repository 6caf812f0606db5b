import assert from "node:assert/strict";
import { GracefulAutoScalingGroup } from "../../components";
import { rehearse } from "../../cli/rehearsal/rehearsal";
import { summarize } from "../../cli/rehearsal/summary";
import { readWorld } from "../../stack";
import { groupArgs, registered } from "../support/deployment";

/** Cost of a scale-in of the group `web` in a stack with groups that each have a handler of their own. */
async function costOf(groups: readonly string[]) {
  const program = () => groups.map((name) => new GracefulAutoScalingGroup(name, groupArgs()));
  const rehearsal = await rehearse(readWorld(await registered(program)), {
    transition: "terminate",
    instances: 3,
    scriptSeconds: 60,
    faults: [],
    seed: "1",
    group: "web",
  });
  const { calls, invocations } = summarize(rehearsal);
  return { calls, invocations };
}

describe("the cost of a rehearsal", () => {
  it("is that of the group alone, whatever else the stack has", async () => {
    const alone = await costOf(["web"]);

    assert.equal(alone.calls["CompleteLifecycleAction"], 3);
    assert.deepEqual(await costOf(["web", "jobs", "queue"]), alone);
  }).timeout(60_000);
});
