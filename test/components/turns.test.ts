import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  type GracefulAutoScalingGroupArgs,
} from "../../components";
import { decodeInstructions } from "../../contract";
import type { Registration } from "../../evaluate/registration";
import { existingArgs, groupArgs, only, registered } from "../support/deployment";

const group = (changes: Partial<GracefulAutoScalingGroupArgs>) =>
  registered(() => new GracefulAutoScalingGroup("web", groupArgs(changes)));
const hookOf = (all: readonly Registration[], name: string) =>
  only(all, "aws:autoscaling/lifecycleHook:LifecycleHook", name).inputs;
const drainIn = (hook: Registration["inputs"]) =>
  decodeInstructions(String(hook["notificationMetadata"]))?.drain;
const launch = { script: "true", timeout: 300 };

describe("drain", () => {
  it("reaches the handler as instructions of the terminate hook alone, which has time for the wait", async () => {
    const all = await group({ maxSize: 3, launch, drain: { maxConcurrent: 1 } });
    const hook = hookOf(all, "web-terminate");

    assert.deepEqual(drainIn(hook), { maxConcurrent: 1, maxWait: 300 + 2 * 450 });
    assert.equal(hook["heartbeatTimeout"], 300 + 3 * 450);
    assert.equal(drainIn(hookOf(all, "web-launch")), undefined);
    assert.equal(hookOf(all, "web-launch")["heartbeatTimeout"], 630);
  });

  it("changes nothing where it is not given", async () => {
    const hook = hookOf(await group({ launch }), "web-terminate");

    assert.ok(!String(hook["notificationMetadata"]).includes("drain"));
    assert.equal(hook["heartbeatTimeout"], 450);
  });

  it("needs maxWait where maxSize is an output, and for a group that exists already", async () => {
    const line = /\n {2}drain\.maxWait is not given; it must be given where .*\. Give how long/;
    const maxSize = pulumi.output(3);
    await assert.rejects(group({ maxSize, drain: { maxConcurrent: 1 } }), line);
    await assert.rejects(
      registered(() => new GracefulLifecycle("legacy", existingArgs({ drain: { maxConcurrent: 1 } }))),
      line,
    );
    const drain = { maxConcurrent: 1, maxWait: 1000 };
    assert.deepEqual(drainIn(hookOf(await group({ maxSize, drain }), "web-terminate")), drain);
    const legacy = await registered(() => new GracefulLifecycle("legacy", existingArgs({ drain })));
    assert.deepEqual(drainIn(hookOf(legacy, "legacy-terminate-sns")), drain);
  });

  it("gives destroy time for all turns", async () => {
    const { customTimeouts } = only(
      await group({ maxSize: 5, drain: { maxConcurrent: 1 } }),
      "aws:autoscaling/group:Group",
    );

    // Boot and shutdown are allowed 600 s each.
    assert.equal(customTimeouts["delete"], `${600 + 300 + 5 * 450 + 600}s`);
  });
});
