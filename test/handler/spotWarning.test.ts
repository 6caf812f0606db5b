import assert from "node:assert/strict";
import { encodeInstructions } from "../../contract";
import type { Job } from "../../handler/aws/runCommand";
import type { Sent } from "../../handler/aws/refusal";
import { onSpotWarning } from "../../handler/spotWarning";
import { handlerContext } from "../support/handlerContext";
import { ids, instructionsFor } from "../support/payloads";
import { recordedLog } from "../support/recordedLog";

/** An account with one group, of which one instance is known. */
function world(
  handler: string = ids.handler,
  answer: Sent = { kind: "sent", commandId: "c", requestedAt: 0 },
) {
  const { lines, log } = recordedLog();
  const jobs: Job[] = [];
  const hooks = (["launch", "terminate"] as const).map((transition) => ({
    name: `graceful-${transition}-sns`,
    lifecycleTransition: `autoscaling:EC2_INSTANCE_${transition === "launch" ? "LAUNCHING" : "TERMINATING"}`,
    heartbeatTimeout: 450,
    metadata: encodeInstructions(
      instructionsFor(transition, { handler, document: `${handler}-web-${transition}` }),
    ),
  }));
  const context = handlerContext({
    now: () => 90_000,
    log,
    autoScaling: {
      describe: () =>
        Promise.resolve(
          new Map([[ids.instance, { group: ids.group, lifecycleState: "InService", isHealthy: true }]]),
        ),
      hooks: (group) => (group === ids.group ? Promise.resolve(hooks) : Promise.reject(new Error(group))),
    },
    runCommand: {
      send: (job) => {
        jobs.push(job);
        return Promise.resolve(answer);
      },
    },
  });
  return { context, jobs, lines };
}

describe("the handler, after the warning of a Spot instance", () => {
  it("starts the script of a Spot instance ahead of its hook, and marks the command as early", async () => {
    const { context, jobs, lines } = world();
    await onSpotWarning(context, { kind: "spotWarning", instance: ids.instance });

    assert.deepEqual(
      jobs.map(({ document, early, instances }) => [document, early, instances]),
      [[`${ids.handler}-web-terminate`, true, [ids.instance]]],
    );
    assert.deepEqual([jobs[0]?.parameters.action, jobs[0]?.parameters.since], ["", ""]);
    assert.deepEqual(
      lines.map(({ level }) => level),
      ["info"],
    );
  });

  it("ignores an instance of another handler's group, or of no group", async () => {
    const { context, jobs, lines } = world("another");
    await onSpotWarning(context, { kind: "spotWarning", instance: ids.instance });
    await onSpotWarning(context, { kind: "spotWarning", instance: "i-1" });

    assert.deepEqual(jobs, []);
    assert.deepEqual(
      lines.map(({ instance, message }) => [message, instance]),
      [ids.instance, "i-1"].map((id) => ["ignored: the Spot instance is in no group of this handler", id]),
    );
  });

  it("logs that SSM refuses the command", async () => {
    const { context, lines } = world(ids.handler, {
      kind: "refused",
      instances: [ids.instance],
      whole: false,
      isUnknown: true,
      cause: "no agent",
    });
    await onSpotWarning(context, { kind: "spotWarning", instance: ids.instance });

    assert.deepEqual(lines, [
      {
        level: "warn",
        message: "SSM refuses the command for a Spot instance: no agent",
        group: ids.group,
        hook: "graceful-terminate-sns",
        instance: ids.instance,
      },
    ]);
  });
});
