import assert from "node:assert/strict";
import { because, decideFresh } from "../../../handler/decide";
import { instructionsFor } from "../../support/payloads";
import { at } from "./situations";

describe("decide, about an action whose event has just come", () => {
  it("sends the document, replaces no command and extends nothing", () => {
    const decision = decideFresh({
      kind: "fresh",
      transition: "terminate",
      instructions: instructionsFor("terminate"),
      isPoolOnly: false,
      hasProbe: false,
      since: at(0),
      now: at(1),
    });

    assert.deepEqual(decision, {
      kind: "run",
      reason: because("notStarted"),
      replaces: undefined,
      extend: false,
    });
  });
});
