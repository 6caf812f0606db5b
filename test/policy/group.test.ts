import assert from "node:assert/strict";
import { Transport, decodeInstructions, encodeInstructions } from "../../contract";
import { findings, hookProps, later, launchHookProps, resource, type Given } from "../support/policy";

/** A group named web with hooks that are resources of their own. */
function group(props: Given["props"], hooks: readonly Record<string, unknown>[] = [], more = {}): Given[] {
  return [
    resource("Group", "web", { name: "web-1", minSize: 1, maxSize: 4, ...props }, more),
    ...hooks.map((hook, index) =>
      resource("LifecycleHook", `web-${index}`, { autoscalingGroupName: "web-1", ...hook }),
    ),
  ];
}

const targetGroup = (deregistrationDelay: unknown) =>
  resource("TargetGroup", "web", { arn: "arn:tg", deregistrationDelay });

/** The instructions of graceful-asg for a script of 120 s: a wait of 450 s. */
const notificationMetadata = encodeInstructions({
  handler: "handler",
  transport: Transport.Sns,
  document: "handler-web",
  delivery: 30,
  execution: 120,
  maxWait: 0,
  deregistrationDelay: 30,
  agentTimeout: 180,
  onFailure: "continue",
});

describe("the policy group-has-terminate-hook", () => {
  const found = (given: readonly Given[], config = {}) => findings("group-has-terminate-hook", given, config);

  it("takes a hook that the group is created with, and a hook that is a resource", async () => {
    assert.deepEqual(await found(group({ initialLifecycleHooks: [hookProps()] })), []);
    assert.deepEqual(await found(group({}, [hookProps()])), []);
  });

  it("finds a group without a hook on termination", async () => {
    assert.deepEqual(await found(group({})), [
      'Group "web": the number of hooks on termination is 0; it must be at least 1. Give it initialLifecycleHooks with one for autoscaling:EC2_INSTANCE_TERMINATING, or a LifecycleHook; GracefulAutoScalingGroup and GracefulLifecycle bring theirs.',
    ]);
    assert.match((await found(group({}, [launchHookProps()]))).join(), / is 0 \(1 on launch\); it must/);
  });

  it("does not take the hook of another group, or of a group of the same name in another Region", async () => {
    const other = resource("LifecycleHook", "other", hookProps({ autoscalingGroupName: "web-10" }));
    assert.equal((await found([...group({}), other])).length, 1);
    assert.equal(
      (await found(group({ region: "eu-west-1" }, [hookProps({ region: "us-east-1" })]))).length,
      1,
    );
    assert.deepEqual(await found(group({ region: "us-east-1" }, [hookProps({ region: "us-east-1" })])), []);
  });

  it("leaves out the groups that an importer names", async () => {
    assert.deepEqual(await found(group({}), { except: ["web"] }), []);
    assert.equal((await found(group({}), { except: ["web-1"] })).length, 1);
  });

  it("knows the group of a hook by the resource that the group's name is computed from, before there are names", async () => {
    const [web] = group({ name: later });
    const jobs = resource("Group", "jobs", { name: later });
    assert.ok(web);
    const hook = (...from: Given[]) =>
      resource("LifecycleHook", "drain", hookProps({ autoscalingGroupName: later }), {
        from: { autoscalingGroupName: from },
      });

    assert.match((await found([web, jobs, hook(web)])).join(), /^Group "jobs": [^\n]*$/);
    assert.deepEqual(await found([web, jobs, hook(web, jobs)]), [], "it could be either's");
    assert.deepEqual(await found([web, jobs, hook()]), [], "it could be anybody's");
  });

  it("says nothing while a group may have hooks that are not yet known", async () => {
    assert.deepEqual(await found(group({ initialLifecycleHooks: later })), []);
    assert.deepEqual(await found(group({}, [launchHookProps({ lifecycleTransition: later })])), []);
  });
});

