import assert from "node:assert/strict";
import { closeMark, openMark } from "../../../handler/replace/mark";
import { createSeal } from "../../../handler/seal";
import { handlerContext } from "../../support/handlerContext";

const now = Date.UTC(2026, 0, 1);
const day = 24 * 3600_000;
const contextAt = (at: number, secret = "a secret") =>
  handlerContext({ now: () => at, seal: createSeal(secret) });

describe("the mark of a recommendation", () => {
  const mark = closeMark(contextAt(now), "web", "i-1");

  it("says for a day when it was made", () => {
    assert.equal(openMark(contextAt(now), "web", "i-1", mark), now);
    assert.equal(openMark(contextAt(now + day), "web", "i-1", mark), now);
    assert.equal(openMark(contextAt(now + day + 1), "web", "i-1", mark), undefined);
  });

  it("counts on its own instance, in its group and for its handler only", () => {
    assert.equal(openMark(contextAt(now), "web", "i-2", mark), undefined);
    assert.equal(openMark(contextAt(now), "api", "i-1", mark), undefined);
    assert.equal(openMark(contextAt(now, "another secret"), "web", "i-1", mark), undefined);
    assert.equal(openMark(contextAt(now), "web", "i-1", String(now)), undefined);
  });

  it("is no token of a lifecycle action", () => {
    const token = contextAt(now).seal.close(String(now), { group: "web", hook: "stop", instance: "i-1" });

    assert.equal(openMark(contextAt(now), "web", "i-1", token), undefined);
  });
});
