import assert from "node:assert/strict";
import { rehearse } from "../../rehearsal/command/rehearsal";
import { readStack } from "../../rehearsal/command/stack";
import { summarize } from "../../rehearsal/command/summary";
import { readProject } from "../../rehearsal/program/project";
import { root } from "../support/deployment";
import { processorTime } from "../support/processorTime";

describe("a rehearsal of a thousand instances", function () {
  this.timeout(300_000);

  it("takes less than 30 s of a processor, and at most three and a half calls for each instance", async () => {
    const { world } = await readStack(readProject(root, "dev"));
    const before = processorTime();
    const rehearsal = await rehearse(world, {
      transition: "terminate",
      instances: 1000,
      scriptSeconds: undefined,
      faults: [],
      seed: "1",
      group: undefined,
    });
    const took = (processorTime() - before) / 1e3;
    const calls = rehearsal.occurrences.filter(({ kind }) => kind === "call").length;

    assert.deepEqual(summarize(rehearsal).ends, { "stopped cleanly": 1000 });
    assert.ok(took < 30, `took ${took} s of a processor`);
    assert.ok(calls <= 3500, `${calls} calls`);
  });
});
