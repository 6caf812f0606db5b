import assert from "node:assert/strict";
import type { CallHappening, World } from "../../simulator";
import { narrate } from "../../cli/rehearsal/narrate";
import { drawPicture } from "../../cli/picture";
import { rehearse, type RehearsalSettings } from "../../cli/rehearsal/rehearsal";
import { readStack } from "../../stack";
import { summarize } from "../../cli/rehearsal/summary";
import { readProject } from "../../evaluate/project";
import { root } from "../support/deployment";

const settings = { instances: 20, scriptSeconds: 32, faults: [], group: undefined } as const;

/** With some of these seeds an event and a sweep complete the same action. */
const seeds = ["32", "33", "34", "35", "36", "37"];

describe("a rehearsal without faults", function () {
  this.timeout(60_000);

  let world: World;
  before(async () => {
    ({ world } = await readStack(readProject(root, "dev")));
  });

  for (const transition of ["terminate", "launch"] satisfies RehearsalSettings["transition"][]) {
    it(`raises no alarm (${transition})`, async () => {
      for (const seed of seeds) {
        const rehearsal = await rehearse(world, { ...settings, transition, seed });

        const bad = rehearsal.events.map(narrate).filter((line) => line?.tone === "bad");
        assert.deepEqual([seed, bad], [seed, []]);
        assert.deepEqual(summarize(rehearsal).alarms, []);
        assert.doesNotMatch(drawPicture(rehearsal), /class="refused"/);
      }
    });
  }
});

describe("the timeline", () => {
  it("shows a second completion quietly, and each other refused call in red", () => {
    const call: CallHappening = {
      kind: "call",
      service: "autoscaling",
      action: "CompleteLifecycleAction",
      caller: "handler",
      instances: ["i-1"],
      error: "ValidationError",
      message: "No active Lifecycle Action found with token 1",
    };
    const toneOf = (changes: Partial<CallHappening>) => narrate({ at: 0, ...call, ...changes })?.tone;

    assert.equal(toneOf({}), "quiet");
    assert.equal(toneOf({ message: "1 validation error detected" }), "bad");
    assert.equal(toneOf({ error: "AccessDenied" }), "bad");
    assert.equal(toneOf({ error: undefined, message: undefined }), undefined);
  });
});
