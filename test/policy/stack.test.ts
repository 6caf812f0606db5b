import assert from "node:assert/strict";
import { Transport, encodeInstructions, type Instructions } from "../../contract";
import { findings, hookProps, later, resource, type Given } from "../support/policy";

const web = (props = {}) =>
  resource("Group", "web", { name: "web-1", minSize: 1, maxSize: 4, targetGroupArns: ["arn:tg"], ...props });
const targetGroup = (deregistrationDelay: unknown = 60) =>
  resource("TargetGroup", "web", { arn: "arn:tg", deregistrationDelay });
const hook = (props = {}, more = {}) =>
  resource("LifecycleHook", "drain", hookProps({ autoscalingGroupName: "web-1", ...props }), more);

const instructions = (changes: Partial<Instructions> = {}) =>
  encodeInstructions({
    handler: "handler",
    transport: Transport.Sns,
    document: "handler-web",
    delivery: 30,
    execution: 60,
    maxWait: 0,
    deregistrationDelay: 60,
    agentTimeout: 180,
    onFailure: "continue",
    ...changes,
  });

describe("the policy drain-fits-lifecycle-hook", () => {
  const found = (given: readonly Given[], config = {}) =>
    findings("drain-fits-lifecycle-hook", given, config);
  const document = (content: unknown) => resource("Document", "stop", { name: "stop-1", content });
  const steps = (...timeouts: unknown[]) =>
    JSON.stringify({
      schemaVersion: "2.2",
      mainSteps: timeouts.map((timeoutSeconds) => ({
        action: "aws:runShellScript",
        inputs: { runCommand: ["stop"], timeoutSeconds },
      })),
    });
  /** A hook whose metadata are computed from a document. */
  const running = (content: unknown, props = {}) => {
    const one = document(content);
    const notificationMetadata = '{"document":"stop-1"}';
    return [web(), one, hook({ notificationMetadata, ...props }, { from: { notificationMetadata: [one] } })];
  };

  it("takes a document that ends with the hook, and finds a document that may go on", async () => {
    assert.deepEqual(await found(running(steps(270))), []);
    assert.deepEqual(await found(running(steps(271))), [
      'LifecycleHook "drain": heartbeatTimeout is 300 s; it must be at least 301 s: 271 s timeout of Document "stop" + 30 s until the agent has the command. Raise it (the most is 7200 s), shorten the timeout, or set this policy\'s heartbeats if the handler sends them.',
    ]);
  });

  it("adds up steps with numbers or text, and counts a step without a timeout as SSM does", async () => {
    assert.deepEqual(await found(running(steps("100", 170))), []);
    assert.equal((await found(running(steps("100", 171)))).length, 1);
    assert.match((await found(running(steps(undefined)))).join(), /3600 s timeout of Document/);
  });

  it("takes the longest platform, as an instance has only one platform", async () => {
    const step = (platform: string, timeoutSeconds: number) => ({
      action: platform === "Linux" ? "aws:runShellScript" : "aws:runPowerShellScript",
      precondition: { StringEquals: ["platformType", platform] },
      inputs: { runCommand: ["stop"], timeoutSeconds },
    });
    const content = (linux: number, windows: number) =>
      JSON.stringify({ mainSteps: [step("Linux", linux), step("Windows", windows)] });

    assert.deepEqual(await found(running(content(270, 270))), []);
    assert.match((await found(running(content(270, 280)))).join(), /280 s timeout of Document/);
  });

  it("reads documents in YAML", async () => {
    const content = "mainSteps:\n  - action: aws:runShellScript\n    inputs: { timeoutSeconds: 271 }\n";

    assert.equal((await found(running(content))).length, 1);
  });

  it("finds the document in the environment of the hook's function", async () => {
    const one = document(steps(900));
    const to = hook({ notificationTargetArn: "arn:lambda:stop" });
    const handler = (value: unknown, from = {}) =>
      resource(
        "Function",
        "stop",
        { arn: "arn:lambda:stop", environment: { variables: { LEVEL: "info", DOCUMENT: value } } },
        { from },
      );

    assert.equal((await found([web(), to, one, handler("stop-1")])).length, 1);
    assert.equal((await found([web(), to, one, handler(later, { environment: [one] })])).length, 1);
    assert.deepEqual(await found([web(), to, one, handler("stop-2")]), []);
  });

  it("says nothing where the hook could name several documents", async () => {
    const [one, other] = [document(steps(900)), resource("Document", "start", { content: steps(900) })];
    const from = { notificationMetadata: [one, other] };

    assert.deepEqual(await found([web(), one, other, hook({ notificationMetadata: "x" }, { from })]), []);
  });

  it("counts heartbeats of the handler, if an importer says so", async () => {
    assert.deepEqual(await found(running(steps(29_970)), { heartbeats: true }), []);
    assert.match(
      (await found(running(steps(29_971)), { heartbeats: true })).join(),
      /is 300 s, which lasts 30000 s with heartbeats; it must be at least 301 s, to last 30001 s: /,
    );
  });

  it("knows that graceful-asg sends heartbeats, and counts lost events too", async () => {
    const work = (execution: number) => hook({ notificationMetadata: instructions({ execution }) });

    assert.deepEqual(await found([web(), work(30_000 - 330)]), []);
    assert.match(
      (await found([web(), work(30_001 - 330)])).join(),
      /at least 301 s, to last 30001 s: 29701 s for the stop script \+ 300 s for events that are lost\./,
    );
  });

  it("does not count the deregistration delay, which is over when the hook fires", async () => {
    assert.deepEqual(await found([...running(steps(270)), targetGroup(3600)]), []);
  });

  it("says nothing of values that are not yet known", async () => {
    assert.deepEqual(await found(running(later)), []);
    assert.deepEqual(await found(running(steps("{{ timeout }}", 900))), []);
    assert.deepEqual(await found(running(steps(900), { heartbeatTimeout: later })), []);
    assert.deepEqual(await found(running(steps(900), { notificationMetadata: later })), []);
    assert.deepEqual(await found(running("no document: [")), []);
  });
});

