import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { Random, NormalBehaviour, combine, faults, isFault, rehearsable } from "../../simulator";
import { root } from "../support/deployment";

const names = Object.keys(faults).filter(isFault);
const message = { channel: "sns", what: "hook", id: "1", elapsed: 0 } as const;

describe("the registry of faults", () => {
  for (const name of names)
    it(`has ${name} for rehearsals, for chaos, or for both, with something that it changes`, () => {
      const { behaviour, meanwhile, share = 0, simulates, world } = faults[name];

      assert.match(name, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(share > 0 || simulates !== undefined);
      assert.ok(share <= 100);
      assert.ok([behaviour, meanwhile, world].some((change) => change !== undefined));
    });

  it("plays a fault for every message in a rehearsal, and for some messages in chaos", () => {
    const usual = new NormalBehaviour(new Random("1"), { scriptSeconds: { launch: 1, terminate: 1 } });
    const arrivals = (mode: "rehearsal" | "chaos") => {
      const { behaviour } = combine(["lost-hook-event"], mode, "1");
      const so = behaviour(usual);
      return Array.from({ length: 200 }, (_, id) => so.deliveries({ ...message, id: `${id}` }).length);
    };

    assert.deepEqual([...new Set(arrivals("rehearsal"))], [0]);
    assert.deepEqual([...new Set(arrivals("chaos"))].sort(), [0, 1]);
  });

  it("combines faults so that each fault changes the behaviour that the other faults have left", () => {
    const usual = new NormalBehaviour(new Random("1"), { scriptSeconds: { launch: 1, terminate: 1 } });
    const so = combine(
      ["repeated-hook-event", "late-hook-event", "script-fails"],
      "rehearsal",
      "1",
    ).behaviour(usual);
    const script = so.script({ instance: "i-1", transition: "terminate", run: 1 });

    assert.equal(so.deliveries(message).length, 1);
    assert.ok((so.deliveries(message)[0] ?? 0) > 180_000);
    assert.equal(script.exitCode, 1);
  });

  it("has as many faults for chaos as the page of the promises says", () => {
    const drawn = names.filter((name) => (faults[name].share ?? 0) > 0);
    const page = readFileSync(path.join(root, "docs/promises.md"), "utf8");

    assert.match(page, new RegExp(`\\b${drawn.length}\\s+faults`));
    assert.ok(rehearsable.length > 50);
  });
});
