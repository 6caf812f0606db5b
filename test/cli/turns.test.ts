import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../components";
import { drawPicture } from "../../cli/picture";
import { rehearse, type Rehearsal } from "../../cli/rehearsal/rehearsal";
import { timelineLine } from "../../cli/rehearsal/report";
import { summarize, worstCase } from "../../cli/rehearsal/summary";
import type { FaultName } from "../../simulator";
import { readWorld } from "../../stack";
import { groupArgs, registered } from "../support/deployment";

/** Rehearses the scale-in of four instances. */
async function rehearsed(
  changes: Partial<GracefulAutoScalingGroupArgs>,
  faults: readonly FaultName[] = [],
): Promise<Rehearsal> {
  const args = groupArgs({ targetGroup: undefined, vpcId: undefined, maxSize: 4, ...changes });
  const world = readWorld(await registered(() => new GracefulAutoScalingGroup("web", args)));
  return rehearse(world, {
    transition: "terminate",
    instances: 4,
    scriptSeconds: 60,
    faults,
    seed: "1",
    group: undefined,
  });
}

function linesOf({ began, events }: Rehearsal): string[] {
  const told = new Set<string>();
  return events.flatMap((one) => timelineLine(one, began, told) ?? []);
}

describe("the rehearsal of a group whose instances take turns", function () {
  this.timeout(60_000);

  it("says once of each instance that it waits, and how long they wait", async () => {
    const rehearsal = await rehearsed({ drain: { maxConcurrent: 1 } });
    const { ends, phases } = summarize(rehearsal);

    assert.deepEqual(ends, { "stopped cleanly": 4 });
    const waiting = linesOf(rehearsal).filter((line) => line.includes("waits for its turn"));
    assert.equal(waiting.length, 3, waiting.join("\n"));
    const { max = 0, min = 0 } = phases["from the hook to the turn"] ?? {};
    assert.ok(min > 40 && min < 80 && max > 150 && max < 250, `${min} to ${max}`);
    assert.equal(worstCase(rehearsal), 4 * 450);
  });

  it("draws the wait for the turn, without a budget that would be the first instance's only", async () => {
    const picture = drawPicture(await rehearsed({ drain: { maxConcurrent: 1 } }));

    assert.match(picture, /class="turn"/);
    assert.match(picture, /waits for its turn/);
    assert.doesNotMatch(picture, />budget</);
    const usual = drawPicture(await rehearsed({}));
    assert.doesNotMatch(usual, /class="turn"/);
    assert.match(usual, />budget</);
  });

  it("shows a wait that took too long", async () => {
    const rehearsal = await rehearsed({
      terminate: { script: "stop", timeout: 60 },
      drain: { maxConcurrent: 1, maxWait: 390 },
    });
    const slow = await rehearsed(
      { terminate: { script: "stop", timeout: 60 }, drain: { maxConcurrent: 1, maxWait: 390 } },
      ["agent-away"],
    );

    const late = /has waited for its turn for as long as it may/;
    assert.doesNotMatch(linesOf(rehearsal).join("\n"), late);
    assert.match(linesOf(slow).join("\n"), late);
  });
});
