import assert from "node:assert/strict";
import { systemClock } from "../../handler/clock";

describe("the clock of the machine", () => {
  it("sleeps for the given time", async () => {
    const began = Date.now();
    await systemClock.sleep(30);

    assert.ok(Date.now() - began >= 29);
  });

  it("waits for a promise for at most the given time, and leaves no timer behind", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;
    await new Promise(setImmediate);
    const before = timers();

    assert.equal(await systemClock.within(60_000, Promise.resolve("in time")), "in time");
    assert.equal(timers(), before);
    assert.equal(await systemClock.within(10, new Promise(() => undefined)), undefined);
    await assert.rejects(systemClock.within(60_000, Promise.reject(new Error("no"))), { message: "no" });
    assert.equal(timers(), before);
  });
});
