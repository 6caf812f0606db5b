import assert from "node:assert/strict";
import { isModelled, matchPattern } from "../../contract";

const unknown = Symbol("unknown");
const match = (pattern: unknown, event: unknown) =>
  matchPattern(pattern, event, (value) => value === unknown);

/** Patterns of the field `name`, with a value, and whether it matches. */
const cases: readonly (readonly [pattern: unknown, value: unknown, expected: boolean | undefined])[] = [
  [["web"], "web", true],
  [["web"], "jobs", false],
  [["web"], undefined, false],
  [["web"], unknown, undefined],
  [["web", "jobs"], "jobs", true],
  [["web"], ["jobs", "web"], true],
  [["web"], ["jobs", unknown], undefined],
  [["web"], [], false],
  [[1, true, null], 1, true],
  [[1, true, null], true, true],
  [[1, true, null], null, true],
  [[1], "1", false],
  [[{ prefix: "we" }], "web", true],
  [[{ prefix: "we" }], "jobs", false],
  [[{ prefix: "we" }], 7, false],
  [[{ prefix: { "equals-ignore-case": "WE" } }], "web", true],
  [[{ suffix: "eb" }], "web", true],
  [[{ suffix: "we" }], "web", false],
  [[{ suffix: { "equals-ignore-case": "EB" } }], "web", true],
  [[{ "equals-ignore-case": "WEB" }], "web", true],
  [[{ "equals-ignore-case": "WEBS" }], "web", false],
  [[{ wildcard: "w*b" }], "web\nb", true],
  [[{ wildcard: "w.b" }], "web", false],
  [[{ exists: true }], "web", true],
  [[{ exists: true }], unknown, true],
  [[{ exists: true }], undefined, false],
  [[{ exists: false }], undefined, true],
  [[{ exists: false }], unknown, false],
  [[{ numeric: [">", 0, "<=", 5] }], 5, true],
  [[{ numeric: [">", 0, "<=", 5] }], 6, false],
  [[{ numeric: [">=", 1, "<", 5] }], 1, true],
  [[{ numeric: ["=", 3] }], 4, false],
  [[{ numeric: ["=", 3] }], "3", false],
  [[{ "anything-but": "web" }], "jobs", true],
  [[{ "anything-but": "web" }], "web", false],
  [[{ "anything-but": ["web", "jobs"] }], "jobs", false],
  [[{ "anything-but": ["web", "jobs"] }], "db", true],
  [[{ "anything-but": { prefix: "we" } }], "jobs", true],
  [[{ "anything-but": { prefix: ["we", "jo"] } }], "jobs", false],
  [[{ "anything-but": { wildcard: "*b" } }], "web", false],
  [[{ "anything-but": "web" }], undefined, false],
  [[{ "anything-but": "web" }], unknown, undefined],
  [[{ "anything-but": { cidr: "10.0.0.0/8" } }], "web", undefined],
  [[{ "anything-but": { numeric: ["=", 1] } }], "web", undefined],
  [[{ cidr: "10.0.0.0/8" }], "10.0.0.1", undefined],
  [[{ cidr: "10.0.0.0/8" }, "10.0.0.1"], "10.0.0.1", true],
  [[{ toString: "web" }], "web", undefined],
  [{ inner: ["a"] }, { inner: "a" }, true],
  [{ inner: ["a"] }, "a", false],
  [{ inner: ["a"] }, unknown, undefined],
  ["web", "web", undefined],
];

describe("a pattern of events", () => {
  for (const [pattern, value, expected] of cases)
    it(`${JSON.stringify(pattern)} ${said(expected)} ${shown(value)}`, () => {
      assert.equal(match({ name: pattern }, { name: value }), expected);
    });

  it("takes an event that matches in every field", () => {
    assert.equal(match({ a: ["1"], b: ["2"] }, { a: "1", b: "2", c: "3" }), true);
    assert.equal(match({ a: ["1"], b: ["2"] }, { a: "1", b: "3" }), false);
    assert.equal(match({ a: ["1"], b: ["2"] }, { a: unknown, b: "3" }), false);
    assert.equal(match({ a: ["1"], b: ["2"] }, { a: unknown, b: "2" }), undefined);
  });

  it("takes an event that matches one of several patterns", () => {
    const pattern = { $or: [{ a: ["1"] }, { b: ["2"] }] };

    assert.equal(match(pattern, { a: "0", b: "2" }), true);
    assert.equal(match(pattern, { a: "0", b: "0" }), false);
    assert.equal(match(pattern, { a: unknown, b: "0" }), undefined);
  });

  it("is modelled where each of its operators is modelled", () => {
    assert.equal(isModelled({ a: ["1", { prefix: "2" }], $or: [{ b: [{ exists: true }] }] }), true);
    assert.equal(isModelled({ a: [{ "anything-but": { suffix: "x" } }] }), true);
    assert.equal(isModelled({ a: [{ cidr: "10.0.0.0/8" }] }), false);
    assert.equal(isModelled({ a: [{ "anything-but": { cidr: "10.0.0.0/8" } }] }), false);
    assert.equal(isModelled({ $or: [{ b: [{ cidr: "10.0.0.0/8" }] }] }), false);
    assert.equal(isModelled({ a: [{ toString: "1" }] }), false);
  });
});

function said(expected: boolean | undefined): string {
  return expected === undefined ? "may match" : expected ? "matches" : "does not match";
}

function shown(value: unknown): string {
  return value === unknown ? "an unknown value" : value === undefined ? "nothing" : JSON.stringify(value);
}
