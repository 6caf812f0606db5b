import assert from "node:assert/strict";
import {
  GracefulAutoScalingGroup,
  TargetGroupProtocol,
  type GracefulAutoScalingGroupArgs,
} from "../../components";
import { drawPicture } from "../../cli/picture";
import { narrate } from "../../cli/rehearsal/narrate";
import { rehearse } from "../../cli/rehearsal/rehearsal";
import { summarize } from "../../cli/rehearsal/summary";
import { readWorld } from "../../stack";
import { groupArgs, registered } from "../support/deployment";

/** Rehearses the scale-in of three instances of a group, and tells what a person sees of it. */
async function seen(args: Partial<GracefulAutoScalingGroupArgs>) {
  const world = readWorld(await registered(() => new GracefulAutoScalingGroup("web", groupArgs(args))));
  const rehearsal = await rehearse(world, {
    transition: "terminate",
    instances: 3,
    scriptSeconds: undefined,
    faults: [],
    seed: "1",
    group: undefined,
  });
  const { ends, phases } = summarize(rehearsal);
  const lines = rehearsal.events.flatMap((one) => narrate(one)?.text ?? []);
  return { ends, phases, lines, picture: drawPicture(rehearsal) };
}

describe("the rehearsal of a group", function () {
  this.timeout(60_000);

  it("without a load balancer shows a hook that fires at once, and no target group", async () => {
    const { ends, lines, phases, picture } = await seen({ targetGroup: undefined, vpcId: undefined });

    assert.deepEqual(ends, { "stopped cleanly": 3 });
    assert.ok((phases["from the decision to the hook"]?.max ?? Infinity) < 2);
    assert.ok(!lines.some((line) => line.includes("target group")), lines.join("\n"));
    assert.doesNotMatch(picture, /class="drain"/);
  });

  it("behind an Application Load Balancer shows the deregistration", async () => {
    const { ends, lines, phases, picture } = await seen({
      targetGroup: { port: 80, deregistrationDelay: 40 },
    });

    assert.deepEqual(ends, { "stopped cleanly": 3 });
    assert.equal(Math.round(phases["deregistration"]?.max ?? 0), 41);
    assert.ok(lines.includes("Terminating: it was selected; its target group deregisters it"));
    assert.match(picture, /class="drain"/);
    assert.match(picture, /leaves the target group/);
  });

  it("behind a Network Load Balancer shows a deregistration of two minutes, whatever the delay", async () => {
    const { ends, phases } = await seen({
      targetGroup: { port: 80, protocol: TargetGroupProtocol.Tls, deregistrationDelay: 40 },
    });

    assert.deepEqual(ends, { "stopped cleanly": 3 });
    assert.equal(Math.round(phases["deregistration"]?.max ?? 0), 121);
  });
});
