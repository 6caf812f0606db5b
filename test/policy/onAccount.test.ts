import assert from "node:assert/strict";
import { explain } from "../../policy/finding";
import { findOnAccount, rulesOfPrograms } from "../../policy/onAccount";
import { parseChoices } from "../../policy/parseChoices";
import type { Resource } from "../../policy/stack/resource";
import { findings, hookProps, resource } from "../support/policy";

/** A resource as it is read from an account. */
function read(type: string, name: string, props: object): Resource {
  const opts = { ignoreChanges: [], customTimeouts: { deleteSeconds: 0 } };
  return { urn: name, type, name, props, opts, propertyDependencies: {}, isRead: false };
}

const group = { name: "web", minSize: 0, maxSize: 2, forceDelete: true };
const hook = hookProps({ autoscalingGroupName: "web", heartbeatTimeout: 45 });

const resources = [
  read("aws:autoscaling/group:Group", "web", group),
  read("aws:autoscaling/lifecycleHook:LifecycleHook", "drain", hook),
];

describe("rules on resources of an account", () => {
  it("find what the policies find in a program with the same resources", async () => {
    const rule = "lifecycle-hook-heartbeat-timeout";
    const given = [resource("Group", "web", group), resource("LifecycleHook", "drain", hook)];
    const found = findOnAccount(resources).filter((one) => one.rule === rule);

    assert.deepEqual(found.map(explain), await findings(rule, given));
    assert.deepEqual(
      found.map(({ severity, urn }) => [severity, urn]),
      [["medium", "drain"]],
    );
  });

  it("leave out the rules that ask for what only a program says", () => {
    assert.deepEqual(rulesOfPrograms, [
      "group-delete-timeout-covers-drain",
      "group-destroy-is-graceful",
      "no-force-delete",
      "capacity-wait-covers-launch-hook",
    ]);
    const names = findOnAccount(resources).map(({ rule }) => rule);
    assert.deepEqual(
      names.filter((name) => rulesOfPrograms.includes(name)),
      [],
    );
  });

  it("keep to the limits and levels that are chosen", () => {
    const rules = (choices: Parameters<typeof findOnAccount>[1]) =>
      findOnAccount(resources, choices).map(({ rule }) => rule);

    assert.deepEqual(rules({}), ["lifecycle-hook-heartbeat-timeout"]);
    assert.deepEqual(rules({ "lifecycle-hook-heartbeat-timeout": { min: 30 } }), []);
    assert.deepEqual(rules({ "lifecycle-hook-heartbeat-timeout": "disabled" }), []);
    assert.deepEqual(
      rules({ "lifecycle-hook-heartbeat-timeout": "disabled", "total-drain-time": { max: 10 } }),
      ["total-drain-time"],
    );
  });

  it("refuse a choice of a rule that there is not", () => {
    const misspelled: object = { "total-drain-tme": "disabled" };
    assert.throws(() => findOnAccount(resources, misspelled), /did you mean "total-drain-time"/);
  });

  it("take the file of --policy-pack-config", () => {
    const choices = { all: "advisory", "total-drain-time": { max: 900, enforcementLevel: "mandatory" } };

    assert.deepEqual(parseChoices(choices), choices);
    assert.throws(() => parseChoices([]), /it is no object/);
    assert.throws(() => parseChoices({ "total-drain-time": { most: 900 } }), /the limit "most"/);
    assert.throws(
      () => parseChoices({ "total-drain-time": { max: "900" } }),
      /another type than its default/,
    );
    assert.throws(
      () => parseChoices({ "no-force-delete": { except: [1] } }),
      /another type than its default/,
    );
  });
});
