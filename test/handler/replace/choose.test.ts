import assert from "node:assert/strict";
import fc from "fast-check";
import type { Capacity } from "../../../handler/aws/capacity";
import { choose, type Due } from "../../../handler/replace/choose";

const hour = 3600_000;
const now = Date.UTC(2026, 0, 1);

const due = (instance: string, changes: Partial<Due> = {}): Due => ({
  instance,
  reason: "retirement",
  at: now + 300 * hour,
  ...changes,
});

function group(
  states: Readonly<Record<string, string>>,
  changes: Partial<Capacity> = {},
  guarded: readonly string[] = [],
) {
  const inService = Object.values(states).filter((state) => state === "InService").length;
  return {
    name: "web",
    instances: Object.entries(states).map(([id, lifecycleState]) => ({
      id,
      lifecycleState,
      isHealthy: true,
      isProtected: guarded.includes(id),
    })),
    hasUnreadPool: false,
    repeats: false,
    busy: undefined,
    revisions: [],
    capacity: {
      desired: inService,
      inService,
      suspended: [],
      rebalances: false,
      ...changes,
    },
  };
}

const two = { "i-1": "InService", "i-2": "InService" };
const chosen = (...given: Parameters<typeof choose>) => {
  const choice = choose(...given);
  return choice.kind === "replace" ? choice.due.instance : choice.kind;
};

describe("the choice of the instance to replace", () => {
  it("is the retirement with the earliest date, then the earliest recommendation, then the least id", () => {
    const later = due("i-2");
    assert.equal(chosen(group(two), [later, due("i-1", { at: later.at - 1 })], now), "i-1");
    assert.equal(chosen(group(two), [due("i-1", { reason: "rebalance", at: 0 }), later], now), "i-2");
    assert.equal(chosen(group(two), [later, due("i-1")], now), "i-1");
  });

  it("is nobody who is not in service", () => {
    for (const state of [
      "Standby",
      "Pending:Wait",
      "Terminating:Wait",
      "Terminating:Retained",
      "Warmed:Stopped",
    ])
      assert.equal(chosen(group({ ...two, "i-1": state }), [due("i-1")], now), "none", state);
    assert.equal(chosen(group(two), [due("i-3")], now), "none");
    assert.equal(chosen({ ...group(two), capacity: undefined }, [due("i-1")], now), "none");
  });

  it("waits while the group lacks capacity, or cannot launch or terminate", () => {
    assert.equal(chosen(group(two, { desired: 3 }), [due("i-1")], now), "wait");
    for (const process of ["Launch", "Terminate"])
      assert.equal(chosen(group(two, { suspended: [process] }), [due("i-1")], now), "wait");
    assert.equal(chosen(group(two, { suspended: ["AZRebalance"] }), [due("i-1")], now), "i-1");
    assert.equal(chosen(group(two, { desired: 1 }), [due("i-1")], now), "i-1");
  });

  it("says what it waits for", () => {
    assert.deepEqual(choose(group(two, { desired: 3 }), [due("i-1")], now), {
      kind: "wait",
      why: "2 of 3 are in service, and the group can spare none",
    });
    assert.deepEqual(choose(group(two, { suspended: ["Launch"] }), [due("i-1")], now), {
      kind: "wait",
      why: "the process Launch of the group is suspended",
    });
  });

  it("leaves recommendations to a group that rebalances itself, but no retirement", () => {
    const rebalances = group(two, { rebalances: true });
    assert.equal(chosen(rebalances, [due("i-1", { reason: "rebalance" })], now), "none");
    assert.equal(chosen(rebalances, [due("i-1")], now), "i-1");
  });

  it("leaves a protected instance in service until three days before its retirement", () => {
    const guarded = group(two, {}, ["i-1"]);
    assert.equal(chosen(guarded, [due("i-1", { at: now + 72 * hour + 1 })], now), "none");
    assert.equal(chosen(guarded, [due("i-1", { at: now + 72 * hour })], now), "i-1");
    assert.equal(chosen(guarded, [due("i-1", { at: now, reason: "rebalance" })], now), "none");
    assert.equal(chosen(guarded, [due("i-1", { at: now + 80 * hour }), due("i-2")], now), "i-2");
  });

  it("is the same in whatever order EC2 lists the instances", () => {
    const dues = fc.uniqueArray(
      fc.record({
        instance: fc.constantFrom("i-1", "i-2", "i-3", "i-4"),
        reason: fc.constantFrom("retirement", "rebalance" as const),
        at: fc.integer({ min: now, max: now + 2 }),
      }),
      { selector: ({ instance }) => instance },
    );
    const states = { ...two, "i-3": "InService", "i-4": "InService" };
    fc.assert(
      fc.property(dues, (all) => {
        assert.equal(chosen(group(states), all, now), chosen(group(states), [...all].reverse(), now));
      }),
    );
  });
});
