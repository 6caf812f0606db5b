import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler } from "../../components";
import { ofType, type Registration } from "../../evaluate/registration";
import { existingArgs, groupArgs, registered } from "../support/deployment";

describe("P7, a changed timeout", () => {
  const deployed = (timeout: number) =>
    registered(
      () => new GracefulAutoScalingGroup("web", groupArgs({ terminate: { script: "stop", timeout } })),
    );

  it("changes hook, document and timeouts of the provider, and nothing else", async () => {
    const [before, after] = [await deployed(120), await deployed(600)];
    const changed = before.filter((one, index) => differ(one, after[index]));

    assert.deepEqual(changed.map(({ type }) => type).sort(), [
      "aws:autoscaling/group:Group",
      "aws:autoscaling/lifecycleHook:LifecycleHook",
      "aws:ssm/document:Document",
      "graceful-asg:index:GracefulAutoScalingGroup",
    ]);
  });

  it("never replaces the group: beside tags it changes only initial hooks, which Pulumi ignores", async () => {
    const [before, after] = [groupOf(await deployed(120)), groupOf(await deployed(600))];
    const keys = Object.keys(before.inputs).filter(
      (key) => JSON.stringify(before.inputs[key]) !== JSON.stringify(after.inputs[key]),
    );

    assert.deepEqual(keys, ["initialLifecycleHooks", "tags"]);
    assert.ok(after.ignoreChanges.includes("initialLifecycleHooks"));
  });
});

describe("P7, Pulumi, when it replaces a resource", () => {
  const types = {
    hook: "aws:autoscaling/lifecycleHook:LifecycleHook",
    role: "aws:iam/role:Role",
    profile: "aws:iam/instanceProfile:InstanceProfile",
    tag: "aws:autoscaling/tag:Tag",
  } as const;
  let all: readonly Registration[];
  before(async () => {
    all = await registered(() => {
      const handler = new LifecycleHandler("shared", { spot: true });
      const launch = { script: "ready", timeout: 60 };
      new GracefulAutoScalingGroup("web", groupArgs({ launch }));
      new GracefulAutoScalingGroup("jobs", groupArgs({ launch, handler, transport: "eventbridge" }));
      new GracefulLifecycle("legacy", existingArgs({ launch, handler }));
    });
  });

  it("does not delete a predecessor first whose name we choose", () => {
    const named = all.filter(({ inputs, type }) => "name" in inputs && type.startsWith("aws:"));

    assert.equal(named.length, 2 * (2 + 2) + 2);
    for (const { deleteBeforeReplace, urn } of named) assert.equal(deleteBeforeReplace, false, urn);
  });

  it("does not delete tags and hooks of an existing group first", () => {
    for (const { deleteBeforeReplace, urn } of ofType(all, types.tag))
      assert.equal(deleteBeforeReplace, false, urn);
    for (const { name, replaceOnChanges } of ofType(all, types.hook))
      assert.deepEqual(replaceOnChanges, name.startsWith("legacy") ? ["autoscalingGroupName"] : [], name);
  });

  it("keeps the role that running instances live on, whatever path roles get", () => {
    for (const { ignoreChanges, name } of [...ofType(all, types.role), ...ofType(all, types.profile)])
      assert.deepEqual(ignoreChanges, name.endsWith("-instance") ? ["path"] : [], name);
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
