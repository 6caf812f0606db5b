// @ts-nocheck
import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { GracefulLifecycle } from "../../components";
import { Stand } from "../support/box";

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
