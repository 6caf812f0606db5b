import assert from "node:assert/strict";
import { answerLines, encodeBusySettings, readAnswer, readBusySettings } from "../../contract";

describe("the tag that says how to ask the instances of a group", () => {
  it("is read as it was written", () => {
    for (const document of [undefined, "web-handler-1234567.web-busy-0a1b2c3d"])
      for (const protects of [true, false])
        assert.deepEqual(
          readBusySettings("web-handler-1234567", encodeBusySettings({ document, protects })),
          { document, protects },
        );
  });

  for (const value of [
    "",
    "document=",
    "document=other.check",
    "document=web-terminate",
    "document=web.a/b",
    `document=web.${"x".repeat(200)}`,
    "Document=web.check",
  ])
    it(`names no document in ${JSON.stringify(value)}`, () => {
      assert.deepEqual(readBusySettings("web", value), { document: undefined, protects: false });
    });

  it("may have words of later versions", () => {
    assert.deepEqual(readBusySettings("web", "later document=web.check protect=no protect"), {
      document: "web.check",
      protects: true,
    });
  });
});

describe("the answer to a check", () => {
  it("is its last line alone", () => {
    assert.equal(readAnswer(`noise\n${answerLines.busy}\n`), "busy");
    assert.equal(readAnswer(`${answerLines.busy}\r\n${answerLines.idle}\r\n`), "idle");
    assert.equal(readAnswer(`${answerLines.idle}\nnoise`), undefined);
    assert.equal(readAnswer(""), undefined);
  });
});
