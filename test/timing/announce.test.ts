import assert from "node:assert/strict";
import { check, maxAnnounceTimeout, type Plan } from "../../timing";

const balanced = (deregistrationDelay: number) => ({
  targetGroups: [{ argument: "targetGroup.deregistrationDelay", deregistrationDelay }],
});
const announcing: Plan = { ...balanced(300), terminate: { timeout: 120 }, announce: { timeout: 30 } };

describe("the timeout of an announce script", () => {
  const found = (timeout: number) => check({ ...announcing, announce: { timeout } });

  it("may be as short as SSM takes it, and as long as the longest deregistration", () => {
    for (const timeout of [5, 3600]) assert.deepEqual(found(timeout), []);
    assert.equal(maxAnnounceTimeout, 3600);
  });

  it("is a whole number of that range", () => {
    for (const timeout of [4, 3601, 5.5])
      assert.deepEqual(found(timeout), [
        {
          argument: "terminate.announce.timeout",
          value: timeout,
          allowed: "a whole number of seconds from 5 to 3600",
          cure: "Give the longest time that the script may take; the SSM agent takes less than 5 s for an hour.",
        },
      ]);
  });
});

describe("an announce script", () => {
  const found = (changes: Partial<Plan>) => check({ ...announcing, ...changes });

  it("has time while a target group deregisters the instance, be it a second", () => {
    assert.deepEqual(found(balanced(1)), []);
  });

  it("has time while instances take turns", () => {
    assert.deepEqual(found({ targetGroups: [], drain: { maxConcurrent: 1, maxSize: 2 } }), []);
  });

  it("has no time where the stop script starts at once", () => {
    for (const atOnce of [{ targetGroups: [] }, balanced(0)]) {
      const [violation, ...others] = found(atOnce);

      assert.deepEqual(others, []);
      assert.deepEqual(
        { ...violation, value: String(violation?.value) },
        {
          argument: "terminate.announce",
          value: "Symbol(given)",
          allowed:
            "left out where the stop script starts at once: no target group takes time to deregister the instance, and instances do not take turns",
          cure: "Let terminate.script do the same first, or give targetGroup, targetGroups (on an existing group deregistrationDelay) or drain.",
        },
      );
    }
  });

  it("may be left out where the stop script starts at once", () => {
    assert.deepEqual(check({ terminate: { timeout: 120 } }), []);
  });
});
