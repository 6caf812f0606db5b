import assert from "node:assert/strict";
import { findings, hookProps, later, launchHookProps, resource, type Given } from "../support/policy";

const web = (props = {}, more = {}) => resource("Group", "web", { name: "web", maxSize: 2, ...props }, more);
const born = (...hooks: object[]) => ({ initialLifecycleHooks: hooks.length > 0 ? hooks : [hookProps()] });
const drain = (props = {}) =>
  resource("LifecycleHook", "drain", hookProps({ autoscalingGroupName: "web", ...props }));
const targets = (name: string, deregistrationDelay: number) =>
  resource("TargetGroup", name, { deregistrationDelay }, { outputs: { arn: later } });

describe("sets with members that are not known in a preview", () => {
  const total = (given: readonly Given[]) => findings("total-drain-time", given, { max: 600 });
  const [fast, slow] = [targets("fast", 30), targets("slow", 400)];

  it("hide no target group", async () => {
    const group = web(
      { targetGroupArns: [later, later], ...born() },
      { from: { targetGroupArns: [fast, slow] }, outputs: { targetGroupArns: later } },
    );

    assert.match(
      (await total([group, fast, slow])).join(),
      / is 700 s: 400 s deregistrationDelay of TargetGroup "slow"/,
    );
  });

  it("hide no traffic source", async () => {
    const group = web(
      { trafficSources: [{ identifier: later }, { identifier: later }], ...born() },
      { from: { trafficSources: [fast, slow] }, outputs: { trafficSources: later } },
    );

    assert.equal((await total([group, fast, slow])).length, 1);
  });

  it("bring no finding where the program chooses one of several target groups", async () => {
    const group = web({ targetGroupArns: [later], ...born() }, { from: { targetGroupArns: [fast, slow] } });

    assert.deepEqual(await total([group, fast, slow]), []);
  });

  it("hide no hook that gives no default result", async () => {
    const hooks = born(
      hookProps({ name: "quick" }),
      hookProps({ defaultResult: undefined, heartbeatTimeout: 900 }),
    );
    const group = web(hooks, { outputs: { initialLifecycleHooks: later } });

    assert.equal((await findings("group-delete-timeout-covers-drain", [group])).length, 1);
  });

  it("include target groups that attachments add", async () => {
    const byAttachment = resource(
      "TrafficSourceAttachment",
      "slow",
      { autoscalingGroupName: "web", trafficSource: { identifier: later, type: "elbv2" } },
      { from: { trafficSource: [slow] } },
    );

    assert.equal((await total([web(born()), slow, byAttachment])).length, 1);
    assert.deepEqual(await total([web(born()), slow]), []);
  });
});

describe("groups that other services own or hook", () => {
  const found = (given: readonly Given[]) => findings("group-has-terminate-hook", given);
  const arn = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1:autoScalingGroupName/web";
  const ecs = (more = {}) =>
    resource("CapacityProvider", "web", { autoScalingGroupProvider: { autoScalingGroupArn: arn, ...more } });
  const codeDeploy = (terminationHookEnabled: unknown) =>
    resource("DeploymentGroup", "web", { autoscalingGroups: ["web"], terminationHookEnabled });
  const tags = (...keys: string[]) => ({ tags: keys.map((key) => ({ key, value: "web" })) });

  it("have a hook of ECS, unless managed draining is disabled", async () => {
    assert.deepEqual(await found([web({ arn }), ecs()]), []);
    assert.deepEqual(await found([web({ arn }), ecs({ managedDraining: "ENABLED" })]), []);
    assert.equal((await found([web({ arn }), ecs({ managedDraining: "DISABLED" })])).length, 1);
    assert.deepEqual(await found([web(tags("AmazonECSManaged"))]), []);
    assert.equal((await found([web(tags("Name"))])).length, 1);
  });

  it("have a hook of CodeDeploy where the termination hook is enabled", async () => {
    assert.deepEqual(await found([web(), codeDeploy(true)]), []);
    assert.equal((await found([web(), codeDeploy(false)])).length, 1);
  });

  it("are not judged where a service or another program has made them", async () => {
    assert.deepEqual(await found([web(tags("eks:nodegroup-name"))]), []);
    assert.deepEqual(await found([resource("Queue", "any"), web({}, { isRead: true })]), []);
  });

  it("do not hide a group of this stack without a hook", async () => {
    const nodes = resource("NodeGroup", "nodes");
    const onNodes = resource("LifecycleHook", "nodes", hookProps({ autoscalingGroupName: later }), {
      from: { autoscalingGroupName: [nodes] },
    });

    assert.equal((await found([web(), nodes, onNodes])).length, 1);
  });
});

