import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, LifecycleHandler } from "../../components";
import { decodeInstructions } from "../../contract";
import { isHook, withDeliveries } from "../../simulator";
import { Stand } from "../support/box";
import { cutOff, endsOf, errorsOf, groupAt, hookOf, scaleIn, startsOf, times } from "../support/crowd";
import { groupArgs } from "../support/deployment";
import { manyGroups } from "../support/manyGroups";

describe("trouble in one group leaves the others alone", function () {
  this.timeout(60_000);

  let stand: Stand;
  afterEach(() => stand.close());

  const withoutDelay = { minSize: 0, maxSize: 1000, targetGroup: { port: 8080, deregistrationDelay: 0 } };

  it("isBusy that hangs for a hundred and twenty holds up no sweep, no heartbeat and no other group, and ends with maxWait", async () => {
    stand = await Stand.open({
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
      conduct: (usual) => withDeliveries(usual, isHook, () => []),
    });
    const hanging = groupAt(stand, 0);
    const other = groupAt(stand, 1);
    scaleIn(stand, hanging, 120);
    await stand.pass(180);
    scaleIn(stand, other, 5);
    await stand.pass(150);
    assert.deepEqual(endsOf(stand, other), times(5, "call CONTINUE"));
    assert.equal(startsOf(stand, hanging), 0);

    await stand.pass(900);
    assert.deepEqual(endsOf(stand, hanging), times(120, "call CONTINUE"));
    assert.equal(startsOf(stand, hanging), 120);
    assert.equal(cutOff(stand), 0);
  });

  it("an answer on which the handler itself fails is logged as an error, and its group goes on once that is over", async () => {
    stand = await Stand.open({
      args: { ...withoutDelay, terminate: { script: "stop", timeout: 120 } },
      world: (world) => manyGroups(world, 3),
      conduct: (usual) => withDeliveries(usual, isHook, () => []),
    });
    const own = groupAt(stand, 0);
    const others = [groupAt(stand, 1), groupAt(stand, 2)];
    const document = decodeInstructions(hookOf(own).notificationMetadata)?.document;
    assert.ok(document);
    stand.box.onAnswer = (call, output) => {
      if (call.action === "ListCommandInvocations" && JSON.stringify(call.input).includes(`"${document}"`))
        Object.assign(output, { CommandInvocations: "none" });
    };
    for (const one of [own, ...others]) scaleIn(stand, one, 2);
    await stand.pass(150);
    for (const one of others) {
      assert.deepEqual(endsOf(stand, one), times(2, "call CONTINUE"));
      assert.deepEqual(errorsOf(stand, one), []);
    }
    assert.deepEqual(endsOf(stand, own), []);
    assert.ok(errorsOf(stand, own).length >= 2);
    assert.deepEqual(
      [...new Set(errorsOf(stand, own))],
      ["the handler itself failed; the next sweep tries again"],
    );
    assert.equal(cutOff(stand), 0);

    stand.box.onAnswer = undefined;
    await stand.pass(100);
    assert.deepEqual(endsOf(stand, own), times(2, "call CONTINUE"));
    assert.equal(startsOf(stand, own), 2);
  });
});
