import assert from "node:assert/strict";
import { LifecycleHandler, GracefulAutoScalingGroup } from "../../components";
import { changed, type Behaviour } from "../../simulator";
import { groupArgs } from "../support/deployment";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

/** Ids of the instances that are busy; a test fills it as soon as it knows its instances. */
const busy = new Set<string>();

/** Instances say what the set says. */
const asTheSetSays = (usual: Behaviour) =>
  changed(usual, { busyCheck: ({ instance }) => ({ exitCode: busy.has(instance) ? 0 : 1, takes: 20 }) });

/** A check on the instance. The text does not matter here: the simulator plays what it says. */
const byCheck: Setting = {
  args: { prefer: "idle", busyCheck: "pgrep worker", maxSize: 30_000 },
  behaviour: asTheSetSays,
};

/** A callback, which runs in the function: an instance whose id ends with 0 to 5 is busy. */
const byCallback: Setting = {
  args: {
    prefer: "idle",
    isBusy: ({ instanceId }) => Promise.resolve(/[0-5]$/.test(instanceId)),
    terminate: { script: "systemctl stop application", timeout: 60, sessions: { maxWait: 300 } },
  },
};

/** Instances that have left the service, by id. */
function gone(bed: TestBed): string[] {
  return bed.of("instance").flatMap(({ instance, state }) => (state === "Terminating" ? [instance] : []));
}

describe("an idle instance goes first", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(async () => {
    busy.clear();
    await bed.close();
  });

  it("by a check: of 10 instances with 4 busy, a scale-in by 5 takes idle instances alone", async () => {
    bed = await TestBed.open(withoutDrain(byCheck));
    bed.simulator.autoScaling.populate(bed.group, 10);
    // The oldest, which Auto Scaling's own policy would take first.
    for (const id of [...bed.group.instances.keys()].slice(0, 4)) busy.add(id);
    await bed.pass(130);
    bed.simulator.autoScaling.setDesired(bed.group, 5);
    await bed.pass(300);

    assert.equal(gone(bed).length, 5);
    assert.deepEqual(
      gone(bed).filter((id) => busy.has(id)),
      [],
    );
    assert.deepEqual(
      bed.of("choice").map(({ problem }) => problem),
      bed.of("choice").map(() => undefined),
    );
  });

  it("by a callback: no instance that it calls busy goes while there are others", async () => {
    bed = await TestBed.open(withoutDrain(byCallback));
    bed.simulator.autoScaling.populate(bed.group, 10);
    const idle = [...bed.group.instances.keys()].filter((id) => !/[0-5]$/.test(id));
    assert.ok(idle.length >= 3 && idle.length <= 8, String(idle.length));
    bed.simulator.autoScaling.setDesired(bed.group, 10 - idle.length);
    await bed.pass(30);

    assert.deepEqual(gone(bed).sort(), idle.sort());
  });

  it("also if the policy was never asked before and no sweep has asked the instances", async () => {
    bed = await TestBed.open(withoutDrain({ ...byCheck, world: (world) => ({ ...world, rules: [] }) }));
    bed.simulator.autoScaling.populate(bed.group, 10);
    for (const id of [...bed.group.instances.keys()].slice(0, 4)) busy.add(id);
    bed.simulator.autoScaling.setDesired(bed.group, 9);
    await bed.pass(60);

    assert.equal(bed.of("choice").length, 1);
    assert.equal(gone(bed).filter((id) => busy.has(id)).length, 0);
  });

  it("and busy instances go where nothing else is left: the group reaches its size", async () => {
    bed = await TestBed.open(withoutDrain(byCheck));
    bed.simulator.autoScaling.populate(bed.group, 6);
    for (const id of [...bed.group.instances.keys()].slice(0, 4)) busy.add(id);
    await bed.pass(130);
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(300);

    const [first, second] = bed.of("choice");
    assert.equal(first?.chosen.length, 2, "the idle ones alone at first");
    assert.equal(second?.chosen.length, 3);
    assert.equal(gone(bed).length, 5);
  });

  it("in each zone by itself, so that the zones stay balanced", async () => {
    const zones = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"];
    bed = await TestBed.open(withoutDrain({ ...byCheck, args: { ...byCheck.args, subnetIds: zones } }));
    bed.simulator.autoScaling.populate(bed.group, 12);
    const all = [...bed.group.instances.values()];
    // Everything in one zone is busy but one, and nothing in the others is.
    for (const one of all.filter(({ zone }) => zone.endsWith("a")).slice(1)) busy.add(one.id);
    await bed.pass(130);
    bed.simulator.autoScaling.setDesired(bed.group, 9);
    await bed.pass(300);

    const left = [...bed.group.instances.values()].filter(({ state }) => state === "InService");
    const counts = ["a", "b", "c"].map((one) => left.filter(({ zone }) => zone.endsWith(one)).length);
    assert.deepEqual(counts, [3, 3, 3]);
    assert.equal(gone(bed).filter((id) => busy.has(id)).length, 0);
  });

  it("though the stop script of a busy instance waits as without a policy", async () => {
    bed = await TestBed.open(withoutDrain({ ...byCallback, scriptSeconds: 5 }));
    bed.simulator.autoScaling.populate(bed.group, 4);
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await bed.pass(900);

    assert.equal(gone(bed).length, 4);
    const started = new Map(
      bed.of("script").flatMap(({ at, instance, phase }) => (phase === "started" ? [[instance, at]] : [])),
    );
    const waited = bed
      .of("action")
      .filter(({ phase }) => phase === "waiting")
      .map(({ at, instance }) => ({ id: instance, seconds: ((started.get(instance) ?? 0) - at) / 1000 }));
    for (const { id, seconds } of waited)
      assert.ok(/[0-5]$/.test(id) ? seconds >= 240 : seconds < 120, `${id} ${seconds}`);
  });

  it("of groups that share a handler, by the same policy", async () => {
    bed = await TestBed.open(
      withoutDrain({
        ...byCheck,
        program: () => {
          const handler = new LifecycleHandler("shared", { prefer: "idle" });
          new GracefulAutoScalingGroup("web", groupArgs({ ...byCheck.args, minSize: 0, handler }));
          new GracefulAutoScalingGroup("jobs", groupArgs({ ...byCheck.args, minSize: 0, handler }));
        },
      }),
    );
    const groups = [...bed.simulator.autoScaling.groups.values()];
    for (const group of groups) {
      bed.simulator.autoScaling.populate(group, 6);
      for (const id of [...group.instances.keys()].slice(0, 3)) busy.add(id);
    }
    await bed.pass(130);
    for (const group of groups) bed.simulator.autoScaling.setDesired(group, 3);
    await bed.pass(700);

    assert.equal(groups.length, 2);
    assert.equal(gone(bed).length, 6);
    assert.equal(gone(bed).filter((id) => busy.has(id)).length, 0);
  });
});
