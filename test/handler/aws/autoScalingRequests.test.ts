import assert from "node:assert/strict";
import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { createAutoScaling } from "../../../handler/aws/autoScaling";
import type { MakeCall } from "../../../handler/aws/calls";
import { at, error, world } from "./fakeClient";

describe("the Auto Scaling client", () => {
  it("reads all that a sweep needs about the groups with the handler's tag", async () => {
    const tags = [
      { Key: "graceful-asg:hooks", Value: "launch=1 terminate=2" },
      { Key: "graceful-asg:hooks:abc", Value: "terminate=3" },
      { Key: "graceful-asg:hooksOfOthers", Value: "terminate=4" },
      { Key: "graceful-asg:hooks:empty", Value: "" },
      { Key: "graceful-asg:hooks:none" },
      { Key: "Name", Value: "web" },
      {},
    ];
    const instance = { InstanceId: "i-1", LifecycleState: "InService", HealthStatus: "Healthy" };
    const { autoScaling, requests } = world(
      {
        AutoScalingGroups: [{ AutoScalingGroupName: "g0", Tags: tags, Instances: [instance] }],
        NextToken: "1",
      },
      {
        AutoScalingGroups: [{ AutoScalingGroupName: "g1" }, { Instances: [{ HealthStatus: "UNHEALTHY" }] }],
        NextToken: "2",
      },
      {},
    );

    const found = await autoScaling.groups("h");
    assert.deepEqual(
      found.map(({ capacity }) => capacity?.inService),
      [1, 0, 0],
    );
    assert.deepEqual(
      found.map(({ capacity: _, ...rest }) => rest),
      [
        {
          name: "g0",
          instances: [{ id: "i-1", lifecycleState: "InService", isHealthy: true, isProtected: false }],
          hasUnreadPool: false,
          repeats: false,
          busy: undefined,
          revisions: ["launch=1", "terminate=2", "terminate=3"],
        },
        { name: "g1", instances: [], hasUnreadPool: false, repeats: false, busy: undefined, revisions: [] },
        {
          name: "",
          instances: [{ id: "", lifecycleState: "", isHealthy: false, isProtected: false }],
          hasUnreadPool: false,
          repeats: false,
          busy: undefined,
          revisions: [],
        },
      ],
    );
    const Filters = [{ Name: "tag-value", Values: ["h"] }];
    assert.deepEqual(
      requests,
      [undefined, "1", "2"].map((NextToken) => ({
        kind: "read",
        name: "DescribeAutoScalingGroupsCommand",
        input: { Filters, MaxRecords: 100, NextToken },
      })),
    );
  });

  it("says what the group can spare, in the unit of its desired capacity", async () => {
    const [found] = await world({
      AutoScalingGroups: [
        {
          DesiredCapacity: 8,
          CapacityRebalance: true,
          SuspendedProcesses: [{ ProcessName: "Launch" }],
          Instances: [
            { InstanceId: "i-1", LifecycleState: "InService", WeightedCapacity: "4" },
            { InstanceId: "i-2", LifecycleState: "InService" },
            { InstanceId: "i-3", LifecycleState: "Terminating:Wait", WeightedCapacity: "4" },
          ],
        },
      ],
    }).autoScaling.groups("h");

    assert.deepEqual(found?.capacity, {
      desired: 8,
      inService: 5,
      suspended: ["Launch"],
      rebalances: true,
    });
  });

  it("takes a group of which AWS leaves everything out for one that cannot spare an instance", async () => {
    const [bare, nameless] = await world({
      AutoScalingGroups: [{}, { SuspendedProcesses: [{}] }],
    }).autoScaling.groups("h");
    const nothing = { desired: 0, inService: 0, suspended: [], rebalances: false };

    assert.deepEqual(bare?.capacity, nothing);
    assert.deepEqual(nameless?.capacity, { ...nothing, suspended: [""] });
  });

  it("asks once for the replacement of an instance, and takes one that is on its way for done", async () => {
    const replace = (...answers: readonly (object | Error)[]) => {
      const { autoScaling, requests } = world(...answers);
      return autoScaling.replace("i-1").then(
        (isNew) => ({ isNew, requests }),
        (thrown: unknown) => ({ thrown: String(thrown), requests }),
      );
    };
    const requests = [
      {
        kind: "replace",
        name: "TerminateInstanceInAutoScalingGroupCommand",
        input: { InstanceId: "i-1", ShouldDecrementDesiredCapacity: false },
      },
    ];
    assert.deepEqual(await replace({}), { isNew: true, requests });
    for (const name of ["ScalingActivityInProgressFault", "ScalingActivityInProgress", "ValidationError"])
      assert.deepEqual(await replace(error(name)), { isNew: false, requests });
    assert.match(JSON.stringify(await replace(error("Throttling"), {})), /"thrown":"Throttling/);
  });

  it("says whether the instances of a group may pass a hook twice", async () => {
    const overrides = (...images: (string | undefined)[]) => ({
      MixedInstancesPolicy: { LaunchTemplate: { Overrides: images.map((ImageId) => ({ ImageId })) } },
    });
    for (const [group, repeats] of [
      [{}, false],
      [{ WarmPoolConfiguration: {} }, true],
      [{ InstanceLifecyclePolicy: {} }, false],
      [{ InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: "terminate" } } }, false],
      [{ InstanceLifecyclePolicy: { RetentionTriggers: { TerminateHookAbandon: "retain" } } }, true],
      [{ MixedInstancesPolicy: {} }, false],
      [overrides(), false],
      [overrides(undefined), false],
      [overrides(undefined, "ami-1"), true],
    ] as const) {
      const [found] = await world({ AutoScalingGroups: [group] }).autoScaling.groups("h");
      assert.equal(found?.repeats, repeats, JSON.stringify(group));
    }
  });

  it("describes fifty instances with a call, and leaves out instances that are in no group", async () => {
    const whole = { InstanceId: "i-1", AutoScalingGroupName: "g", LifecycleState: "InService" };
    const { autoScaling, requests } = world(
      { AutoScalingInstances: [{ ...whole, HealthStatus: "UNHEALTHY" }] },
      { AutoScalingInstances: [{}, { ...whole, InstanceId: undefined }, { ...whole, InstanceId: "i-2" }] },
      { AutoScalingInstances: [{ ...whole, InstanceId: "i-3", LifecycleState: undefined }] },
      { AutoScalingInstances: [{ ...whole, InstanceId: "i-4", AutoScalingGroupName: undefined }] },
      {},
    );
    const ids = Array.from({ length: 250 }, (_, index) => `i-${index}`);
    const found = await autoScaling.describe(ids);

    assert.deepEqual(
      [...found],
      [
        ["i-1", { group: "g", lifecycleState: "InService", isHealthy: false }],
        ["i-2", { group: "g", lifecycleState: "InService", isHealthy: true }],
      ],
    );
    assert.deepEqual(
      requests,
      [0, 50, 100, 150, 200].map((from) => ({
        kind: "read",
        name: "DescribeAutoScalingInstancesCommand",
        input: { InstanceIds: ids.slice(from, from + 50) },
      })),
    );
    assert.equal((await autoScaling.describe([])).size, 0);
  });

  it("reads the hooks of a group", async () => {
    const hook = {
      LifecycleHookName: "h",
      LifecycleTransition: "t",
      HeartbeatTimeout: 300,
      NotificationMetadata: "m",
    };
    const { autoScaling, requests } = world({ LifecycleHooks: [hook, {}] }, {});

    assert.deepEqual(await autoScaling.hooks("web"), [
      { name: "h", lifecycleTransition: "t", heartbeatTimeout: 300, metadata: "m" },
      { name: "", lifecycleTransition: "", heartbeatTimeout: 0, metadata: undefined },
    ]);
    const input = { AutoScalingGroupName: "web" };
    assert.deepEqual(requests, [{ kind: "read", name: "DescribeLifecycleHooksCommand", input }]);
    assert.deepEqual(await autoScaling.hooks("web"), []);
  });

  it("reads activities of the transition that are under way and name a wanted instance", async () => {
    const [one, other] = ["i-0000000000000001", "i-0000000000000002"];
    const terminating = (id: string, more: object = {}) => ({
      Description: `Terminating EC2 instance: ${id}`,
      Cause: "scale in",
      StartTime: at(7),
      ...more,
    });
    const answers = [
      {
        Activities: [
          {},
          terminating("i-0000000000000003"),
          terminating(one),
          { ...terminating(other), Description: `Launching a new EC2 instance: ${other}` },
          terminating(other, { EndTime: at(9), StatusCode: "Successful" }),
        ],
        NextToken: "1",
      },
      { NextToken: "2" },
      {
        Activities: [
          terminating(one, { EndTime: at(9), StatusCode: "Cancelled" }),
          { ...terminating(other), StartTime: undefined, Cause: undefined },
          {
            Description: `Replacing the root volume of ${other}`,
            EndTime: at(9),
            StatusCode: "Cancelled",
          },
        ],
      },
    ];
    const { autoScaling, requests } = world(...answers);

    assert.deepEqual(
      [...(await autoScaling.activities("web", "terminate", [one, other], true))],
      [
        [one, { startedAt: 7_000, cause: "scale in", retainedBefore: true }],
        [other, { startedAt: 0, cause: "", retainedBefore: false }],
      ],
    );
    assert.deepEqual(
      requests,
      [undefined, "1", "2"].map((NextToken) => ({
        kind: "read",
        name: "DescribeScalingActivitiesCommand",
        input: { AutoScalingGroupName: "web", MaxRecords: 100, NextToken },
      })),
    );
    const launches = await world(...answers).autoScaling.activities("web", "launch", [one, other], false);
    assert.deepEqual([...launches.keys()], [other]);
    const endless = world({ NextToken: "more" });
    await endless.autoScaling.activities("web", "launch", [one], true);
    assert.equal(endless.requests.length, 50);
  });

  it("completes and extends an action, with the token if the token is known", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: "t" };
    const named = { AutoScalingGroupName: "g", LifecycleHookName: "h", InstanceId: "i-1" };
    const { autoScaling, requests } = world({});

    assert.equal(await autoScaling.complete(action, "ABANDON"), true);
    assert.equal(await autoScaling.heartbeat({ ...action, token: undefined }), true);
    assert.deepEqual(requests, [
      {
        kind: "complete",
        name: "CompleteLifecycleActionCommand",
        input: { ...named, LifecycleActionToken: "t", LifecycleActionResult: "ABANDON" },
      },
      { kind: "heartbeat", name: "RecordLifecycleActionHeartbeatCommand", input: named },
    ]);
  });

  it("returns false where there is no action, and fails with any other error", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: undefined };
    const none = world(error("ValidationError", 400)).autoScaling;
    assert.equal(await none.complete(action, "CONTINUE"), false);
    assert.equal(await none.heartbeat(action), false);
    const denied = world(error("AccessDenied", 403)).autoScaling;
    await assert.rejects(denied.complete(action, "CONTINUE"), { name: "AccessDenied" });
  });

  it("counts an action as completed if it is gone after a try that AWS did not answer", async () => {
    const action = { group: "g", hook: "h", instance: "i-1", token: undefined };
    for (const [first, expected] of [
      [error("TimeoutError"), true],
      [error("InternalFailure", 500), false],
    ] as const) {
      const answers = [first, error("ValidationError", 400)];
      const client = {
        send: () => Promise.reject(answers.shift() ?? new Error("not to be called")),
      } as unknown;
      const twice: MakeCall = (_, send) => send().catch(send);
      const autoScaling = createAutoScaling(client as AutoScalingClient, twice);

      assert.equal(await autoScaling.complete(action, "CONTINUE"), expected);
    }
  });
});
