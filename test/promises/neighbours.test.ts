import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { GracefulLifecycle } from "../../components";
import { changed, type GroupSettings, type HookSettings, type World } from "../../simulator";
import { TestBed, type Setting } from "../support/testBed";
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
/** Nobody else handles a hook that the handler does not serve. */
const nobodyElse: Setting["behaviour"] = (usual) => changed(usual, { otherHook: () => undefined });
const bothGoOn = times(2, "call CONTINUE");

describe("a group on a shared handler whose hook is edited", function () {
  this.timeout(60_000);

  let bed: TestBed;
  const open = async (count: number) => {
    bed = await TestBed.open({ args, behaviour: nobodyElse, world: (world) => manyGroups(world, count) });
  };
  afterEach(() => bed.close());

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

  it("is refused with an error in the log, and holds up no other group, whatever the metadata say", async () => {
    await open(names.length + 2);
    for (const [index, edit] of Object.values(edits).entries()) {
      const group = groupAt(bed, index);
      const hook = hookOf(group);
      const fields = JSON.parse(hook.notificationMetadata ?? "") as Record<string, unknown>;
      const notificationMetadata = JSON.stringify({ ...fields, ...edit });
      bed.simulator.autoScaling.putHook(group, { ...hook, notificationMetadata });
    }
    scaleInAll(bed, 2);
    await bed.pass(600);

    for (const [index, name] of names.entries()) {
      const group = groupAt(bed, index);
      assert.deepEqual(endsOf(bed, group), times(2, "timeout CONTINUE"), name);
      assert.equal(startsOf(bed, group), 0, name);
      const [field = ""] = Object.keys(edits[name] ?? {});
      const errors = errorsOf(bed, group);
      assert.ok(errors.length > 0, name);
      for (const line of errors) assert.match(line, new RegExp(`cannot be followed: ${field} is`), name);
    }
    for (const index of [names.length, names.length + 1]) {
      const other = groupAt(bed, index);
      assert.deepEqual(endsOf(bed, other), bothGoOn);
      assert.equal(startsOf(bed, other), 2);
      assert.deepEqual(errorsOf(bed, other), []);
    }
    assert.equal(cutOff(bed), 0);
  });

  it("has the document of another group run on its own instances only", async () => {
    await open(2);
    const own = groupAt(bed, 0);
    const other = groupAt(bed, 1);
    const { notificationMetadata = "" } = hookOf(other);
    bed.simulator.autoScaling.putHook(own, { ...hookOf(own), notificationMetadata });
    bed.simulator.autoScaling.populate(other, 2);
    scaleIn(bed, own, 2);
    await bed.pass(300);

    assert.equal(startsOf(bed, own), 2);
    assert.deepEqual(endsOf(bed, own), bothGoOn);
    assert.equal(startsOf(bed, other), 0);
    assert.deepEqual(
      [...other.instances.values()].map(({ state }) => state),
      ["InService", "InService"],
    );
  });
});

describe("a group that takes a tag or a hook that is not its own", function () {
  this.timeout(60_000);

  let bed: TestBed;
  afterEach(() => bed.close());

  /** A foreign group beside a group that the handler serves. */
  const open = async (theirs: (served: GroupSettings) => Partial<GroupSettings>) => {
    const world = (given: World): World => {
      const [served] = given.groups;
      assert.ok(served);
      const group = { ...served, name: "theirs", arn: `${served.arn}-theirs`, instanceTags: {} };
      return { ...given, groups: [served, { ...group, ...theirs(served) }] };
    };
    bed = await TestBed.open({ args, behaviour: nobodyElse, world });
    scaleInAll(bed, 2);
    await bed.pass(1800);

    assert.equal(startsOf(bed, groupAt(bed, 0)), 2);
    assert.deepEqual(endsOf(bed, groupAt(bed, 0)), bothGoOn);
    assert.equal(cutOff(bed), 0);
    return groupAt(bed, 1);
  };

  it("is not served by the handler whose tag it takes: its hook is not for that handler", async () => {
    const hook: HookSettings = {
      name: "theirs",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: 300,
      defaultResult: "CONTINUE",
    };
    const theirs = await open(({ tags }) => ({ hooks: [hook], tags }));

    assert.deepEqual(endsOf(bed, theirs), times(2, "timeout CONTINUE"));
    const own = new Set(
      bed.of("instance").flatMap(({ group, instance }) => (group === "theirs" ? [instance] : [])),
    );
    assert.ok(!bed.of("call").some(({ instances }) => instances.some((id) => own.has(id))));
  });

  it("has no document run on instances without the tag, though its hook names the handler", async () => {
    const theirs = await open(({ tags }) => ({ tags }));

    assert.equal(startsOf(bed, theirs), 0);
    // With the tag the group is one of the handler's, and the handler gives it up by the group's own policy.
    assert.deepEqual(endsOf(bed, theirs), bothGoOn);
  });

  it("has no action completed without the group's tag, though its hook names the handler and its instances have the tag", async () => {
    const theirs = await open(({ instanceTags }) => ({ tags: {}, instanceTags }));

    assert.equal(startsOf(bed, theirs), 2);
    assert.deepEqual(endsOf(bed, theirs), times(2, "timeout CONTINUE"));
  });
});

describe("a group that two components serve", function () {
  this.timeout(60_000);

  it("has both scripts run on each instance, and each action completed at the hook of its own component", async () => {
    const bed = await TestBed.open({
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
    await bed.scaleIn(3);
    await bed.pass(300);

    const completed = bed.of("action").filter(({ phase }) => phase === "completed");
    assert.deepEqual(
      [
        ...new Set(
          completed.map(({ by, hook, result }) => [hook.replace(/-\w{7}$/, ""), by, result].join(" ")),
        ),
      ].sort(),
      ["agent-terminate-sns call CONTINUE", "application-terminate-sns call CONTINUE"],
    );
    assert.equal(completed.length, 2 * 3);
    assert.equal(bed.of("script").filter(({ phase }) => phase === "ended").length, 2 * 3);
    assert.equal(bed.group.instances.size, 0);
    await bed.close();
  });
});
