import assert from "node:assert/strict";
import { fillWarmPool, type Behaviour, changed } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

const minute = 60;
const day = 24 * 60 * minute;

describe("a warm pool beside other features", function () {
  this.timeout(60_000);

  /** Ids of the instances that are busy; a test fills it as soon as it knows its instances. */
  const busy = new Set<string>();
  let bed: TestBed;
  afterEach(async () => {
    busy.clear();
    await bed.close();
  });

  const asTheSetSays = (usual: Behaviour) =>
    changed(usual, { busyCheck: ({ instance }) => ({ exitCode: busy.has(instance) ? 0 : 1, takes: 20 }) });
  const open = async ({ args, ...setting }: Setting) => {
    bed = await TestBed.open(
      withoutDrain({
        behaviour: asTheSetSays,
        args: { maxSize: 3, warmPool: { reuseOnScaleIn: true }, ...args },
        ...setting,
      }),
    );
  };
  const stateOf = (id: string | undefined) => bed.group.instances.get(id ?? "")?.state;
  const stopped = () =>
    bed
      .of("script")
      .flatMap(({ instance, phase, transition }) =>
        transition === "terminate" && phase === "ended" ? [instance] : [],
      );

  it("returns idle instances to the pool, and lets a busy instance serve, with prefer", async () => {
    await open({ args: { prefer: "idle", busyCheck: "pgrep worker" } });
    bed.simulator.autoScaling.populate(bed.group, 3);
    const [first, ...others] = [...bed.group.instances.keys()];
    assert.ok(first);
    busy.add(first);
    await bed.pass(3 * minute);
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(5 * minute);

    assert.equal(stateOf(first), "InService");
    assert.deepEqual(others.map(stateOf), ["Warmed:Stopped", "Warmed:Stopped"]);
    assert.deepEqual(stopped().sort(), [...others].sort());
  });

  it("returns an instance to the pool when its work is done, with protectWhileBusy, and protects none in the pool", async () => {
    await open({ args: { protectWhileBusy: true, busyCheck: "pgrep worker" } });
    bed.simulator.autoScaling.populate(bed.group, 1);
    const [one] = bed.group.instances.keys();
    assert.ok(one);
    busy.add(one);
    await bed.pass(3 * minute);
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await bed.pass(5 * minute);
    assert.equal(stateOf(one), "InService");
    busy.clear();
    await bed.pass(7 * minute);

    assert.equal(stateOf(one), "Warmed:Stopped");
    assert.deepEqual(stopped(), [one]);
    assert.deepEqual(
      bed.of("protection").map(({ isProtected }) => isProtected),
      [true, false],
    );
  });

  it("takes the successor of an instance that EC2 retires from the pool", async () => {
    await open({ args: { replaceOn: ["retirement"], launch: { script: "ready", timeout: 60 } } });
    bed.simulator.autoScaling.populate(bed.group, 2);
    const [one] = bed.group.instances.values();
    const [pooled] = fillWarmPool(bed.simulator.autoScaling, bed.group, 1);
    assert.ok(one && pooled);
    await bed.pass(5 * minute);
    bed.simulator.ec2.retire([one], { after: 14 * day * 1000, isTold: true });
    await bed.pass(10 * minute);

    assert.equal(pooled.state, "InService");
    // Auto Scaling returns instances to the pool when it scales in, and not when somebody terminates them.
    assert.equal(stateOf(one.id), undefined);
    assert.deepEqual(stopped(), [one.id]);
  });

  it("replaces no instance of the pool, and asks EC2 no more often because of it", async () => {
    // EC2 lists only machines that run.
    await open({ args: { replaceOn: ["retirement"], warmPool: { poolState: "Running" } } });
    bed.simulator.autoScaling.populate(bed.group, 2);
    const [pooled] = fillWarmPool(bed.simulator.autoScaling, bed.group, 1);
    assert.ok(pooled);
    bed.simulator.ec2.retire([pooled], { after: 14 * day * 1000, isTold: true });
    await bed.pass(30 * minute);

    const calls = bed.calls();
    assert.ok(!calls.some((call) => call.startsWith("TerminateInstanceInAutoScalingGroup")));
    assert.equal(calls.filter((call) => call === "DescribeInstanceStatus").length, 1);
    assert.equal(stateOf(pooled.id), "Warmed:Running");
  });

  it("stops an instance at once that returns to the pool of a group without a load balancer", async () => {
    await open({ args: { targetGroup: undefined } });
    bed.simulator.autoScaling.populate(bed.group, 1);
    const [one] = bed.group.instances.keys();
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await bed.pass(5 * minute);

    assert.equal(stateOf(one), "Warmed:Stopped");
    const [back] = bed.of("instance").filter(({ state }) => state === "Warmed:Pending");
    const [start] = bed.of("script").filter(({ phase }) => phase === "started");
    assert.ok(back && start && start.at - back.at < 10_000);
    assert.equal(back.why, "it was selected and returns to the warm pool");
  });
});