describe("the policy group-destroy-is-graceful", () => {
  const found = (given: readonly Given[], config = {}) =>
    findings("group-destroy-is-graceful", given, config);

  it("takes a hook that the group is created with, and a resource that changes it", async () => {
    assert.deepEqual(await found([web(born())]), []);
    assert.deepEqual(await found([web(born()), drain({ heartbeatTimeout: 900 })]), []);
  });

  it("finds a hook that is a resource alone", async () => {
    assert.match(
      (await found([web(), drain()])).join(),
      /^LifecycleHook "drain": its place is a resource of its own alone; /,
    );
    assert.equal((await found([web(born(hookProps({ name: "other" }))), drain()])).length, 1);
  });

  it("leaves alone hooks on launch, and groups that are empty, deleted by force, only read or named by an importer", async () => {
    const boot = resource("LifecycleHook", "boot", launchHookProps({ autoscalingGroupName: "web" }));

    assert.deepEqual(await found([web(), boot]), []);
    assert.deepEqual(await found([web({ maxSize: 0 }), drain()]), []);
    assert.deepEqual(await found([web({ forceDelete: true }), drain()]), [], "another rule's matter");
    assert.deepEqual(await found([web({}, { isRead: true }), drain()]), []);
    assert.deepEqual(await found([web(), drain()], { except: ["web"] }), []);
  });

  it("says nothing while the names of hooks are not known", async () => {
    assert.deepEqual(await found([web({ initialLifecycleHooks: later }), drain()]), []);
    assert.deepEqual(await found([web(born(hookProps({ name: later }))), drain()]), []);
  });
});

describe("the policy no-force-delete", () => {
  const found = (given: readonly Given[], config = {}) => findings("no-force-delete", given, config);
  const forceDelete = true;

  it("finds a group with something to drain", async () => {
    assert.match(
      (await found([web({ forceDelete, ...born() })])).join(),
      /^Group "web": forceDelete is true; /,
    );
    const given = [
      web({ forceDelete, targetGroupArns: ["arn:t"] }),
      resource("TargetGroup", "t", { arn: "arn:t" }),
    ];
    assert.equal((await found(given)).length, 1);
  });

  it("finds a warm pool that is deleted by force although the group has a hook", async () => {
    const pool = { forceDeleteWarmPool: true, warmPool: { minSize: 1 } };
    assert.match(
      (await found([web({ ...pool, ...born() })])).join(),
      /^Group "web": forceDeleteWarmPool is true; it must be false, as the group has a hook on termination and a warm pool\. /,
    );
    assert.equal((await found([web({ forceDelete, ...pool, ...born() })])).length, 2);
    const targets = [
      web({ ...pool, targetGroupArns: ["arn:t"] }),
      resource("TargetGroup", "t", { arn: "arn:t" }),
    ];
    assert.deepEqual(await found(targets), []);
    assert.deepEqual(await found([web({ ...pool, warmPool: undefined, ...born() })]), []);
  });

  it("leaves alone groups that have nothing to drain, are not deleted by force, or are named by an importer", async () => {
    assert.deepEqual(await found([web({ forceDelete })]), []);
    assert.deepEqual(await found([web({ forceDelete, ...born(launchHookProps()) })]), []);
    for (const other of [false, undefined, later]) {
      assert.deepEqual(await found([web({ forceDelete: other, ...born() })]), []);
    }
    assert.deepEqual(await found([web({ forceDelete, ...born() })], { except: ["web"] }), []);
  });
});

