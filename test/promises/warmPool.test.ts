import assert from "node:assert/strict";
import type { GracefulAutoScalingGroupArgs } from "../../components";
import { deleteWarmPool, fillWarmPool } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

describe("a group with a warm pool", () => {
  let bed: TestBed;
  afterEach(() => bed.close());

  const open = async (
    warmPool: GracefulAutoScalingGroupArgs["warmPool"],
    { args, ...setting }: Setting = {},
  ) => {
    bed = await TestBed.open(
      withoutDrain({
        scriptSeconds: 20,
        args: {
          launch: { script: "ready", timeout: 60 },
          targetGroup: { port: 8080, deregistrationDelay: 0 },
          maxSize: 2,
          ...(warmPool ? { warmPool } : {}),
          ...args,
        },
        ...setting,
      }),
    );
  };
  const scale = async (desired: number, seconds = 400) => {
    bed.simulator.autoScaling.setDesired(bed.group, desired);
    await bed.pass(seconds);
  };
  const states = () => [...bed.group.instances.values()].map(({ state }) => state).sort();
  /** What happened to each instance, scripts and states, in order. */
  const courseOf = (id: string | undefined) =>
    bed.simulator.events.flatMap((one) => {
      if (
        one.kind === "instance" &&
        one.instance === id &&
        /^(InService|started|stopped|ended)$/.test(one.state)
      )
        return [one.state];
      if (one.kind === "script" && one.instance === id && one.phase !== "joined")
        return [`${one.transition} script ${one.phase}`];
      return [];
    });
  const launched = ["launch script started", "launch script ended"];
  const stopped = ["terminate script started", "terminate script ended"];

  for (const transport of ["sns", "eventbridge"] as const) {
    it(`runs the launch script before the machine stops and before it serves, over ${transport}`, async () => {
      await open({ maxGroupPreparedCapacity: 1 }, { args: { transport } });
      await scale(0);
      assert.deepEqual(states(), ["Warmed:Stopped"]);
      const [id] = bed.group.instances.keys();
      await scale(1);

      assert.deepEqual(courseOf(id), [...launched, "stopped", "started", ...launched, "InService"]);
    });
  }

  it("runs the launch script only on the way into service where it is said so", async () => {
    await open({ maxGroupPreparedCapacity: 1, launchScript: "whenServing" });
    await scale(0);
    const [id] = bed.group.instances.keys();
    await scale(1);

    assert.deepEqual(courseOf(id), ["stopped", "started", ...launched, "InService"]);
  });

  it("runs the stop script before the machine of an instance stops that returns to the pool", async () => {
    await open({ maxGroupPreparedCapacity: 1, reuseOnScaleIn: true });
    await scale(1);
    const [id] = bed.group.instances.keys();
    await scale(0);
    await scale(1);

    assert.deepEqual(courseOf(id).slice(-10), [
      ...launched,
      "InService",
      ...stopped,
      "stopped",
      "started",
      ...launched,
      "InService",
    ]);
  });

  it("does the same where every event is lost: the sweep tells a return from a launch", async () => {
    await open(
      { maxGroupPreparedCapacity: 1, reuseOnScaleIn: true },
      {
        behaviour: (usual) =>
          Object.assign(Object.create(usual) as typeof usual, {
            deliveries: ({ what }: { readonly what: string }) => (what === "Scheduled Event" ? [500] : []),
          }),
      },
    );
    await scale(0, 900);
    const [id] = bed.group.instances.keys();
    await scale(1, 900);
    await scale(0, 900);
    await scale(1, 900);

    assert.deepEqual(courseOf(id), [
      ...launched,
      "stopped",
      "started",
      ...launched,
      "InService",
      ...stopped,
      "stopped",
      "started",
      ...launched,
      "InService",
    ]);
    assert.deepEqual(
      bed.of("action").flatMap(({ by, phase }) => (phase === "completed" ? [by] : [])),
      ["call", "call", "call", "call"],
    );
  });

  it("completes the termination of a stopped instance of the pool at once, without a command", async () => {
    await open({ maxGroupPreparedCapacity: 0 });
    fillWarmPool(bed.simulator.autoScaling, bed.group, 1);
    const [id] = bed.group.instances.keys();
    deleteWarmPool(bed.simulator.autoScaling, bed.group);
    await bed.pass(100);

    assert.deepEqual(states(), []);
    assert.deepEqual(bed.of("command"), []);
    assert.deepEqual(courseOf(id), ["stopped", "ended"]);
    assert.ok(!bed.calls().some((call) => call.startsWith("SendCommand")));
  });

  it("stops an application that runs in the pool, before the machine ends", async () => {
    await open({ maxGroupPreparedCapacity: 1, poolState: "Running" });
    await scale(0);
    const [id] = bed.group.instances.keys();
    deleteWarmPool(bed.simulator.autoScaling, bed.group);
    await bed.pass(200);

    assert.deepEqual(courseOf(id), [...launched, ...stopped, "ended"]);
  });

  it("replaces an instance whose launch script fails on the way into the pool", async () => {
    let fails = true;
    await open(
      { maxGroupPreparedCapacity: 1 },
      {
        behaviour: (usual) =>
          Object.assign(Object.create(usual) as typeof usual, {
            script: (...facts: Parameters<typeof usual.script>) => {
              const script = usual.script(...facts);
              return fails ? { ...script, exitCode: 1 } : script;
            },
          }),
      },
    );
    bed.simulator.autoScaling.setDesired(bed.group, 0);
    await bed.pass(60);
    const [first] = bed.group.instances.keys();
    await bed.pass(60);
    fails = false;
    await bed.pass(600);

    const [second] = bed.group.instances.keys();
    assert.notEqual(first, second);
    assert.deepEqual(states(), ["Warmed:Stopped"]);
    assert.ok(courseOf(first).includes("ended"));
  });

  it("keeps an instance whose stop script fails on its way back, where the policy retains", async () => {
    await open(
      { maxGroupPreparedCapacity: 1, reuseOnScaleIn: true },
      {
        args: { terminate: { script: "stop", timeout: 60, onFailure: "retain" } },
        behaviour: (usual) =>
          Object.assign(Object.create(usual) as typeof usual, {
            script: (facts: Parameters<typeof usual.script>[0]) => {
              const script = usual.script(facts);
              return facts.transition === "terminate" ? { ...script, exitCode: 1 } : script;
            },
          }),
      },
    );
    await scale(1);
    const [id] = bed.group.instances.keys();
    await scale(0);

    assert.equal(bed.group.instances.get(id ?? "")?.state, "Warmed:Pending:Retained");
  });

  it("costs two calls for a return, and one call a minute for the pool", async () => {
    await open({ maxGroupPreparedCapacity: 1, reuseOnScaleIn: true });
    await scale(1);
    const before = bed.calls().length;
    await scale(0);
    const calls = bed.calls().slice(before);
    const pools = calls.filter((call) => call === "DescribeWarmPool").length;

    assert.deepEqual(
      calls.filter((call) => call !== "DescribeWarmPool"),
      ["SendCommand", "CompleteLifecycleAction"],
    );
    assert.ok(pools >= 6 && pools <= 7, String(pools));
  });
});
