import assert from "node:assert/strict";
import { withoutIdleStacks } from "../../evaluate/stacks";

describe("the stacks of errors while a program is evaluated", () => {
  const usual = Error.prepareStackTrace;
  afterEach(() => {
    Error.prepareStackTrace = usual;
  });

  for (const [name, prepare] of [
    ["with source maps", usual],
    ["without", undefined],
  ] as const) {
    it(`tell where an error with a message comes from, ${name}`, async () => {
      Object.assign(Error, { prepareStackTrace: prepare });
      const lines = await withoutIdleStacks(async () =>
        Promise.resolve(new Error("broken").stack?.split("\n")),
      );

      assert.equal(lines?.[0], "Error: broken");
      assert.match(lines[1] ?? "", /^ {4}at .*stacks\.test\.ts:\d+:\d+/);
    });
  }

  it("are left out where there is no message", async () => {
    assert.equal(await withoutIdleStacks(async () => Promise.resolve(new Error().stack)), "");
  });

  it("are complete again afterwards, also when the program fails", async () => {
    await assert.rejects(withoutIdleStacks(() => Promise.reject(new Error("broken"))));

    assert.equal(Error.prepareStackTrace, usual);
    assert.match(new Error().stack ?? "", /stacks\.test\.ts/);
  });
});
