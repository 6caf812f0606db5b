import assert from "node:assert/strict";
import fc from "fast-check";
import { takesTurns, turnsOf, type Candidate } from "../../handler/sweep/turns";
import { instructionsFor } from "../support/payloads";

const candidate: fc.Arbitrary<Candidate> = fc.record({
  instance: fc.stringMatching(/^i-[0-9a-f]{8}$/),
  hasBegun: fc.boolean(),
  // Few instants, so that many instances are chosen at the same one.
  chosenAt: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});
const candidates = fc.uniqueArray(candidate, { selector: ({ instance }) => instance, maxLength: 12 });
const maxConcurrent = fc.integer({ min: 1, max: 5 });

describe("turnsOf", () => {
  const chosen = (instance: string, chosenAt?: number, hasBegun = false): Candidate => ({
    instance,
    hasBegun,
    chosenAt,
  });

  it("goes by the choice, then by the id", () => {
    const all = [chosen("i-3", 10), chosen("i-2", 20), chosen("i-1", 20)];

    assert.deepEqual([...turnsOf(all, 1)], ["i-3"]);
    assert.deepEqual([...turnsOf(all, 2)], ["i-3", "i-1"]);
  });

  it("puts an instance whose turn has begun before all others", () => {
    assert.deepEqual([...turnsOf([chosen("i-1", 10), chosen("i-2", 20, true)], 1)], ["i-2"]);
  });

  it("puts an instance whose turn has begun before one that may have been chosen before", () => {
    assert.deepEqual([...turnsOf([chosen("i-1"), chosen("i-2", 20, true)], 1)], ["i-2"]);
  });

  it("lets nobody pass an instance that may have been chosen before", () => {
    assert.deepEqual([...turnsOf([chosen("i-1", 10), chosen("i-2")], 1)], ["i-2"]);
  });

  it("gives no more turns than may be at once, and no fewer than there are candidates for", () => {
    fc.assert(
      fc.property(candidates, maxConcurrent, (all, most) => {
        assert.equal(turnsOf(all, most).size, Math.min(all.length, most));
      }),
    );
  });

  it("says the same in whatever order AWS lists the instances", () => {
    const shuffled = candidates.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, maxConcurrent, ([all, other], most) => {
        assert.deepEqual([...turnsOf(all, most)].sort(), [...turnsOf(other, most)].sort());
      }),
    );
  });

  it("takes no turn back: when commands become visible, later instances are chosen or others have stopped", () => {
    fc.assert(
      fc.property(candidates, maxConcurrent, fc.array(fc.nat(), { maxLength: 6 }), (all, most, picks) => {
        const known = all.filter(({ chosenAt, hasBegun }) => chosenAt !== undefined && !hasBegun);
        const turns = turnsOf(known, most);
        // Some of those whose turn it was have begun, which only some invocations see; others have stopped.
        const gone = new Set(picks.map((pick) => known[pick % Math.max(1, known.length)]?.instance));
        const later = known.flatMap((one, index) => {
          if (gone.has(one.instance)) return [];
          return [{ ...one, hasBegun: turns.has(one.instance) && picks.includes(index) }];
        });
        const chosenLater = { instance: "i-00000000", hasBegun: false, chosenAt: 5 };
        const then = turnsOf([...later, chosenLater], most);
        for (const one of turns) assert.ok(gone.has(one) || then.has(one), one);
      }),
    );
  });
});

describe("takesTurns", () => {
  it("holds for the stop scripts of a group that asks for it, and for nothing else", () => {
    const drain = { maxConcurrent: 1, maxWait: 900 };
    const hook = (transition: "launch" | "terminate", turns: { readonly drain?: typeof drain }) =>
      takesTurns({
        group: "web",
        name: "hook",
        transition,
        heartbeatTimeout: 450,
        instructions: instructionsFor(transition, turns),
      });

    assert.deepEqual(
      [hook("terminate", { drain }), hook("terminate", {}), hook("launch", { drain })],
      [true, false, false],
    );
  });
});
