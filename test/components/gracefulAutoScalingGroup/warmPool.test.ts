import assert from "node:assert/strict";
import { decodeInstructions } from "../../../contract";
import { ofType, type Registration } from "../../../evaluate/registration";
import { timeline, type Plan } from "../../../timing";
import { only } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

function inWarmPool(all: readonly Registration[], transition: string): string | undefined {
  const { inputs } = only(all, types.hook, `web-${transition}`);
  return decodeInstructions(String(inputs["notificationMetadata"]))?.inWarmPool;
}

function parametersOf(all: readonly Registration[], transition: string): readonly string[] {
  const { parameters } = JSON.parse(
    String(only(all, types.document, `web-${transition}`).inputs["content"]),
  ) as {
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  return Object.keys(parameters);
}

describe("the warm pool of a GracefulAutoScalingGroup", () => {
  it("changes nothing of a group without a pool", async () => {
    const all = await make({ launch });

    assert.equal(groupOf(all).inputs["warmPool"], undefined);
    for (const transition of ["launch", "terminate"]) {
      assert.equal(inWarmPool(all, transition), undefined);
      assert.ok(!parametersOf(all, transition).includes("origin"));
      assert.doesNotMatch(
        String(only(all, types.document, `web-${transition}`).inputs["content"]),
        /GRACEFUL_ORIGIN/,
      );
    }
    assert.equal(only(all, types.launchTemplate).inputs["hibernationOptions"], undefined);
  });

  it("is a property of the group, with every default given, as PutWarmPool keeps what it is not given", async () => {
    const usual = groupOf(await make({ warmPool: {} }));
    assert.deepEqual(usual.inputs["warmPool"], {
      minSize: 0,
      maxGroupPreparedCapacity: -1,
      poolState: "Stopped",
      instanceReusePolicy: { reuseOnScaleIn: false },
    });

    const given = { minSize: 2, maxGroupPreparedCapacity: 8, poolState: "Running" } as const;
    const all = groupOf(await make({ warmPool: { ...given, reuseOnScaleIn: true } }));
    assert.deepEqual(all.inputs["warmPool"], { ...given, instanceReusePolicy: { reuseOnScaleIn: true } });
  });

  it("runs the launch script on the way into the pool too, and the stop script where the application may run", async () => {
    for (const [warmPool, onLaunch, onTerminate] of [
      [{}, "run", "skip"],
      [{ launchScript: "whenServing" }, "skip", "skip"],
      [{ poolState: "Running" }, "run", "run"],
      [{ poolState: "Running", launchScript: "whenServing" }, "skip", "skip"],
      [{ poolState: "Hibernated" }, "run", "skip"],
    ] as const) {
      const all = await make({ launch, warmPool });
      assert.deepEqual([inWarmPool(all, "launch"), inWarmPool(all, "terminate")], [onLaunch, onTerminate]);
    }
  });

  it("tells scripts where the instance comes from and goes to", async () => {
    const all = await make({ launch, warmPool: {} });
    for (const transition of ["launch", "terminate"]) {
      assert.ok(parametersOf(all, transition).includes("origin"));
      assert.ok(parametersOf(all, transition).includes("destination"));
    }
  });

  it("gives the provider twice the time to delete the group, as it empties the pool before the group", async () => {
    assert.equal(groupOf(await make({ launch })).customTimeouts.delete, "2580s");
    assert.equal(groupOf(await make({ launch, warmPool: {} })).customTimeouts.delete, "5160s");
    assert.equal(groupOf(await make({ warmPool: {} })).inputs["forceDeleteWarmPool"], undefined);
  });

  it("makes instances that can hibernate where the pool hibernates", async () => {
    const all = await make({ warmPool: { poolState: "Hibernated" } });
    const { blockDeviceMappings, hibernationOptions } = only(all, types.launchTemplate).inputs;
    assert.deepEqual(hibernationOptions, { configured: true });
    assert.match(JSON.stringify(blockDeviceMappings), /"encrypted":"true"/);
  });

  it("has alarms for instances that are retained on their way into the pool, and in it", async () => {
    const terminate = { script: "stop", timeout: 120, onFailure: "retain" } as const;
    const all = await make({ terminate, warmPool: { reuseOnScaleIn: true } });
    const metrics = ofType(all, types.alarm).map(({ inputs }) => String(inputs["metricName"]));
    for (const metric of ["WarmPoolPendingRetainedCapacity", "WarmPoolTerminatingRetainedCapacity"]) {
      assert.ok(metrics.includes(metric), metric);
      assert.ok(JSON.stringify(groupOf(all).inputs["enabledMetrics"]).includes(metric), metric);
    }
    const without = ofType(await make({ terminate }), types.alarm);
    assert.ok(!without.some(({ inputs }) => String(inputs["metricName"]).startsWith("WarmPool")));
  });

  it("shows in the timeline that an instance returns to the pool", () => {
    const endOf = (warmPool: Plan["warmPool"]) =>
      timeline({ terminate: { timeout: 120 }, ...(warmPool ? { warmPool } : {}) }).at(-1)?.what;
    assert.match(endOf({ reuseOnScaleIn: true }) ?? "", /the instance returns to the warm pool$/);
    for (const other of [undefined, { reuseOnScaleIn: false }])
      assert.match(endOf(other) ?? "", /EC2 terminates the instance$/);
  });

  it("refuses sizes that PutWarmPool refuses, and Spot instances", async () => {
    for (const [changes, line] of [
      [{ warmPool: { minSize: -1 } }, /warmPool\.minSize is -1; it must be a whole number/],
      [{ warmPool: { maxGroupPreparedCapacity: -2 } }, /warmPool\.maxGroupPreparedCapacity is -2/],
      [
        {
          warmPool: {},
          mixedInstances: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 50 } },
        },
        /onDemandPercentageAboveBaseCapacity is 50; it must be 100 with a warm pool/,
      ],
    ] as const)
      await assert.rejects(make(changes), line);
    const onDemand = { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 100 } };
    assert.ok(groupOf(await make({ warmPool: {}, mixedInstances: onDemand })).inputs["mixedInstancesPolicy"]);
  });
});
