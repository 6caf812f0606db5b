import assert from "node:assert/strict";
import {
  DeleteWarmPoolCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeWarmPoolCommand,
  PutWarmPoolCommand,
  SetInstanceProtectionCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { GroupSettings, WarmPoolSettings } from "../../simulator";
import { withoutDrain, TestBed } from "../support/testBed";

const usual: WarmPoolSettings = {
  minSize: 0,
  maxGroupPreparedCapacity: 3,
  poolState: "Stopped",
  reuseOnScaleIn: true,
};

/** Without functions nobody completes an action, and with the hooks' default result it takes their timeout. */
const alone = (warmPool: WarmPoolSettings, hooks?: GroupSettings["hooks"]) =>
  withoutDrain({
    world: (world) => ({
      ...world,
      functions: [],
      rules: [],
      subscriptions: [],
      groups: world.groups.map((group) => ({ ...group, warmPool, ...(hooks ? { hooks } : {}) })),
    }),
  });

describe("a warm pool in the simulator", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (changes: Partial<WarmPoolSettings> = {}, desired = 0) => {
    bed = await TestBed.open(alone({ ...usual, ...changes }, []));
    await scale(desired);
  };
  const scale = async (desired: number) => {
    bed.simulator.autoScaling.setDesired(bed.group, desired);
    await bed.pass(120);
  };
  const states = () => [...bed.group.instances.values()].map(({ state }) => state).sort();
  const way = (id: string | undefined) =>
    bed
      .of("instance")
      .filter(({ instance }) => instance === id)
      .map(({ state }) => state);

  it("has the prepared capacity less the desired capacity, and the least size at least", async () => {
    await open();
    assert.deepEqual(states(), ["Warmed:Stopped", "Warmed:Stopped", "Warmed:Stopped"]);
    bed.simulator.autoScaling.setDesired(bed.group, 5);
    await bed.pass(120);
    assert.deepEqual(states(), Array(5).fill("InService"));
  });

  it("keeps its least size, and its machines as its state says", async () => {
    await open({ minSize: 1, maxGroupPreparedCapacity: 0, poolState: "Running" });
    assert.deepEqual(states(), ["Warmed:Running"]);
    await scale(1);
    assert.deepEqual(states(), ["InService", "Warmed:Running"]);
    assert.equal(bed.of("instance").filter(({ state }) => state === "stopped").length, 0);
  });

  it("gives its instances to a scale-out first, whose machines are started again", async () => {
    await open({ maxGroupPreparedCapacity: 1 });
    const [pooled] = bed.group.instances.keys();
    await scale(1);

    assert.deepEqual(way(pooled), [
      "Warmed:Pending",
      "Warmed:Pending:Proceed",
      "stopped",
      "Warmed:Stopped",
      "Pending",
      "started",
      "Pending:Proceed",
      "InService",
    ]);
  });

  it("takes instances back on scale-in where it reuses them, and only there", async () => {
    await open({ maxGroupPreparedCapacity: 1 }, 1);
    const [id] = bed.group.instances.keys();
    await scale(0);
    assert.deepEqual(way(id).slice(-5), [
      "InService",
      "Warmed:Pending",
      "Warmed:Pending:Proceed",
      "stopped",
      "Warmed:Stopped",
    ]);
    await bed.close();

    await open({ maxGroupPreparedCapacity: 0, reuseOnScaleIn: false }, 1);
    await scale(0);
    assert.deepEqual(states(), []);
  });

  it("is not in the list of groups, but in the list of instances and in its own", async () => {
    await open({ maxGroupPreparedCapacity: 1 });
    const AutoScalingGroupName = bed.group.settings.name;
    const [id = ""] = bed.group.instances.keys();
    const { AutoScalingGroups: [group] = [] } = await bed.call(() =>
      bed.autoScaling.send(new DescribeAutoScalingGroupsCommand({})),
    );
    assert.deepEqual([group?.Instances, group?.WarmPoolSize], [[], 1]);
    assert.equal(group?.WarmPoolConfiguration?.PoolState, "Stopped");
    const { AutoScalingInstances: [one] = [] } = await bed.call(() =>
      bed.autoScaling.send(new DescribeAutoScalingInstancesCommand({ InstanceIds: [id] })),
    );
    assert.equal(one?.LifecycleState, "Warmed:Stopped");
    const pool = await bed.call(() =>
      bed.autoScaling.send(new DescribeWarmPoolCommand({ AutoScalingGroupName })),
    );
    assert.deepEqual(
      pool.Instances?.map(({ InstanceId, LifecycleState }) => [InstanceId, LifecycleState]),
      [[id, "Warmed:Stopped"]],
    );
  });

  it("changes with PutWarmPool, which keeps what it is not given, and ends with DeleteWarmPool", async () => {
    await open({ maxGroupPreparedCapacity: 2 });
    const AutoScalingGroupName = bed.group.settings.name;
    await bed.call(() =>
      bed.autoScaling.send(new PutWarmPoolCommand({ AutoScalingGroupName, MaxGroupPreparedCapacity: 1 })),
    );
    await bed.pass(120);
    assert.deepEqual(states(), ["Warmed:Stopped"]);
    assert.deepEqual(bed.group.warmPool, { ...usual, maxGroupPreparedCapacity: 1 });
    const InstanceReusePolicy = { ReuseOnScaleIn: false };
    await bed.call(() =>
      bed.autoScaling.send(new PutWarmPoolCommand({ AutoScalingGroupName, InstanceReusePolicy })),
    );
    assert.equal(bed.group.warmPool.reuseOnScaleIn, false);

    await bed.call(() => bed.autoScaling.send(new DeleteWarmPoolCommand({ AutoScalingGroupName })));
    await bed.pass(120);
    assert.deepEqual(states(), []);
    await assert.rejects(
      bed.call(() => bed.autoScaling.send(new DeleteWarmPoolCommand({ AutoScalingGroupName }))),
      { name: "ValidationError" },
    );
  });

  it("lets nobody terminate or protect an instance in it", async () => {
    await open({ maxGroupPreparedCapacity: 1 });
    const [InstanceId = ""] = bed.group.instances.keys();
    const AutoScalingGroupName = bed.group.settings.name;
    for (const call of [
      () =>
        bed.autoScaling.send(
          new TerminateInstanceInAutoScalingGroupCommand({
            InstanceId,
            ShouldDecrementDesiredCapacity: false,
          }),
        ),
      () =>
        bed.autoScaling.send(
          new SetInstanceProtectionCommand({
            AutoScalingGroupName,
            InstanceIds: [InstanceId],
            ProtectedFromScaleIn: true,
          }),
        ),
    ])
      await assert.rejects(bed.call<unknown>(call), { name: "ValidationError" });
    assert.deepEqual(states(), ["Warmed:Stopped"]);
  });

  it("shows its hooks where instances come from and go to, on all six routes", async () => {
    bed = await TestBed.open({
      ...alone({ ...usual, maxGroupPreparedCapacity: 1 }),
      args: { launch: { script: "ready", timeout: 60 }, targetGroup: { port: 1, deregistrationDelay: 0 } },
    });
    const release = async () => {
      await bed.pass(120);
      const { actions } = bed.simulator.autoScaling.lifecycle;
      for (const instance of bed.group.instances.values())
        for (const action of instance.actions) actions.complete(instance, action, "CONTINUE", "test");
      await bed.pass(120);
    };
    bed.simulator.autoScaling.adjust(bed.group, "");
    await release();
    for (const desired of [1, 0, 2]) {
      bed.simulator.autoScaling.setDesired(bed.group, desired);
      await release();
    }
    bed.group.warmPool = { ...usual, reuseOnScaleIn: false, maxGroupPreparedCapacity: 2 };
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await release();
    await release();
    bed.group.warmPool = { ...usual, maxGroupPreparedCapacity: 0 };
    bed.simulator.autoScaling.adjust(bed.group, "");
    await release();

    const routes = bed
      .of("action")
      .filter(({ phase }) => phase === "waiting")
      .map(({ route, transition }) => `${transition} ${String(route?.origin)} ${String(route?.destination)}`);
    assert.deepEqual(
      [...new Set(routes)],
      [
        "launch EC2 WarmPool",
        "launch WarmPool AutoScalingGroup",
        "terminate AutoScalingGroup WarmPool",
        "launch EC2 AutoScalingGroup",
        "terminate AutoScalingGroup EC2",
        "terminate WarmPool EC2",
      ],
    );
  });
});
