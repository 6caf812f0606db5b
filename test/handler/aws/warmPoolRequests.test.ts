import assert from "node:assert/strict";
import { world } from "./fakeClient";

describe("the Auto Scaling client, of warm pools", () => {
  it("reads a warm pool, fifty instances with a call", async () => {
    const pooled = { InstanceId: "i-1", LifecycleState: "Warmed:Stopped", HealthStatus: "Healthy" };
    const { autoScaling, requests } = world({ Instances: [pooled], NextToken: "1" }, {});

    assert.deepEqual(await autoScaling.pool("web"), [
      { id: "i-1", lifecycleState: "Warmed:Stopped", isHealthy: true, isProtected: false },
    ]);
    assert.deepEqual(
      requests,
      [undefined, "1"].map((NextToken) => ({
        kind: "read",
        name: "DescribeWarmPoolCommand",
        input: { AutoScalingGroupName: "web", MaxRecords: 50, NextToken },
      })),
    );
  });

  it("knows a group with a warm pool, whose instances the list of groups leaves out", async () => {
    const [found] = await world({ AutoScalingGroups: [{ WarmPoolConfiguration: {} }] }).autoScaling.groups(
      "h",
    );
    assert.equal(found?.hasUnreadPool, true);
  });

  it("tells of the latest launch of an instance whether it goes on, and whether it comes from the warm pool", async () => {
    const [into, back, out, never] = [1, 2, 3, 4].map((n) => `i-000000000000000${n}`);
    assert.ok(into && back && out && never);
    const ended = new Date(9_000);
    const { autoScaling, requests } = world(
      {
        Activities: [
          { Description: `Returning EC2 instance to warm pool: ${back}` },
          { Description: `Launching a new EC2 instance from warm pool: ${out}` },
          { Description: `Launching a new EC2 instance from warm pool: ${back}`, EndTime: ended },
          { Description: `Launching a new EC2 instance into warm pool: ${out}`, EndTime: ended },
        ],
        NextToken: "1",
      },
      { Activities: [{ Description: `Launching a new EC2 instance into warm pool: ${into}` }] },
      { Activities: [] },
    );

    assert.deepEqual(
      [...(await autoScaling.launches("web", [into, back, out]))],
      [
        [back, { isRunning: false, isFromPool: false }],
        [out, { isRunning: true, isFromPool: true }],
        [into, { isRunning: true, isFromPool: false }],
      ],
    );
    assert.equal(requests.length, 2);
    assert.equal((await world({}).autoScaling.launches("web", [never])).size, 0);
  });

  it("knows that a launch is over that Auto Scaling does not show any more, as the instance leaves", async () => {
    const [old, gone] = ["i-0000000000000001", "i-0000000000000002"] as const;
    const { autoScaling } = world({
      Activities: [
        { Description: `Returning EC2 instance to warm pool: ${old}` },
        { Description: `Terminating EC2 instance: ${gone}`, EndTime: new Date(1) },
      ],
    });
    assert.deepEqual(
      [...(await autoScaling.launches("web", [old, gone]))],
      [[old, { isRunning: false, isFromPool: false }]],
    );
  });

  it("reads launches until all are found", async () => {
    const one = "i-0000000000000001";
    const { autoScaling, requests } = world(
      {
        Activities: [{ Description: `Launching a new EC2 instance: ${one}`, EndTime: new Date(1) }],
        NextToken: "more",
      },
      { Activities: [] },
    );

    assert.deepEqual(
      [...(await autoScaling.launches("web", [one]))],
      [[one, { isRunning: false, isFromPool: false }]],
    );

    assert.equal(requests.length, 1);
  });

  it("takes the latest activity of an instance that runs, whatever the order", async () => {
    const one = "i-0000000000000001";
    const activities = [
      { Description: `Terminating EC2 instance from warm pool: ${one}`, StartTime: new Date(2_000) },
      { Description: `Returning EC2 instance to warm pool: ${one}`, StartTime: new Date(1_000) },
    ];
    for (const Activities of [activities, activities.toReversed()]) {
      const found = await world({ Activities }).autoScaling.activities("web", "terminate", [one], true);
      assert.equal(found.get(one)?.startedAt, 2_000);
    }
    const [latest] = activities;
    const twins = [latest, { ...latest, Cause: "listed later" }];
    const found = await world({ Activities: twins }).autoScaling.activities("web", "terminate", [one], true);
    assert.equal(found.get(one)?.cause, "");
  });

  it("counts a return to the warm pool that was abandoned as a retention", async () => {
    const one = "i-0000000000000001";
    const { autoScaling } = world({
      Activities: [
        { Description: `Terminating EC2 instance from warm pool: ${one}` },
        {
          Description: `Returning EC2 instance to warm pool: ${one}`,
          EndTime: new Date(1),
          StatusCode: "Cancelled",
        },
        { Description: `Launching a new EC2 instance into warm pool: ${one}`, EndTime: new Date(0) },
      ],
    });
    const found = await autoScaling.activities("web", "terminate", [one], true);
    assert.equal(found.get(one)?.retainedBefore, true);
    const launched = world({
      Activities: [
        { Description: `Terminating EC2 instance: ${one}` },
        {
          Description: `Launching a new EC2 instance into warm pool: ${one}`,
          EndTime: new Date(0),
          StatusCode: "Cancelled",
        },
      ],
    });
    const other = await launched.autoScaling.activities("web", "terminate", [one], true);
    assert.equal(other.get(one)?.retainedBefore, false);
  });
});
