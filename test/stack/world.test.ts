import assert from "node:assert/strict";
import { GracefulAutoScalingGroup } from "../../components";
import { readWorld } from "../../stack";
import { groupArgs, registered } from "../support/deployment";

describe("the world of a program", () => {
  it("is the same in whatever order the program registers its resources", async () => {
    const registrations = await registered(() => {
      new GracefulAutoScalingGroup("web", groupArgs());
      new GracefulAutoScalingGroup("jobs", groupArgs());
    });
    const world = readWorld(registrations);

    assert.deepEqual(readWorld([...registrations].reverse()), world);
    assert.deepEqual(
      world.groups.map(({ name }) => name.split("-")[0]),
      ["jobs", "web"],
    );
  });
});
