import assert from "node:assert/strict";
import type { Occurrence } from "../../rehearsal/box";
import { allOf, sweepsOf } from "../../rehearsal/chaos/oracle/sweeps";

type Invocation = Extract<Occurrence, { kind: "invocation" }>;

describe("the sweeps of a run, as the check of promises sees them", () => {
  it("has one sweep a minute, and keeps the others of the minute beside it", () => {
    const failed = [
      ...invocation(1, "a", 1_000, 1_400, "failed"),
      ...invocation(2, "b", 1_500, 1_900, "ended"),
    ];
    const later = invocation(3, "b", 61_000, 61_300, "ended");

    const sweeps = sweepsOf({
      began: 0,
      end: 120_000,
      occurrences: [tick(1_000), ...failed, tick(61_000), ...later],
    });

    assert.deepEqual(
      sweeps.map(({ from, isClean }) => ({ from, isClean })),
      [
        { from: 1_500, isClean: true },
        { from: 61_000, isClean: true },
      ],
    );
    assert.deepEqual(
      allOf(sweeps).map(({ from, isClean, isCold }) => ({ from, isClean, isCold })),
      [
        { from: 1_500, isClean: true, isCold: true },
        { from: 1_000, isClean: false, isCold: true },
        { from: 61_000, isClean: true, isCold: false },
      ],
    );
  });

  it("takes a sweep that is not there, though nothing stopped it, for a clean one", () => {
    const sweeps = sweepsOf({ began: 0, end: 60_000, occurrences: [tick(1_000)] });

    assert.deepEqual(
      sweeps.map(({ isClean, calls }) => ({ isClean, calls })),
      [{ isClean: true, calls: [] }],
    );
  });
});

function tick(at: number): Occurrence {
  return {
    at,
    kind: "message",
    channel: "eventbridge",
    what: "Scheduled Event",
    instance: undefined,
    fate: "delivered",
  };
}

function invocation(
  id: number,
  environment: string,
  from: number,
  to: number,
  phase: Invocation["phase"],
): Occurrence[] {
  const common = {
    kind: "invocation",
    function: "handler",
    id,
    environment,
    trigger: "Scheduled Event",
  } as const;
  return [
    { ...common, at: from, phase: "started", cold: id < 3 },
    { ...common, at: to, phase, billed: to - from },
  ];
}
