import assert from "node:assert/strict";
import { changed, type Behaviour } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

/** Ids of the instances that are busy; a test changes it as time passes. */
const busy = new Set<string>();
/** Ids of the instances whose check says nothing. */
const silent = new Set<string>();

const asTheSetsSay = (usual: Behaviour) =>
  changed(usual, {
    busyCheck: ({ instance }) => ({
      exitCode: silent.has(instance) ? 3 : busy.has(instance) ? 0 : 1,
      takes: 20,
    }),
  });

const byCheck: Setting = {
  args: { protectWhileBusy: true, busyCheck: "pgrep worker" },
  behaviour: asTheSetsSay,
};

/** Two sweeps, ms, and the moment that an answer takes. */
const twoSweeps = 125_000;

describe("a busy instance is protected from scale-in", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(async () => {
    busy.clear();
    silent.clear();
    await bed.close();
  });

  const populate = (count: number) => {
    bed.simulator.autoScaling.populate(bed.group, count);
    return [...bed.group.instances.keys()];
  };
  const isProtected = (id: string) => bed.group.instances.get(id)?.isProtected;
  const gone = () =>
    bed.of("instance").flatMap(({ instance, state }) => (state === "Terminating" ? [instance] : []));

  it("within two sweeps, and no longer than two sweeps after its work", async () => {
    bed = await TestBed.open(withoutDrain(byCheck));
    const [worker = "", idler = ""] = populate(2);
    await bed.pass(100);
    assert.equal(isProtected(worker), false);
    busy.add(worker);
    await bed.pass(twoSweeps / 1000);
    assert.equal(isProtected(worker), true);
    assert.equal(isProtected(idler), false);
    busy.clear();
    await bed.pass(twoSweeps / 1000);
    assert.equal(isProtected(worker), false);
  });

  it("and leaves when its work is done, where too many instances were busy to scale in", async () => {
    bed = await TestBed.open(withoutDrain(byCheck));
    const all = populate(3);
    for (const id of all) busy.add(id);
    await bed.pass(130);
    bed.simulator.autoScaling.setDesired(bed.group, 2);
    await bed.pass(300);
    assert.deepEqual(gone(), []);
    busy.delete(all[1] ?? "");
    await bed.pass(twoSweeps / 1000 + 60);

    assert.deepEqual(gone(), [all[1]]);
  });

  it("for ten minutes where it says nothing any more, and not for ever", async () => {
    bed = await TestBed.open(withoutDrain(byCheck));
    const [worker = ""] = populate(1);
    busy.add(worker);
    await bed.pass(130);
    assert.equal(isProtected(worker), true);
    silent.add(worker);
    await bed.pass(420);
    assert.equal(isProtected(worker), true);
    await bed.pass(300);
    assert.equal(isProtected(worker), false);
  });

  it("by a callback too, and a callback that fails changes nothing for ten minutes", async () => {
    bed = await TestBed.open(
      withoutDrain({
        args: {
          protectWhileBusy: true,
          // Busy for the first five minutes of an hour; it fails from the tenth minute on.
          isBusy: () => {
            const minutes = new Date().getUTCMinutes();
            if (minutes >= 10 && minutes < 50) return Promise.reject(new Error("no answer"));
            return Promise.resolve(minutes < 5 || minutes >= 9);
          },
          terminate: { script: "stop", timeout: 60, sessions: { maxWait: 60 } },
        },
      }),
    );
    const [worker = ""] = populate(1);
    await bed.pass(65);
    assert.equal(isProtected(worker), true);
    await bed.pass(5 * 60);
    assert.equal(isProtected(worker), false);
    await bed.pass(4 * 60);
    assert.equal(isProtected(worker), true, "at ten past");
    await bed.pass(5 * 60);
    assert.equal(isProtected(worker), true);
    await bed.pass(6 * 60);
    assert.equal(isProtected(worker), false);
  });

  it("in batches of 50: one check and one protection for each 50 instances", async () => {
    bed = await TestBed.open(withoutDrain({ ...byCheck, args: { ...byCheck.args, maxSize: 200 } }));
    for (const id of populate(120)) busy.add(id);
    await bed.pass(59);
    const before = bed.of("call").length;
    await bed.pass(60);
    const calls = bed
      .of("call")
      .slice(before)
      .map(({ action }) => action);
    const count = (action: string) => calls.filter((one) => one === action).length;

    assert.equal(count("SendCommand"), 3);
    assert.equal(count("SetInstanceProtection"), 3);
    assert.equal(count("ListCommandInvocations"), 3);
    assert.equal(count("ListCommands"), 1);
    assert.equal(bed.of("call").filter(({ error }) => error !== undefined).length, 0);
  });

  it("and costs nothing where no instance is in service", async () => {
    bed = await TestBed.open(withoutDrain(byCheck));
    await bed.pass(180);

    assert.deepEqual(bed.calls(), []);
  });

  it("and the other instances go on being asked where the agent of one is away", async () => {
    bed = await TestBed.open(
      withoutDrain({
        ...byCheck,
        behaviour: (usual) =>
          changed(asTheSetsSay(usual), {
            instance: (facts) => ({
              ...usual.instance(facts),
              ...(facts.index === 1 ? { agentStart: Infinity } : {}),
            }),
          }),
      }),
    );
    const [, worker = ""] = populate(3);
    busy.add(worker);
    await bed.pass(130);

    assert.equal(isProtected(worker), true);
  });
});