describe("the policy retain-needs-abandon", () => {
  const policyOf = (terminateHookAbandon: unknown) => ({
    instanceLifecyclePolicy: { retentionTriggers: { terminateHookAbandon } },
  });
  const found = (given: readonly Given[]) => findings("retain-needs-abandon", given);

  it("takes ABANDON, given or by default", async () => {
    for (const defaultResult of ["ABANDON", undefined, later]) {
      assert.deepEqual(await found(group(policyOf("retain"), [hookProps({ defaultResult })])), []);
    }
  });

  it("finds CONTINUE", async () => {
    const expected =
      'defaultResult is CONTINUE; it must be ABANDON, as Group "web" retains instances whose hook was abandoned. Give ABANDON, or set terminateHookAbandon in the group\'s instanceLifecyclePolicy to terminate.';
    const initialLifecycleHooks = [hookProps()];

    assert.deepEqual(await found(group(policyOf("retain"), [hookProps()])), [
      `LifecycleHook "web-0": ${expected}`,
    ]);
    assert.deepEqual(await found(group({ ...policyOf("retain"), initialLifecycleHooks })), [
      `initialLifecycleHooks "drain" of Group "web": ${expected}`,
    ]);
  });

  it("believes a resource rather than the hook of the same name that the group was created with", async () => {
    const initialLifecycleHooks = [hookProps({ defaultResult: "CONTINUE" })];
    const hooks = [hookProps({ defaultResult: "ABANDON" })];

    assert.deepEqual(await found(group({ ...policyOf("retain"), initialLifecycleHooks }, hooks)), []);
  });

  it("does not count a hook that could be another group's, before there are names", async () => {
    const groups = group({ name: later, ...policyOf("retain") });
    const jobs = resource("Group", "jobs", { name: later });
    const hook = resource("LifecycleHook", "drain", hookProps({ autoscalingGroupName: later }), {
      from: { autoscalingGroupName: [...groups, jobs] },
    });

    assert.deepEqual(await found([...groups, jobs, hook]), []);
  });

  it("leaves alone groups that do not retain, and hooks on launch", async () => {
    for (const triggers of ["terminate", undefined, later]) {
      assert.deepEqual(await found(group(policyOf(triggers), [hookProps()])), []);
    }
    assert.deepEqual(
      await found(group(policyOf("retain"), [launchHookProps({ defaultResult: "CONTINUE" })])),
      [],
    );
  });
});

describe("the policy group-delete-timeout-covers-drain", () => {
  const found = (given: readonly Given[], config = {}) =>
    findings("group-delete-timeout-covers-drain", given, config);
  const web = (deleteSeconds: number, props = {}, hook = {}) => [
    ...group(
      { targetGroupArns: ["arn:tg"], initialLifecycleHooks: [hookProps()], ...props },
      [hookProps(hook)],
      { deleteSeconds },
    ),
    targetGroup(60),
  ];

  it("takes a timeout that covers deregistration, hook and the end of the instance, to the second", async () => {
    assert.deepEqual(await found(web(60 + 300 + 60)), []);
    assert.deepEqual(await found(web(60 + 300 + 59)), [
      'Group "web": customTimeouts.delete is 419 s; it must be at least 420 s: 60 s deregistrationDelay of TargetGroup "web" + 300 s at LifecycleHook "web-0" + 60 s to end the instance. Give the resource option customTimeouts: { delete: "7m" }, or shorten the drain.',
    ]);
  });

  it("counts a timeout that is not given as the provider does", async () => {
    assert.deepEqual(await found(web(0, {}, { heartbeatTimeout: 480 })), []);
    assert.match(
      (await found(web(0, {}, { heartbeatTimeout: 481 }))).join(),
      /customTimeouts\.delete is not given, which makes it 600 s; it must be at least 601 s:/,
    );
  });

  it("takes the allowance that an importer chooses", async () => {
    assert.deepEqual(await found(web(60 + 300), { allowance: 0 }), []);
    assert.equal((await found(web(60 + 300 + 60), { allowance: 61 })).length, 1);
  });

  it("counts a hook of graceful-asg by its instructions, whatever heartbeat timeout it has", async () => {
    const hook = { heartbeatTimeout: 7200, notificationMetadata };

    assert.deepEqual(await found(web(60 + 450 + 60, {}, hook)), []);
    assert.equal((await found(web(60 + 450 + 59, {}, hook))).length, 1);
  });

  it("counts a wait for a turn from the choice of the instance, as the deregistration is a part of it", async () => {
    const drain = { maxConcurrent: 1, maxWait: 1000 };
    const instructions = decodeInstructions(notificationMetadata);
    assert.ok(instructions);
    const metadata = encodeInstructions({ ...instructions, deregistrationDelay: 60, drain });
    const hook = { heartbeatTimeout: 7200, notificationMetadata: metadata };

    assert.deepEqual(await found(web(1000 + 450 + 60, {}, hook)), []);
    assert.equal((await found(web(1000 + 450 + 59, {}, hook))).length, 1);
  });

  it("takes the longest of several hooks and target groups", async () => {
    const long = (name: string, seconds: number) =>
      resource("TargetGroup", name, { arn: `arn:${name}`, deregistrationDelay: seconds });
    const hooks = [hookProps(), hookProps({ name: "other", heartbeatTimeout: 400 })];
    const given = [
      ...group(
        {
          targetGroupArns: ["arn:short"],
          trafficSources: [{ identifier: "arn:long" }],
          initialLifecycleHooks: hooks,
        },
        hooks,
        { deleteSeconds: 1 },
      ),
      long("short", 10),
      long("long", 100),
    ];

    assert.match((await found(given)).join(), /at least 560 s: 100 s [^+]* "long" \+ 400 s [^+]* "web-1"/);
  });

  it("does not count hooks and attachments that are resources alone, which Pulumi deletes before the group", async () => {
    const attached = [
      resource("Attachment", "web", { autoscalingGroupName: "web-1", lbTargetGroupArn: "arn:tg" }),
      targetGroup(3599),
    ];
    const alone = group({}, [hookProps({ heartbeatTimeout: 7200 })]);

    assert.deepEqual(await found([...alone, ...attached]), []);
    assert.equal((await found([...alone, targetGroup(3599)])).length, 0);
    assert.equal((await found(web(0, {}, { heartbeatTimeout: 7200 }))).length, 1, "one that stays");
  });

  it("leaves alone groups that are deleted by force, as they are not scaled in", async () => {
    assert.deepEqual(await found(web(1, { forceDelete: true })), []);
  });

  it("counts only values that are known", async () => {
    assert.deepEqual(await found([...group({}, [hookProps({ heartbeatTimeout: later })])]), []);
    assert.deepEqual(await found(web(419, {}, { notificationMetadata: later })), []);
    assert.deepEqual(
      await found([
        ...group({ targetGroupArns: ["arn:tg"] }, [hookProps({ heartbeatTimeout: 540 })]),
        targetGroup(later),
      ]),
      [],
    );
  });
});