describe("the policy total-drain-time", () => {
  const found = (given: readonly Given[], config = {}) => findings("total-drain-time", given, config);

  it("adds up deregistration and hook, to the second", async () => {
    assert.deepEqual(await found([web(), hook({ heartbeatTimeout: 3540 }), targetGroup(60)]), []);
    assert.deepEqual(await found([web(), hook({ heartbeatTimeout: 3540 }), targetGroup(61)]), [
      'Group "web": the worst case of a scale-in is 3601 s: 61 s deregistrationDelay of TargetGroup "web" + 3540 s at LifecycleHook "drain"; it must be at most 3600 s. Shorten one of them, or raise this policy\'s max.',
    ]);
  });

  it("takes the maximum that an importer chooses", async () => {
    assert.deepEqual(await found([web(), hook(), targetGroup()], { max: 360 }), []);
    assert.equal((await found([web(), hook(), targetGroup()], { max: 359 })).length, 1);
  });

  it("counts times that are not given as AWS does: 300 s and 3600 s", async () => {
    const given = [web(), hook({ heartbeatTimeout: undefined }), targetGroup(undefined)];

    assert.match(
      (await found([...given.slice(0, 2), resource("TargetGroup", "web", { arn: "arn:tg" })])).join(),
      / is 3900 s: 300 s .* \+ 3600 s /,
    );
  });

  it("counts a hook of graceful-asg by its instructions", async () => {
    const notificationMetadata = instructions({ maxWait: 40 });
    const ours = hook({ heartbeatTimeout: 7200, notificationMetadata });

    assert.deepEqual(await found([web(), ours, targetGroup()], { max: 60 + 390 }), []);
    assert.equal((await found([web(), ours, targetGroup()], { max: 60 + 389 })).length, 1);
  });

  it("finds the target group before there are ARNs", async () => {
    const later1 = resource("TargetGroup", "web", { arn: later, deregistrationDelay: 3000 });
    const other = resource("TargetGroup", "other", { arn: later, deregistrationDelay: 3600 });
    const given = resource(
      "Group",
      "web",
      { name: "web-1", targetGroupArns: [later] },
      { from: { targetGroupArns: [later1] } },
    );

    assert.match((await found([given, later1, other, hook()], { max: 3299 })).join(), / is 3300 s: /);
  });

  it("counts only values that are known", async () => {
    assert.deepEqual(await found([web(), hook({ heartbeatTimeout: later }), targetGroup(3600)]), []);
    assert.deepEqual(await found([web(), hook({ heartbeatTimeout: 3600 }), targetGroup(later)]), []);
    assert.deepEqual(await found([web({ targetGroupArns: later }), hook(), targetGroup(3600)]), []);
  });
});

