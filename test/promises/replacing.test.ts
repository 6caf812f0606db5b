import assert from "node:assert/strict";
import { GracefulLifecycle, LifecycleHandler } from "../../components";
import * as aws from "@pulumi/aws";
import { suspendProcesses, withDeliveries, type Behaviour } from "../../simulator";
import type { Instance } from "../../simulator/autoScaling/model";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

const minute = 60;
const day = 24 * 60 * minute;

describe("P13, an instance that AWS is going to end is replaced through its hook", function () {
  this.timeout(120_000);

  let bed: TestBed;
  const open = async (setting: Setting = {}) => {
    bed = await TestBed.open(
      withoutDrain({ ...setting, args: { replaceOn: ["retirement", "rebalance"], ...setting.args } }),
    );
  };
  afterEach(() => bed.close());

  const populate = (count: number): readonly Instance[] => {
    bed.simulator.autoScaling.populate(bed.group, count);
    return [...bed.group.instances.values()];
  };
  const retire = (instances: readonly Instance[], { inDays = 14, isTold = true } = {}) => {
    bed.simulator.ec2.retire(instances, { after: inDays * day * 1000, isTold });
  };
  const terminated = () =>
    bed
      .of("call")
      .filter(({ action }) => action === "TerminateInstanceInAutoScalingGroup")
      .map(({ at, error, instances }) => ({ at, error, instance: instances[0] }));
  const replaced = () =>
    terminated().flatMap(({ error, instance }) => (error === undefined ? [instance] : []));
  const cleanEnds = () =>
    bed
      .of("action")
      .filter(({ phase, result, by }) => phase === "completed" && by === "call" && result === "CONTINUE")
      .length;
  const inService = () =>
    [...bed.group.instances.values()].filter(({ state }) => state === "InService").length;

  it("at once when AWS Health announces its retirement, and the group keeps its size", async () => {
    await open();
    const [one, other] = populate(2);
    assert.ok(one && other);
    await bed.pass(5 * minute);
    retire([one]);
    await bed.pass(5 * minute);

    assert.deepEqual(replaced(), [one.id]);
    const [call] = terminated();
    assert.ok(
      call && call.at - bed.simulator.context.began < (5 * minute + 3) * 1000,
      "it waited for a sweep",
    );
    assert.equal(bed.group.desired, 2);
    assert.equal(inService(), 2);
    assert.equal(other.state, "InService");
    assert.equal(bed.of("script").filter(({ phase }) => phase === "ended").length, 1);
    assert.equal(cleanEnds(), 1);
  });

  it("within an hour where the event is lost, as EC2 itself is asked", async () => {
    await open({ behaviour: without("AWS Health Event") });
    const instances = populate(2);
    await bed.pass(10 * minute);
    retire(instances.slice(0, 1));
    await bed.pass(70 * minute);

    assert.deepEqual(replaced(), [instances[0]?.id]);
  });

  it("one instance of a group at a time, each after the group is whole again, however many one event names", async () => {
    await open({ args: { launch: { script: "ready", timeout: 60 } } });
    const instances = populate(20);
    retire(instances);
    let least = Infinity;
    for (let waited = 0; waited < 90 * minute && replaced().length < 20; waited += 10) {
      await bed.pass(10);
      least = Math.min(least, inService());
    }
    await bed.pass(5 * minute);

    assert.deepEqual([...replaced()].sort(), instances.map(({ id }) => id).sort());
    assert.equal(least, 19);
    assert.equal(cleanEnds(), 20 + 20, "each stop and each launch");
    assert.equal(inService(), 20);
  });

  it("once, however often and wherever its event arrives", async () => {
    await open({
      behaviour: (usual) =>
        withDeliveries(
          usual,
          ({ what }) => what === "AWS Health Event",
          ([first = 0]) => [first, first, first + 100, first + 5_000, first + 60_000, first + 600_000],
        ),
    });
    const instances = populate(3);
    retire(instances.slice(0, 1));
    await bed.pass(20 * minute);

    assert.deepEqual([...new Set(replaced())], [instances[0]?.id]);
    assert.equal(bed.of("instance").filter(({ state }) => state === "Terminating").length, 1);
  });

  it("unless only the event says so: EC2 decides", async () => {
    await open();
    const instances = populate(2);
    bed.simulator.bus.put(bed.simulator.ec2.healthEvent(instances, Date.now()));
    await bed.pass(2 * minute);

    assert.deepEqual(terminated(), []);
  });

  it("when EC2 recommends to rebalance, by the next sweep", async () => {
    await open();
    const [one] = populate(2);
    assert.ok(one);
    bed.simulator.ec2.recommendRebalance(one);
    await bed.pass(5 * minute);

    assert.deepEqual(replaced(), [one.id]);
    assert.equal(cleanEnds(), 1);
    assert.equal(inService(), 2);
  });

  it("one at a time when EC2 recommends to rebalance a whole group at once", async () => {
    await open();
    const instances = populate(6);
    for (const instance of instances) bed.simulator.ec2.recommendRebalance(instance);
    let least = Infinity;
    for (let waited = 0; waited < 30 * minute; waited += 10) {
      await bed.pass(10);
      least = Math.min(least, inService());
    }

    assert.deepEqual([...replaced()].sort(), instances.map(({ id }) => id).sort());
    assert.equal(least, 5);
  });

  it("but no instance that somebody else has marked, not even with the mark of another instance", async () => {
    await open({ behaviour: without("Scheduled Event", 5 * minute) });
    const [one, other, third] = populate(3);
    assert.ok(one && other && third);
    bed.simulator.ec2.recommendRebalance(one);
    await bed.pass(minute);
    const mark = one.tags["graceful-asg:replace"] ?? "";
    assert.notEqual(mark, "");
    one.tags = { ...one.tags, "graceful-asg:replace": "" };
    other.tags = { ...other.tags, "graceful-asg:replace": mark };
    third.tags = { ...third.tags, "graceful-asg:replace": "2026-01-01T12:00:00Z" };
    await bed.pass(10 * minute);

    assert.deepEqual(terminated(), []);
  });

  it("but no instance that Auto Scaling itself rebalances", async () => {
    await open({ args: { capacityRebalance: true } });
    const [one] = populate(2);
    assert.ok(one);
    bed.simulator.ec2.recommendRebalance(one);
    await bed.pass(10 * minute);

    assert.deepEqual(terminated(), []);
    assert.equal(cleanEnds(), 1, "Auto Scaling has replaced it through the hook");
    assert.equal(bed.calls().filter((name) => name.startsWith("CreateTags")).length, 0);
  });

  it("but no instance that is protected from scale-in, until three days before its retirement", async () => {
    await open({ behaviour: without("AWS Health Event") });
    const [one] = populate(2);
    assert.ok(one);
    one.isProtected = true;
    retire([one], { inDays: 3 + 1 / 24 });
    bed.simulator.ec2.recommendRebalance(one);
    await bed.pass(58 * minute);
    assert.deepEqual(terminated(), []);

    await bed.pass(4 * minute);
    assert.deepEqual(replaced(), [one.id]);
  });

  it("but none while the group lacks capacity, stands still, or has no hook of the handler", async () => {
    await open();
    const [one] = populate(2);
    assert.ok(one);
    suspendProcesses(bed.group, "Launch");
    retire([one]);
    await bed.pass(3 * minute);
    bed.group.suspended.clear();
    bed.group.desired = 3;
    await bed.pass(3 * minute);
    const hooks = [...bed.group.hooks.values()];
    bed.group.hooks.clear();
    bed.group.desired = 2;
    await bed.pass(3 * minute);
    assert.deepEqual(terminated(), []);

    for (const hook of hooks) bed.group.hooks.set(hook.name, hook);
    await bed.pass(3 * minute);
    assert.deepEqual(replaced(), [one.id]);
  });

  it("also in a group that exists already, with a grant for this group alone", async () => {
    const existing = (name: string, handler: LifecycleHandler) => {
      const group = new aws.autoscaling.Group(name, {
        minSize: 0,
        maxSize: 10,
        tags: [{ key: "Name", value: name, propagateAtLaunch: true }],
      });
      new GracefulLifecycle(name, {
        groupName: group.name,
        instanceTag: { key: "Name", value: name },
        terminate: { script: "stop", timeout: 60 },
        handler,
      });
    };
    await open({
      program: () => {
        existing("legacy", new LifecycleHandler("shared", { replaceOn: ["retirement", "rebalance"] }));
      },
    });
    const [one, other] = populate(3);
    assert.ok(one && other);
    retire([one]);
    bed.simulator.ec2.recommendRebalance(other);
    await bed.pass(10 * minute);

    assert.deepEqual([...replaced()].sort(), [one.id, other.id].sort());
    assert.deepEqual(
      bed.calls().filter((name) => name.includes(":")),
      [],
    );
  });

  it("and nothing happens without the argument: Auto Scaling finds the machine stopped at the date", async () => {
    await open({ args: { replaceOn: [] } });
    const [one] = populate(2);
    assert.ok(one);
    retire([one], { inDays: 1 / 24 });
    await bed.pass(59 * minute);
    assert.deepEqual(bed.calls(), []);

    await bed.pass(10 * minute);
    assert.equal(bed.of("health").length, 1);
    assert.deepEqual(terminated(), []);
  });

  it("for one more call an hour, and with rebalance one more call a sweep", async () => {
    for (const [replaceOn, most] of [
      [["retirement"], 3],
      [["retirement", "rebalance"], 3 + 121],
    ] as const) {
      await open({ args: { replaceOn: [...replaceOn] } });
      populate(5);
      await bed.pass(2 * 60 * minute);
      assert.ok(bed.calls().length <= most, `${bed.calls().length} calls`);
      assert.ok(bed.calls().length > 1);
      await bed.close();
    }
  });
});

/** Loses the events of a kind, for some seconds or for good. */
function without(what: string, seconds = Infinity) {
  return (usual: Behaviour): Behaviour =>
    withDeliveries(
      usual,
      (message) => message.what === what && message.elapsed < seconds * 1000,
      () => [],
    );
}
