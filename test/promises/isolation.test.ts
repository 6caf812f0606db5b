import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, LifecycleHandler } from "../../components";
import { decodeInstructions } from "../../contract";
import { isHook, withDeliveries } from "../../simulator";
import { TestBed } from "../support/testBed";
import { cutOff, endsOf, errorsOf, groupAt, hookOf, scaleIn, startsOf, times } from "../support/crowd";
import { groupArgs } from "../support/deployment";
import { manyGroups } from "../support/manyGroups";

describe("trouble in one group leaves other groups alone", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  const withoutDelay = { minSize: 0, maxSize: 1000, targetGroup: { port: 8080, deregistrationDelay: 0 } };

  it("isBusy that hangs for 120 instances holds up no sweep, no heartbeat and no other group, and ends with maxWait", async () => {
    bed = await TestBed.open({
      program: () => {
        const handler = new LifecycleHandler("handler", {
          isBusy: ({ groupName }) =>
            groupName.endsWith("-1") ? new Promise<boolean>(() => undefined) : Promise.resolve(false),
        });
        const terminate = {
          script: "true",
          timeout: 60,
          sessions: { ports: [22], maxWait: 900 },
          heartbeatTimeout: 300,
        };
        new GracefulAutoScalingGroup("web", groupArgs({ handler, ...withoutDelay, terminate }));
      },
      world: (world) => manyGroups(world, 2),
      behaviour: (usual) => withDeliveries(usual, isHook, () => []),
    });
    const hanging = groupAt(bed, 0);
    const other = groupAt(bed, 1);
    scaleIn(bed, hanging, 120);
    await bed.pass(180);
    scaleIn(bed, other, 5);
    await bed.pass(150);
    assert.deepEqual(endsOf(bed, other), times(5, "call CONTINUE"));
    assert.equal(startsOf(bed, hanging), 0);

    await bed.pass(900);
    assert.deepEqual(endsOf(bed, hanging), times(120, "call CONTINUE"));
    assert.equal(startsOf(bed, hanging), 120);
    assert.equal(cutOff(bed), 0);
  });

  it("an answer on which the handler itself fails is logged as an error, and its group goes on once the answers are right", async () => {
    bed = await TestBed.open({
      args: { ...withoutDelay, terminate: { script: "stop", timeout: 120 } },
      world: (world) => manyGroups(world, 3),
      behaviour: (usual) => withDeliveries(usual, isHook, () => []),
    });
    const own = groupAt(bed, 0);
    const others = [groupAt(bed, 1), groupAt(bed, 2)];
    const document = decodeInstructions(hookOf(own).notificationMetadata)?.document;
    assert.ok(document);
    bed.simulator.onAnswer = (call, output) => {
      if (call.action === "ListCommandInvocations" && JSON.stringify(call.input).includes(`"${document}"`))
        Object.assign(output, { CommandInvocations: "none" });
    };
    for (const one of [own, ...others]) scaleIn(bed, one, 2);
    await bed.pass(150);
    for (const one of others) {
      assert.deepEqual(endsOf(bed, one), times(2, "call CONTINUE"));
      assert.deepEqual(errorsOf(bed, one), []);
    }
    assert.deepEqual(endsOf(bed, own), []);
    assert.ok(errorsOf(bed, own).length >= 2);
    assert.deepEqual(
      [...new Set(errorsOf(bed, own))],
      ["the handler itself failed; the next sweep tries again"],
    );
    assert.equal(cutOff(bed), 0);

    bed.simulator.onAnswer = undefined;
    await bed.pass(100);
    assert.deepEqual(endsOf(bed, own), times(2, "call CONTINUE"));
    assert.equal(startsOf(bed, own), 2);
  });
});
