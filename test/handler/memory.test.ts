import assert from "node:assert/strict";
import { createMemory, forgetAnswers, forgetOthers, placeOf, recall } from "../../handler/memory";

describe("the memory of actions", () => {
  it("keeps the actions of instances that wait and forgets all other actions, whatever the names of groups", () => {
    for (const group of ["web", "web of the shop", " "]) {
      const memory = createMemory();
      const [stays, goes] = ["i-1", "i-2"].map((instance) => ({
        group,
        hook: "graceful-terminate-sns",
        instance,
      }));
      assert.ok(stays && goes);
      const [kept, forgotten] = [recall(memory, stays), recall(memory, goes)];
      forgetOthers(memory, new Set([placeOf(stays)]));

      assert.equal(recall(memory, stays), kept);
      assert.notEqual(recall(memory, goes), forgotten);
    }
  });

  it("tells hooks and groups of an instance apart", () => {
    const memory = createMemory();
    const one = { group: "web", hook: "graceful-terminate-sns", instance: "i-1" };
    const all = [one, { ...one, hook: "graceful-launch-sns" }, { ...one, group: "shop" }];

    assert.equal(new Set(all.map((key) => recall(memory, key))).size, 3);
  });
});

describe("the memory of answers", () => {
  it("forgets the answers before an instant", () => {
    const memory = createMemory();
    for (const askedAt of [1, 2, 3]) memory.busy.set(`web i-${askedAt}`, { answer: "busy", askedAt });
    forgetAnswers(memory, 2);

    assert.deepEqual([...memory.busy.keys()], ["web i-2", "web i-3"]);
  });
});
