import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { GracefulLifecycle } from "../../components";
import { changed, type GroupSettings, type HookSettings, type World } from "../../simulator";
import { Stand, type Setting } from "../support/box";
import {
  cutOff,
  endsOf,
  errorsOf,
  groupAt,
  hookOf,
  scaleIn,
  scaleInAll,
  startsOf,
  times,
} from "../support/crowd";
import { manyGroups } from "../support/manyGroups";

const args: Setting["args"] = {
  targetGroup: { port: 8080, deregistrationDelay: 0 },
  terminate: { script: "stop", timeout: 120 },
};
/** Nobody else sees to a hook that the handler does not serve. */
const nobodyElse: Setting["conduct"] = (usual) => changed(usual, { otherHook: () => undefined });
const bothGoOn = times(2, "call CONTINUE");

describe("a group on a shared handler whose hook is edited", function () {
  this.timeout(60_000);

  let stand: Stand;
  const open = async (count: number) => {
    stand = await Stand.open({ args, conduct: nobodyElse, world: (world) => manyGroups(world, count) });
  };
  afterEach(() => stand.close());

  const edits: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "an execution of ten thousand billion seconds": { execution: 1e13 },
    "an execution in words": { execution: "120" },
    "an execution in parts of seconds": { execution: 0.5 },
    "no delivery": { delivery: undefined },
    "a wait of nothing": { maxWait: null },
    "an agent that is asked for ever": { agentTimeout: 1e9 },
    "a heartbeat timeout below zero": { heartbeatTimeout: -1 },
    "a policy that nobody knows": { onFailure: "explode" },
    "a document of another handler": { document: "another-1234567-web-terminate-0a1b2c3d" },
    "a list for a document": { document: ["*"] },
    "a version to come": { gracefulAsg: 2 },
  };
  const names = Object.keys(edits);

  it("loses its own turn, which is said, and no other group does, whatever the metadata say", async () => {
    await open(names.length + 2);
    for (const [index, edit] of Object.values(edits).entries()) {
      const group = groupAt(stand, index);
      const hook = hookOf(group);
      const fields = JSON.parse(hook.notificationMetadata ?? "") as Record<string, unknown>;
      const notificationMetadata = JSON.stringify({ ...fields, ...edit });
      stand.box.autoScaling.putHook(group, { ...hook, notificationMetadata });
    }
    scaleInAll(stand, 2);
    await stand.pass(600);

    for (const [index, name] of names.entries()) {
      const group = groupAt(stand, index);
      assert.deepEqual(endsOf(stand, group), times(2, "timeout CONTINUE"), name);
      assert.equal(startsOf(stand, group), 0, name);
      const [field = ""] = Object.keys(edits[name] ?? {});
      const errors = errorsOf(stand, group);
      assert.ok(errors.length > 0, name);
      for (const line of errors) assert.match(line, new RegExp(`cannot be followed: ${field} is`), name);
    }
    for (const index of [names.length, names.length + 1]) {
      const other = groupAt(stand, index);
      assert.deepEqual(endsOf(stand, other), bothGoOn);
      assert.equal(startsOf(stand, other), 2);
      assert.deepEqual(errorsOf(stand, other), []);
    }
    assert.equal(cutOff(stand), 0);
  });

  it("has the document of another group run on its own instances only", async () => {
    await open(2);
    const own = groupAt(stand, 0);
    const other = groupAt(stand, 1);
    const { notificationMetadata = "" } = hookOf(other);
    stand.box.autoScaling.putHook(own, { ...hookOf(own), notificationMetadata });
    stand.box.autoScaling.populate(other, 2);
    scaleIn(stand, own, 2);
    await stand.pass(300);

    assert.equal(startsOf(stand, own), 2);
    assert.deepEqual(endsOf(stand, own), bothGoOn);
    assert.equal(startsOf(stand, other), 0);
    assert.deepEqual(
      [...other.instances.values()].map(({ state }) => state),
      ["InService", "InService"],
    );
  });
});

describe("a group that takes what is not its own", function () {
  this.timeout(60_000);

  let stand: Stand;
  afterEach(() => stand.close());

  /** A group of theirs beside one that the handler serves. */
  const open = async (theirs: (served: GroupSettings) => Partial<GroupSettings>) => {
    const world = (given: World): World => {
      const [served] = given.groups;
      assert.ok(served);
      const group = { ...served, name: "theirs", arn: `${served.arn}-theirs`, instanceTags: {} };
      return { ...given, groups: [served, { ...group, ...theirs(served) }] };
    };
    stand = await Stand.open({ args, conduct: nobodyElse, world });
    scaleInAll(stand, 2);
    await stand.pass(1800);

    assert.equal(startsOf(stand, groupAt(stand, 0)), 2);
    assert.deepEqual(endsOf(stand, groupAt(stand, 0)), bothGoOn);
    assert.equal(cutOff(stand), 0);
    return groupAt(stand, 1);
  };

  it("is not served by the handler whose tag it takes: its hook is not for that handler", async () => {
    const hook: HookSettings = {
      name: "theirs",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: 300,
      defaultResult: "CONTINUE",
    };
    const theirs = await open(({ tags }) => ({ hooks: [hook], tags }));

    assert.deepEqual(endsOf(stand, theirs), times(2, "timeout CONTINUE"));
    const own = new Set(
      stand.of("instance").flatMap(({ group, instance }) => (group === "theirs" ? [instance] : [])),
    );
    assert.ok(!stand.of("call").some(({ instances }) => instances.some((id) => own.has(id))));
  });

  it("has no document run on instances without the tag, though its hook names the handler", async () => {
    const theirs = await open(({ tags }) => ({ tags }));

    assert.equal(startsOf(stand, theirs), 0);
    // It is one of the handler's groups then, and given up by its own policy.
    assert.deepEqual(endsOf(stand, theirs), bothGoOn);
  });

  it("has no action completed without the group's tag, though its hook names the handler and its instances have the tag", async () => {
    const theirs = await open(({ instanceTags }) => ({ tags: {}, instanceTags }));

    assert.equal(startsOf(stand, theirs), 2);
    assert.deepEqual(endsOf(stand, theirs), times(2, "timeout CONTINUE"));
  });
});

describe("a group that two components serve", function () {
  this.timeout(60_000);

  it("has both scripts run on each instance, each completed at the hook of its own component", async () => {
    const stand = await Stand.open({
      program: () => {
        const group = new aws.autoscaling.Group("legacy", {
          minSize: 0,
          maxSize: 10,
          tags: [{ key: "Name", value: "legacy", propagateAtLaunch: true }],
        });
        for (const name of ["application", "agent"]) {
          new GracefulLifecycle(name, {
            groupName: group.name,
            instanceTag: { key: "Name", value: "legacy" },
            deregistrationDelay: 0,
            terminate: { script: `systemctl stop ${name}`, timeout: 60 },
          });
        }
      },
    });
    await stand.scaleIn(3);
    await stand.pass(300);

    const completed = stand.of("action").filter(({ phase }) => phase === "completed");
    assert.deepEqual(
      [
        ...new Set(
          completed.map(({ by, hook, result }) => [hook.replace(/-\w{7}$/, ""), by, result].join(" ")),
        ),
      ].sort(),
      ["agent-terminate-sns call CONTINUE", "application-terminate-sns call CONTINUE"],
    );
    assert.equal(completed.length, 2 * 3);
    assert.equal(stand.of("script").filter(({ phase }) => phase === "ended").length, 2 * 3);
    assert.equal(stand.group.instances.size, 0);
    await stand.close();
  });
});