describe("the policy spot-drain-fits-interruption-notice", () => {
  const found = (given: readonly Given[], config = {}) =>
    findings("spot-drain-fits-interruption-notice", given, config);
  const mixed = (instancesDistribution: object) => web({ mixedInstancesPolicy: { instancesDistribution } });
  const spot = mixed({ onDemandPercentageAboveBaseCapacity: 50 });

  it("takes a drain that fits into two minutes, to the second", async () => {
    assert.deepEqual(await found([spot, hook({ heartbeatTimeout: 60 }), targetGroup(60)]), []);
    assert.deepEqual(await found([spot, hook({ heartbeatTimeout: 61 }), targetGroup(60)]), [
      'Group "web": the drain of a Spot instance is 121 s: 60 s deregistrationDelay of TargetGroup "web" + 61 s at LifecycleHook "drain"; it must be at most 120 s. Shorten it, start the work at the warning (spot: true in graceful-asg), or keep what takes longer on On-Demand instances.',
    ]);
  });

  it("takes the maximum that an importer chooses", async () => {
    assert.deepEqual(await found([spot, hook(), targetGroup()], { max: 360 }), []);
  });

  it("knows Spot instances by the distribution and by the launch template", async () => {
    const template = resource("LaunchTemplate", "web", {
      id: "lt-1",
      instanceMarketOptions: { marketType: "spot" },
    });
    const onDemand = resource("LaunchTemplate", "web", { id: "lt-1" });
    const ofTemplate = web({ launchTemplate: { id: "lt-1" } });

    assert.equal((await found([ofTemplate, template, hook(), targetGroup()])).length, 1);
    assert.deepEqual(await found([ofTemplate, onDemand, hook(), targetGroup()]), []);
    const configuration = (spotPrice?: string) =>
      resource("LaunchConfiguration", "web", { name: "lc", spotPrice });
    const ofConfiguration = web({ launchConfiguration: "lc" });
    assert.equal((await found([ofConfiguration, configuration("0.01"), hook(), targetGroup()])).length, 1);
    assert.deepEqual(await found([ofConfiguration, configuration(), hook(), targetGroup()]), []);
    for (const distribution of [
      {},
      { onDemandPercentageAboveBaseCapacity: 100 },
      { onDemandPercentageAboveBaseCapacity: 0, onDemandBaseCapacity: 4 },
      { onDemandPercentageAboveBaseCapacity: later },
    ]) {
      assert.deepEqual(await found([mixed(distribution), hook(), targetGroup()]), []);
    }
  });

  describe("with a function that hears of the warning", () => {
    const work = (execution: number) =>
      hook({ notificationTargetArn: "arn:lambda:stop", notificationMetadata: instructions({ execution }) });
    const warned = [
      spot,
      targetGroup(),
      resource("Function", "stop", { arn: "arn:lambda:stop" }),
      resource("EventRule", "spot", {
        name: "spot-1",
        eventPattern: JSON.stringify({
          source: ["aws.ec2"],
          "detail-type": ["EC2 Spot Instance Interruption Warning"],
        }),
      }),
      resource("EventTarget", "spot", { rule: "spot-1", arn: "arn:lambda:stop" }),
    ];

    it("does not count the deregistration delay", async () => {
      assert.deepEqual(await found([...warned, work(90)]), []);
      assert.match(
        (await found([...warned, work(91)])).join(),
        / is 121 s: 121 s at LifecycleHook "drain"; .* Shorten it, or keep/,
      );
    });

    it("does not count the deregistration delay either where the rule is not known before the update", async () => {
      const unknown = resource("EventRule", "spot", { name: "spot-1", eventPattern: later });
      const given = warned.map((one) => (one.type.includes("eventRule") ? unknown : one));

      assert.deepEqual(await found([...given, work(90)]), []);
    });

    it("counts the deregistration delay where another function hears of the warning", async () => {
      const other = resource("Function", "other", { arn: "arn:lambda:other" });
      const given = [...warned.slice(0, -1), other];
      const target = resource("EventTarget", "spot", { rule: "spot-1", arn: "arn:lambda:other" });

      assert.equal((await found([...given, target, work(90)])).length, 1);
    });
  });

  it("counts only values that are known", async () => {
    assert.deepEqual(await found([spot, hook({ heartbeatTimeout: later }), targetGroup(120)]), []);
    assert.deepEqual(await found([spot, hook({ notificationMetadata: later }), targetGroup(60)]), []);
  });
});
