import assert from "node:assert/strict";
import { changed, isCommand, isHook, withDeliveries } from "../../simulator";
import { bed, completedAfter, open, starts, takes } from "./outcomes";

const values = (name: string) => bed.of("metric").flatMap((one) => (one.name === name ? [one.value] : []));
const only = (name: string) => {
  const found = values(name);
  assert.equal(found.length, 1, name);
  return found[0] ?? NaN;
};
/** Events of AWS have whole seconds. */
const isAbout = (value: number, expected: number) => {
  assert.ok(Math.abs(value - expected) <= 1, `${value} is not about ${expected}`);
};

describe("the metrics of the handler", function () {
  this.timeout(120_000);
  afterEach(() => bed.close());

  it("tell how long an instance has waited, how long its command took, and how late the completion was", async () => {
    await open({ scriptSeconds: 10, seed: "3" });
    await bed.scaleIn(1);
    await bed.pass(30);

    isAbout(only("WaitTime"), completedAfter());
    const [start] = bed.of("command").filter(({ status }) => status === "Pending");
    const [end] = bed.of("command").filter(({ status }) => status === "Success");
    const [completed] = bed.of("action").filter(({ phase }) => phase === "completed");
    assert.ok(start && end && completed);
    isAbout(only("CommandTime"), (end.at - start.at) / 1000);
    isAbout(only("CompletionLag"), (completed.at - end.at) / 1000);
    for (const { dimensions, name, namespace, unit } of bed.of("metric")) {
      assert.equal(namespace, `GracefulAsg/${bed.world.functions[0]?.name ?? ""}`);
      assert.equal(unit, name === "Completions" ? "Count" : "Seconds");
      assert.deepEqual(dimensions, {
        AutoScalingGroupName: bed.group.settings.name,
        Transition: "terminate",
        ...(name === "Completions" ? { Outcome: "succeeded" } : {}),
      });
    }
    assert.deepEqual(bed.calls(), ["SendCommand", "CompleteLifecycleAction"]);
  });

  it("count each completion once, by outcome", async () => {
    await open({ behaviour: (usual) => takes(usual, 10, 1) });
    await bed.scaleIn(3);
    await bed.pass(200);

    const counted = bed.of("metric").filter(({ name }) => name === "Completions");
    assert.deepEqual(
      counted.map(({ dimensions, value }) => [dimensions["Outcome"], value]),
      Array(3).fill(["failed", 1]),
    );
  });

  it("tell of a launch by its own transition", async () => {
    await open({
      args: { launch: { script: "warm-up", timeout: 60 }, minSize: 0 },
      behaviour: (usual) => takes(usual, 10),
    });
    bed.simulator.autoScaling.setDesired(bed.group, 1);
    await bed.pass(400);

    assert.equal(starts().length, 1);
    const [wait] = bed.of("metric").filter(({ name }) => name === "WaitTime");
    assert.equal(wait?.dimensions["Transition"], "launch");
    isAbout(only("WaitTime"), completedAfter());
  });

  it("tell of the wait though the end of the command was lost, and leave out when that was", async () => {
    await open({ behaviour: (usual) => withDeliveries(takes(usual, 10), isCommand, () => []) });
    await bed.scaleIn(1);
    await bed.pass(200);

    isAbout(only("WaitTime"), completedAfter());
    assert.deepEqual([values("CommandTime"), values("CompletionLag")], [[], []]);
  });

  it("tell of the wait by the scaling activity where the event of the hook was lost", async () => {
    await open({ behaviour: (usual) => withDeliveries(takes(usual, 10), isHook, () => []) });
    await bed.scaleIn(2);
    await bed.pass(200);

    assert.equal(values("Completions").length, 2);
    assert.equal(values("WaitTime").length, 2);
    for (const value of values("WaitTime")) isAbout(value, completedAfter());
  });

  it("of commands of several instances tell nothing about the time of one instance", async () => {
    await open({
      behaviour: (usual) =>
        changed(
          withDeliveries(usual, isHook, () => []),
          {
            script: ({ instance }) => ({
              takes: instance === [...bed.group.instances.keys()][0] ? 5_000 : 40_000,
              exitCode: 0,
              heedsTerm: true,
            }),
          },
        ),
    });
    await bed.scaleIn(2);
    await bed.pass(300);

    assert.equal(values("Completions").length, 2);
    assert.deepEqual([values("CommandTime"), values("CompletionLag")], [[], []]);
  });
});
