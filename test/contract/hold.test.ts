import assert from "node:assert/strict";
import { readHold, retryParameters, writeHold } from "../../contract";

describe("the tag of a hold", () => {
  it("is an instant in UTC, in whole seconds, and is read as it was written", () => {
    const until = Date.UTC(2026, 0, 1, 0, 30);

    assert.equal(writeHold(until), "2026-01-01T00:30:00Z");
    assert.equal(writeHold(until + 999), "2026-01-01T00:30:00Z");
    assert.equal(readHold("2026-01-01T00:30:00Z"), until);
  });

  for (const value of [
    "",
    "30m",
    "1767227400",
    "2026-01-01",
    "2026-01-01T00:30:00",
    "2026-01-01T00:30:00.000Z",
    "2026-01-01T00:30:00+01:00",
    " 2026-01-01T00:30:00Z",
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "9999999999999999",
  ])
    it(`says nothing if it is ${JSON.stringify(value)}`, () => {
      assert.equal(readHold(value), undefined);
    });
});

describe("the parameters with which an operator has a script run again", () => {
  const failed = { action: "sealed", sent: "1767225600", since: "1767225000", hook: "stop" };

  it("name no action, and leave out the run that has failed", () => {
    assert.deepEqual(retryParameters(failed, 1_767_225_700_900), {
      action: "",
      sent: "1767225700",
      since: "1767225601",
      hook: "stop",
    });
  });

  it("never say that the command was sent before the run counts, whatever the operator's clock says", () => {
    assert.equal(retryParameters(failed, 0).sent, "1767225601");
  });
});
