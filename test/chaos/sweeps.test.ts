import assert from "node:assert/strict";
import type { SimulationEvent } from "../../simulator";
import { allOf, sweepsOf } from "./checker/sweeps";

type Invocation = Extract<SimulationEvent, { kind: "invocation" }>;

describe("the checker's list of sweeps", () => {
  it("has one sweep a minute, and keeps other sweeps of the minute beside it", () => {
    const failed = [
      ...invocation(1, "a", 1_000, 1_400, "failed"),
      ...invocation(2, "b", 1_500, 1_900, "ended"),
    ];
    const later = [
      ...invocation(3, "b", 61_000, 61_300, "ended"),
      ...invocation(4, "a", 121_000, 121_300, "ended"),
    ];

    const sweeps = sweepsOf({
      began: 0,
      end: 180_000,
      events: [tick(1_000), ...failed, tick(61_000), tick(121_000), ...later],
    });

    assert.deepEqual(
      sweeps.map(({ from, isClean }) => ({ from, isClean })),
      [
        { from: 1_500, isClean: true },
        { from: 61_000, isClean: true },
        { from: 121_000, isClean: true },
      ],
    );
    assert.deepEqual(
      allOf(sweeps).map(({ from, isClean, isForgetful }) => ({ from, isClean, isForgetful })),
      [
        { from: 1_500, isClean: true, isForgetful: true },
        { from: 1_000, isClean: false, isForgetful: true },
        { from: 61_000, isClean: true, isForgetful: false },
        { from: 121_000, isClean: true, isForgetful: true },
      ],
    );
  });

  it("counts a sweep that is missing, though nothing stopped it, as clean", () => {
    const sweeps = sweepsOf({ began: 0, end: 60_000, events: [tick(1_000)] });

    assert.deepEqual(
      sweeps.map(({ isClean, calls }) => ({ isClean, calls })),
      [{ isClean: true, calls: [] }],
    );
  });

  it("calls a sweep disturbed whose read was given up, though another read of the same kind succeeds later", () => {
    const isClean = (...errors: (string | undefined)[]) => {
      const [start, end] = invocation(1, "a", 1_000, 20_000, "ended");
      assert.ok(start && end);
      const calls = errors.map((error, index) => call(1_100 + index, "a", error));
      return sweepsOf({ began: 0, end: 60_000, events: [tick(1_000), start, ...calls, end] })[0]?.isClean;
    };

    assert.equal(isClean("InternalFailure", "InternalFailure", undefined), true);
    assert.equal(isClean("NoAnswer", undefined), true);
    assert.equal(isClean("InternalFailure", "NoAnswer", undefined), false);
    assert.equal(isClean("NoAnswer", "InternalFailure", undefined), false);
  });
});

function tick(at: number): SimulationEvent {
  return {
    at,
    kind: "message",
    channel: "eventbridge",
    what: "Scheduled Event",
    instance: undefined,
    fate: "delivered",
  };
}

function call(at: number, caller: string, error: string | undefined): SimulationEvent {
  const what = { service: "SSM", action: "ListCommandInvocations", instances: [] };
  return { at, kind: "call", caller, ...what, error, message: undefined };
}

function invocation(
  id: number,
  environment: string,
  from: number,
  to: number,
  phase: Invocation["phase"],
): SimulationEvent[] {
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
