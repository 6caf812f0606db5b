import assert from "node:assert/strict";
import type { Candidate } from "../../../handler/termination/request";
import { inOrderOfChance, Tally } from "../../../handler/termination/tally";
import { idsOf, scaleIn } from "./policyWorld";

const candidate = (zone: string | undefined): Candidate => ({ id: `i-${zone}`, zone, market: undefined });

describe("the tally of idle instances", () => {
  const tallyOf = (capacities: Readonly<Record<string, number>>) =>
    new Tally({
      ...scaleIn(1, 0),
      shares: Object.entries(capacities).map(([zone, capacity]) => ({ zone, market: undefined, capacity })),
    });

  it("lacks at first as many as have to go", () => {
    assert.equal(tallyOf({ a: 2, b: 3 }).lacking, 5);
  });

  it("counts an idle instance in its own share", () => {
    const tally = tallyOf({ a: 2, b: 3 });
    tally.noteIdle(candidate("a"));

    assert.equal(tally.lacking, 4);
  });

  it("does not make up for one share with too many idle instances of another", () => {
    const tally = tallyOf({ a: 1, b: 3 });
    for (let times = 0; times < 3; times += 1) tally.noteIdle(candidate("a"));

    assert.equal(tally.lacking, 3);
  });

  it("wants instances of a share until the share has enough", () => {
    const tally = tallyOf({ a: 1, b: 1 });
    assert.deepEqual(
      ["a", "b", "c"].map(candidate).map((one) => tally.isWanted(one)),
      [true, true, false],
    );
    tally.noteIdle(candidate("a"));
    assert.deepEqual(
      ["a", "b", "c"].map(candidate).map((one) => tally.isWanted(one)),
      [false, true, false],
    );
  });

  it("wants an instance that counts for two shares as long as one of them lacks any", () => {
    const tally = tallyOf({ a: 1, b: 1 });
    tally.noteIdle(candidate("a"));

    assert.equal(tally.isWanted(candidate(undefined)), true);
  });
});

describe("the order of chance", () => {
  const order = (...draws: readonly number[]) => {
    const rest = [...draws];
    return inOrderOfChance(scaleIn(1, draws.length).candidates, () => rest.shift() ?? 0).map(({ id }) => id);
  };

  it("gives each candidate any place up to its own, in exchange for the last place", () => {
    assert.deepEqual(order(0.99, 0.99, 0.99, 0.99), ["i-0", "i-1", "i-2", "i-3"]);
    assert.deepEqual(order(0, 0, 0, 0), ["i-3", "i-0", "i-1", "i-2"]);
    assert.deepEqual(order(0.5, 0.5, 0.5, 0.5), ["i-0", "i-2", "i-3", "i-1"]);
  });

  it("leaves the candidates themselves as they are", () => {
    const { candidates } = scaleIn(1, 3);
    inOrderOfChance(candidates, () => 0);

    assert.deepEqual(
      candidates.map(({ id }) => id),
      idsOf(3),
    );
  });
});
