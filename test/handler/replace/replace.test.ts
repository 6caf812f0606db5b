import assert from "node:assert/strict";
import { OutOfTime } from "../../../handler/aws/errors";
import { replaceInstances } from "../../../handler/replace";
import { groupOf, markOf, now, replaceWorld } from "./replaceWorld";

const hour = 3600_000;
const web = groupOf("web", ["i-1", "i-2"]);
const api = groupOf("api", ["i-3"]);

describe("the replacement of instances", () => {
  it("asks EC2 for all that the handler is told to look for, and replaces one instance of each group", async () => {
    const { calls, context, lines } = replaceWorld({
      retirements: { "i-1": now + 2, "i-2": now + 1, "i-9": now },
      marks: { "i-1": markOf("web", "i-1"), "i-3": markOf("api", "i-3"), "i-9": markOf("web", "i-9") },
    });
    await replaceInstances(context, [web, api]);

    assert.deepEqual(calls, [
      "retirements",
      "marks",
      "hooks of web",
      "hooks of api",
      "replace i-2",
      "replace i-3",
    ]);
    assert.deepEqual(lines, [
      {
        level: "info",
        message: "replacing: EC2 is going to retire or to stop the instance",
        group: "web",
        instance: "i-2",
        code: "retirement",
      },
      {
        level: "info",
        message: "replacing: EC2 recommends to rebalance the Spot instance",
        group: "api",
        instance: "i-3",
        code: "rebalance",
      },
    ]);
  });

  it("asks EC2 for nothing else than the wanted reasons", async () => {
    const { calls, context } = replaceWorld({});
    await replaceInstances(context, [web], ["retirement"]);
    await replaceInstances(context, [web], ["rebalance"]);

    assert.deepEqual(calls, ["retirements", "marks"]);
  });

  it("asks EC2 for nothing where the groups have no instances", async () => {
    const { calls, context } = replaceWorld({});
    await replaceInstances(context, [groupOf("web", [])]);

    assert.deepEqual(calls, []);
  });

  it("replaces no instance whose mark is too old or not the handler's", async () => {
    const { calls, context, lines } = replaceWorld({
      replaceOn: ["rebalance"],
      marks: { "i-1": markOf("web", "i-1", now - 25 * hour), "i-2": "yes", "i-3": markOf("web", "i-3") },
    });
    await replaceInstances(context, [web, api]);

    assert.deepEqual(calls, ["marks"]);
    assert.deepEqual(lines, []);
  });

  it("replaces none while the group can spare none, and says why", async () => {
    const { calls, context, lines } = replaceWorld({ retirements: { "i-1": now } });
    await replaceInstances(context, [groupOf("web", ["i-1"], { desired: 2 })], ["retirement"]);

    assert.deepEqual(calls, ["retirements"]);
    assert.deepEqual(lines, [
      {
        level: "info",
        message: "replacing none: 1 of 2 are in service, and the group can spare none",
        group: "web",
      },
    ]);
  });

  it("replaces none of a group without a terminate hook of the handler", async () => {
    const { calls, context, lines } = replaceWorld({ hooks: ["launch"], retirements: { "i-1": now } });
    await replaceInstances(context, [web], ["retirement"]);

    assert.deepEqual(calls, ["retirements", "hooks of web"]);
    assert.deepEqual(lines, [
      {
        level: "warn",
        message: "replacing none: the group has no terminate hook of this handler",
        group: "web",
      },
    ]);
  });

  it("says that an instance is on its way already", async () => {
    const { context, lines } = replaceWorld({ leaving: ["i-1"], retirements: { "i-1": now } });
    await replaceInstances(context, [web], ["retirement"]);

    assert.deepEqual(lines, [
      {
        level: "info",
        message: "replacing none: the instance is on its way already",
        group: "web",
        instance: "i-1",
      },
    ]);
  });
});

describe("a replacement that fails", () => {
  it("is logged, and holds up no other group", async () => {
    const { calls, context, lines } = replaceWorld({
      retirements: { "i-1": now, "i-3": now },
      fails: { "hooks of web": Object.assign(new Error("no"), { $metadata: {} }) },
    });
    await replaceInstances(context, [web, api], ["retirement"]);

    assert.deepEqual(calls.at(-1), "replace i-3");
    assert.deepEqual(lines[0], {
      level: "error",
      message: "a call to AWS failed; the next sweep tries again",
      group: "web",
      error: "Error: no",
    });
  });

  it("is not logged if only the time of the invocation is over, which the sweep says itself", async () => {
    const { context, lines } = replaceWorld({
      retirements: { "i-1": now },
      fails: { "hooks of web": new OutOfTime() },
    });
    await replaceInstances(context, [web], ["retirement"]);

    assert.deepEqual(lines, []);
  });
});

describe("the search for retirements", () => {
  const looks = async (retirements: Readonly<Record<string, number>>, ...after: readonly number[]) => {
    const { calls, clock, context } = replaceWorld({ retirements });
    for (const wait of after) {
      await clock.sleep(wait);
      await replaceInstances(context, [groupOf("web", ["i-1"], { desired: 2 })], ["retirement"]);
    }
    return calls.length;
  };

  it("takes place once an hour as long as none of the groups' instances retires", async () => {
    assert.equal(await looks({}, 0, 60_000, hour - 60_001), 1);
    assert.equal(await looks({ "i-9": now }, 0, hour - 1), 1);
    assert.equal(await looks({ "i-9": now }, 0, hour, hour), 3);
  });

  it("takes place at every look as long as one of them does", async () => {
    assert.equal(await looks({ "i-9": now, "i-1": now }, 0, 60_000, 60_000), 3);
  });
});