describe("the policy capacity-wait-covers-launch-hook", () => {
  const found = (props: Record<string, unknown>, hook = {}, config = {}) =>
    findings("capacity-wait-covers-launch-hook", group(props, [launchHookProps(hook)]), config);

  it("takes a timeout that covers the hook and the start of the instance, to the second", async () => {
    for (const waitForCapacityTimeout of ["360s", "6m", "0h6m0s", "1h"]) {
      assert.deepEqual(await found({ waitForCapacityTimeout }), [], waitForCapacityTimeout);
    }
    assert.deepEqual(await found({ waitForCapacityTimeout: "5m59s" }), [
      'Group "web": waitForCapacityTimeout is 359 s; it must be at least 360 s: 300 s at LifecycleHook "web-0" + 60 s to start the instance. Give "6m" or more, "0" to not wait at all, or shorten the hook.',
    ]);
  });

  it("counts a timeout that is not given as the provider does", async () => {
    assert.deepEqual(await found({}, { heartbeatTimeout: 540 }), []);
    assert.match((await found({}, { heartbeatTimeout: 541 })).join(), /not given, which makes it 600 s/);
  });

  it("uses minSize while the desired capacity is not known", async () => {
    assert.equal((await found({ desiredCapacity: later }, { heartbeatTimeout: 900 })).length, 1);
  });

  it("takes the allowance that an importer chooses", async () => {
    assert.deepEqual(await found({ waitForCapacityTimeout: "5m" }, {}, { allowance: 0 }), []);
  });

  it("leaves alone groups that are not waited for, and groups without a hook on launch", async () => {
    assert.deepEqual(await found({ waitForCapacityTimeout: "0" }), []);
    assert.deepEqual(await found({ minSize: 0 }, { heartbeatTimeout: 900 }), []);
    assert.deepEqual(await found({ minSize: 0, desiredCapacity: 0 }, { heartbeatTimeout: 900 }), []);
    assert.equal((await found({ minSize: 0, desiredCapacity: 1 }, { heartbeatTimeout: 900 })).length, 1);
    const drains = group({}, [hookProps({ heartbeatTimeout: 900 })]);
    assert.deepEqual(await findings("capacity-wait-covers-launch-hook", drains), []);
  });

  it("says nothing of a value that is not yet known, or is no duration", async () => {
    assert.deepEqual(await found({ waitForCapacityTimeout: later }), []);
    assert.deepEqual(await found({ waitForCapacityTimeout: "soon" }), []);
    assert.deepEqual(await found({}, { heartbeatTimeout: later }), []);
    assert.deepEqual(await found({ desiredCapacity: later, minSize: 0 }, { heartbeatTimeout: 900 }), []);
  });
});
