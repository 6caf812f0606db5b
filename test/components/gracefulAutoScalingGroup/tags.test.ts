import assert from "node:assert/strict";
import { revisionsOf } from "../../../contract";
import type { Registration } from "../../../evaluate/registration";
import { only } from "../../support/deployment";
import { groupOf, launch, make, types } from "./make";

describe("the tags of a GracefulAutoScalingGroup", () => {
  let all: readonly Registration[];
  before(async () => (all = await make({ launch })));

  it("name the handler on the group and its instances, and the revisions of the hooks and the role of the instances on the group alone", async () => {
    const handler = {
      key: "graceful-asg:handler",
      value: only(all, types.function).state["name"],
      propagateAtLaunch: true,
    };
    const hooks = {
      key: "graceful-asg:hooks",
      value: revisionsOf([
        { transition: "terminate", metadata: metadataOf(all, "web-terminate") },
        { transition: "launch", metadata: metadataOf(all, "web-launch") },
      ]),
      propagateAtLaunch: false,
    };
    const role = only(all, "aws:iam/role:Role", "web-instance").state["name"];
    const elsewhere = await make({ instance: undefined, launchTemplate: { id: "lt-0abc" } });

    assert.deepEqual(groupOf(all).inputs["tags"], [
      handler,
      hooks,
      { key: "graceful-asg:instance-role", value: role, propagateAtLaunch: false },
    ]);
    assert.deepEqual(
      (groupOf(elsewhere).inputs["tags"] as { key: string }[]).map(({ key }) => key),
      ["graceful-asg:handler", "graceful-asg:hooks"],
    );
  });

  it("include a tag of the hooks that changes with every change of the handler's instructions", async () => {
    const tagOf = (some: readonly Registration[]) =>
      (groupOf(some).inputs["tags"] as { key: string; value: string }[]).find(
        ({ key }) => key === "graceful-asg:hooks",
      )?.value;
    const terminate = { script: "stop", timeout: 120 };
    const values = [
      all,
      await make({ terminate: { ...terminate, agentTimeout: 200 } }),
      await make({ terminate: { ...terminate, heartbeatTimeout: 3600 } }),
      await make({ terminate: { ...terminate, onFailure: "abandon" } }),
      await make({ terminate, launch: { script: "start", timeout: 60 } }),
      await make({ terminate, scriptLogs: true }),
    ].map(tagOf);

    assert.match(values[0] ?? "", /^terminate=[0-9a-f]{8} launch=[0-9a-f]{8}$/);
    assert.equal(new Set(values).size, values.length);
    assert.equal(
      tagOf(await make({ terminate: { ...terminate, script: "stop harder" } })),
      tagOf(await make({ terminate })),
    );
  });
});

describe("the caller's tags of a GracefulAutoScalingGroup", () => {
  it("are on instances and volumes too", async () => {
    const all = await make({ tags: { team: "web" } });

    assert.deepEqual((groupOf(all).inputs["tags"] as unknown[]).at(-1), {
      key: "team",
      value: "web",
      propagateAtLaunch: true,
    });
    assert.deepEqual(only(all, types.launchTemplate).inputs["tagSpecifications"], [
      { resourceType: "instance", tags: { team: "web" } },
      { resourceType: "volume", tags: { team: "web" } },
    ]);
  });
});

function metadataOf(all: readonly Registration[], name: string): string {
  return String(only(all, types.hook, name).inputs["notificationMetadata"]);
}
