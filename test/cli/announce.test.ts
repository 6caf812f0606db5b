import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../components";
import { documentsAsJson, documentsAsText } from "../../cli/rehearsal/document";
import { waysOf } from "../../cli/rehearsal/phases";
import { rehearse, type Rehearsal } from "../../cli/rehearsal/rehearsal";
import { timelineLine } from "../../cli/rehearsal/report";
import { summarize } from "../../cli/rehearsal/summary";
import type { FaultName } from "../../simulator";
import { readWorld } from "../../stack";
import { groupArgs, registered } from "../support/deployment";

const terminate = { script: "stop", timeout: 60, announce: { script: "stop-pulling", timeout: 30 } };

/** Rehearses the scale-in of three instances. */
async function rehearsed(
  changes: Partial<GracefulAutoScalingGroupArgs> = {},
  faults: readonly FaultName[] = [],
): Promise<Rehearsal> {
  const args = groupArgs({ terminate, maxSize: 3, ...changes });
  const world = readWorld(await registered(() => new GracefulAutoScalingGroup("web", args)));
  return rehearse(world, {
    transition: "terminate",
    instances: 3,
    scriptSeconds: 30,
    faults,
    seed: "1",
    group: undefined,
  });
}

function linesOf({ began, events }: Rehearsal): string {
  const told = new Set<string>();
  return events.flatMap((one) => timelineLine(one, began, told) ?? []).join("\n");
}

describe("the rehearsal of a group whose instances learn that they were chosen", function () {
  this.timeout(60_000);

  it("tells when the announce script starts and ends, in words of its own, and counts the stop scripts alone", async () => {
    const rehearsal = await rehearsed();
    const lines = linesOf(rehearsal);

    for (const line of [
      "the announce document is sent",
      "the announce script starts",
      "the announce script ends with exit code 0",
      "the stop script starts",
    ])
      assert.equal(lines.split(line).length, 4, line);
    assert.deepEqual(summarize(rehearsal).ends, { "stopped cleanly": 3 });
  });

  it("shows an announce script that fails, and instances that stop cleanly all the same", async () => {
    const rehearsal = await rehearsed({ terminate: { ...terminate, onFailure: "abandon" } }, [
      "script-hangs",
    ]);

    assert.match(linesOf(rehearsal), /the announce script ends with exit code 137/);
  });

  it("does not take an announcement for the turn of an instance that waits for it", async () => {
    const rehearsal = await rehearsed({
      targetGroup: undefined,
      vpcId: undefined,
      drain: { maxConcurrent: 1 },
    });
    for (const { scriptStarted = 0, turn } of waysOf(rehearsal))
      if (turn !== undefined) assert.ok(scriptStarted - turn < 5_000, `${scriptStarted} ${turn}`);
    assert.match(linesOf(rehearsal), /the announce script starts/);
  });

  it("has the announce script among the documents that it shows", async () => {
    const rehearsal = await rehearsed();

    assert.match(
      documentsAsText(rehearsal),
      /^# terminate: .*\nstop\n\n# announce: document \S+, which runs the announce script of an Auto Scaling group\nstop-pulling\n$/,
    );
    assert.deepEqual(Object.keys(JSON.parse(documentsAsJson(rehearsal)) as object), [
      "terminate",
      "announce",
    ]);
  });
});
