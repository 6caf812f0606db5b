import assert from "node:assert/strict";
import { ReplaceOn } from "../../../contract";
import { onRebalance, onRetirement } from "../../../handler/replace";
import { ids } from "../../support/payloads";
import { groupOf, markOf, now, replaceWorld } from "./replaceWorld";

const groups = `groups of ${ids.handler}`;
const retirement = (...instances: string[]) => ({ kind: "retirement", instances }) as const;
const rebalance = (instance: string) => ({ kind: "rebalance", instance }) as const;

describe("the handler, after the announcement of a retirement", () => {
  it("asks EC2 at once, and looks at the group of the instance only", async () => {
    const { calls, context } = replaceWorld({
      groups: [groupOf("web", ["i-1", "i-2"]), groupOf("api", ["i-3", "i-4"])],
      retirements: { "i-1": now, "i-3": now },
      marks: { "i-4": markOf("api", "i-4") },
    });
    context.memory.retirementsReadAt = now;
    await onRetirement(context, retirement("i-1"));

    assert.deepEqual(calls, [groups, "retirements", "hooks of web", "replace i-1"]);
  });

  it("does nothing where it is not told to replace at a retirement", async () => {
    const { calls, context, lines } = replaceWorld({ replaceOn: [ReplaceOn.Rebalance] });
    await onRetirement(context, retirement("i-1"));

    assert.deepEqual(calls, []);
    assert.deepEqual(lines, [
      { level: "info", message: "ignored: this handler replaces no instance at a retirement" },
    ]);
  });

  it("asks EC2 nothing about an instance of no group", async () => {
    const { calls, context, lines } = replaceWorld({ groups: [groupOf("web", ["i-1"])] });
    await onRetirement(context, retirement("i-2"));

    assert.deepEqual(calls, [groups]);
    assert.deepEqual(lines, [
      { level: "info", message: "ignored: the retirement is of no instance of this handler's groups" },
    ]);
  });
});

describe("the handler, after the recommendation to rebalance", () => {
  it("marks the instance for the sweeps", async () => {
    const { calls, context, lines } = replaceWorld({
      groups: [groupOf("api", ["i-3"]), groupOf("web", ["i-1", "i-2"])],
    });
    await onRebalance(context, rebalance("i-2"));

    assert.deepEqual(calls, [groups, `mark i-2 ${markOf("web", "i-2")}`]);
    assert.deepEqual(lines, [
      {
        level: "info",
        message: "EC2 recommends to rebalance: marked for a sweep",
        group: "web",
        instance: "i-2",
      },
    ]);
  });

  it("marks an instance of a group whose capacity was not read", async () => {
    const { calls, context } = replaceWorld({
      groups: [{ ...groupOf("web", ["i-1"]), capacity: undefined }],
    });
    await onRebalance(context, rebalance("i-1"));

    assert.deepEqual(calls, [groups, `mark i-1 ${markOf("web", "i-1")}`]);
  });

  it("does nothing where it is not told to replace at a recommendation", async () => {
    const { calls, context, lines } = replaceWorld({ replaceOn: [ReplaceOn.Retirement] });
    await onRebalance(context, rebalance("i-1"));

    assert.deepEqual(calls, []);
    assert.deepEqual(lines, [
      { level: "info", message: "ignored: this handler replaces no instance at a rebalance" },
    ]);
  });

  it("marks no instance of another group", async () => {
    const { calls, context, lines } = replaceWorld({ groups: [groupOf("web", ["i-1"])] });
    await onRebalance(context, rebalance("i-2"));

    assert.deepEqual(calls, [groups]);
    assert.deepEqual(lines, [
      {
        level: "info",
        message: "ignored: the Spot instance is in no group of this handler",
        instance: "i-2",
      },
    ]);
  });

  it("marks no instance that Auto Scaling itself replaces", async () => {
    const { calls, context, lines } = replaceWorld({
      groups: [groupOf("web", ["i-1"], { rebalances: true })],
    });
    await onRebalance(context, rebalance("i-1"));

    assert.deepEqual(calls, [groups]);
    assert.deepEqual(lines, [
      {
        level: "info",
        message: "ignored: Auto Scaling itself replaces the instance",
        group: "web",
        instance: "i-1",
      },
    ]);
  });
});
