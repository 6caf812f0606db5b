import assert from "node:assert/strict";
import type { Said } from "../../../handler/busy/answer";
import { protectionChanges } from "../../../handler/busy/protection";

describe("the protection of instances from scale-in", () => {
  const instance = (id: string, isProtected: boolean) => ({
    id,
    lifecycleState: "InService",
    isHealthy: true,
    isProtected,
  });
  const changesFor = (isProtected: boolean, answer: Said["answer"] | undefined) =>
    protectionChanges(
      [instance("i-1", isProtected)],
      new Map<string, Said>(answer === undefined ? [] : [["i-1", { answer, askedAt: 1 }]]),
    );
  const none = { protect: [], release: [] };

  it("is set where the instance says that it is busy", () => {
    assert.deepEqual(changesFor(false, "busy"), { protect: ["i-1"], release: [] });
    assert.deepEqual(changesFor(true, "busy"), none);
  });

  it("is removed where the instance says that it is idle", () => {
    assert.deepEqual(changesFor(true, "idle"), { protect: [], release: ["i-1"] });
    assert.deepEqual(changesFor(false, "idle"), none);
  });

  it("is removed where the instance says nothing", () => {
    assert.deepEqual(changesFor(true, undefined), { protect: [], release: ["i-1"] });
    assert.deepEqual(changesFor(false, undefined), none);
  });
});
