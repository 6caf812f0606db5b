import assert from "node:assert/strict";
import { GracefulAutoScalingGroup } from "../../components";
import type { Registration } from "../../rehearsal/program/registration";
import { groupArgs, registered } from "../support/deployment";

describe("P7, a changed timeout never replaces the group", () => {
  const deployed = (timeout: number) =>
    registered(
      () => new GracefulAutoScalingGroup("web", groupArgs({ terminate: { script: "stop", timeout } })),
    );

  it("changes hook, document and time-outs of the provider, and nothing else", async () => {
    const [before, after] = [await deployed(120), await deployed(600)];
    const changed = before.filter((one, index) => differ(one, after[index]));

    assert.deepEqual(changed.map(({ type }) => type).sort(), [
      "aws:autoscaling/group:Group",
      "aws:autoscaling/lifecycleHook:LifecycleHook",
      "aws:ssm/document:Document",
      "graceful-asg:index:GracefulAutoScalingGroup",
    ]);
  });

  it("reaches the group in nothing that would replace it: its initial hooks are not looked at again", async () => {
    const [before, after] = [groupOf(await deployed(120)), groupOf(await deployed(600))];
    const keys = Object.keys(before.inputs).filter(
      (key) => JSON.stringify(before.inputs[key]) !== JSON.stringify(after.inputs[key]),
    );

    assert.deepEqual(keys, ["initialLifecycleHooks"]);
    assert.ok(after.ignoreChanges.includes("initialLifecycleHooks"));
  });
});

function groupOf(registrations: readonly Registration[]): Registration {
  const group = registrations.find(({ type }) => type === "aws:autoscaling/group:Group");
  assert.ok(group);
  return group;
}

function differ(one: Registration, other: Registration | undefined): boolean {
  assert.equal(one.urn, other?.urn);
  return (
    JSON.stringify([one.inputs, one.customTimeouts]) !==
    JSON.stringify([other?.inputs, other?.customTimeouts])
  );
}