describe("the policy simple-scaling-beside-hook", () => {
  const found = (given: readonly Given[]) => findings("simple-scaling-beside-hook", given);
  const policy = (policyType?: string) =>
    resource(
      "Policy",
      "up",
      { autoscalingGroupName: "web", policyType },
      { outputs: { policyType: policyType ?? "SimpleScaling" } },
    );

  it("finds simple scaling, given or by default, beside a hook of either kind", async () => {
    for (const hook of [hookProps(), launchHookProps()]) {
      assert.equal((await found([web(born(hook)), policy("SimpleScaling")])).length, 1);
      assert.equal((await found([web(born(hook)), policy()])).length, 1);
    }
  });

  it("leaves alone other scaling, and groups without hooks", async () => {
    for (const type of ["TargetTrackingScaling", "StepScaling", "PredictiveScaling"]) {
      assert.deepEqual(await found([web(born()), policy(type)]), []);
    }
    assert.deepEqual(await found([web(), policy()]), []);
  });
});

describe("the policy instances-are-protected-from-termination", () => {
  const found = (given: readonly Given[], config = {}) =>
    findings("instances-are-protected-from-termination", given, config);
  const of = (version: unknown, props = {}) =>
    web({ launchTemplate: { id: "lt-1", version }, ...born(), ...props });
  const both = { disableApiTermination: true, disableApiStop: true };
  const template = (props = {}) => resource("LaunchTemplate", "web", { id: "lt-1", ...props });

  it("takes a template that protects instances", async () => {
    assert.deepEqual(await found([of("$Latest"), template(both)]), []);
  });

  it("finds a template that does not protect instances, and a launch configuration, which cannot protect them", async () => {
    assert.equal((await found([of("$Latest"), template()])).length, 2);
    assert.match(
      (await found([of(later), template({ ...both, disableApiTermination: false })])).join(),
      /^Group "web": disableApiTermination of LaunchTemplate "web" is false; it must be true\. Set it; Terminate/,
    );
    assert.match(
      (await found([of("$Latest"), template({ disableApiTermination: true })])).join(),
      /^Group "web": disableApiStop of LaunchTemplate "web" is false; it must be true\. Set it; Auto Scaling replaces/,
    );
    const configuration = resource("LaunchConfiguration", "web", { name: "lc" });
    assert.match(
      (await found([web({ launchConfiguration: "lc", ...born() }), configuration])).join(),
      /LaunchConfiguration "web"/,
    );
  });

  it("asks for no stop protection where Auto Scaling stops the instances of a warm pool", async () => {
    const pool = of("$Latest", { warmPool: { minSize: 1 } });
    assert.deepEqual(await found([pool, template({ disableApiTermination: true })]), []);
    assert.equal((await found([pool, template()])).length, 1);
  });

  it("finds the template of a mixed instances policy without Spot", async () => {
    const specification = { launchTemplateSpecification: { launchTemplateId: "lt-1", version: "$Default" } };
    const mixed = (share: number) =>
      web({
        ...born(),
        mixedInstancesPolicy: {
          launchTemplate: specification,
          instancesDistribution: { onDemandPercentageAboveBaseCapacity: share },
        },
      });

    assert.equal((await found([mixed(100), template()])).length, 2);
    assert.deepEqual(await found([mixed(50), template()]), [], "EC2 protects no Spot instance");
  });

  it("leaves alone groups without a hook, other versions, Spot, unknown values, and groups that an importer names", async () => {
    assert.deepEqual(await found([of("$Latest", { initialLifecycleHooks: [] }), template()]), []);
    assert.deepEqual(await found([of("3"), template()]), []);
    assert.deepEqual(
      await found([of("$Latest"), template({ instanceMarketOptions: { marketType: "spot" } })]),
      [],
    );
    const unknown = { disableApiTermination: later, disableApiStop: later };
    assert.deepEqual(await found([of("$Latest"), template(unknown)]), []);
    assert.deepEqual(await found([of("$Latest"), template()], { except: ["web"] }), []);
  });
});
