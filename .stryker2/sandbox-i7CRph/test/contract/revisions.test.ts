// @ts-nocheck
import assert from "node:assert/strict";
import { revisionOf, revisionsOf } from "../../contract";

describe("revisions of hooks", () => {
  it("are the same for the same metadata and differ where any character does", () => {
    assert.equal(revisionOf('{"timeout":120}'), revisionOf('{"timeout":120}'));
    assert.notEqual(revisionOf('{"timeout":120}'), revisionOf('{"timeout":121}'));
  });

  it("are the beginning of the metadata's SHA-256", () => {
    assert.equal(revisionOf("abc"), "ba7816bf");
  });

  it("stand in the tag by transition, in one order", () => {
    const terminate = { transition: "terminate", metadata: "abc" } as const;
    const launch = { transition: "launch", metadata: "" } as const;

    assert.equal(revisionsOf([terminate]), "terminate=ba7816bf");
    assert.equal(revisionsOf([launch, terminate]), "terminate=ba7816bf launch=e3b0c442");
    assert.equal(revisionsOf([terminate, launch]), revisionsOf([launch, terminate]));
  });
});
