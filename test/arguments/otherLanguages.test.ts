import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental/provider";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  LifecycleHandler,
} from "../../components";
import { groupArgs, registered, root } from "../support/deployment";

/** Makes a component as Pulumi's host of components does for a program in another language. */
async function construct(type: string, inputs: pulumi.Inputs): Promise<void> {
  const provider = new ComponentProvider({
    components: [GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler],
    dirname: root,
    name: "graceful-asg",
  });
  await registered(() => provider.construct("web", `graceful-asg:index:${type}`, inputs, {}));
}

describe("arguments that come from another language", () => {
  it("are refused with the same sentences", async () => {
    const inputs = {
      ...groupArgs(),
      minSize: "1",
      launch: null,
      terminate: { script: pulumi.output("stop"), timeOut: 120 },
    };

    await assert.rejects(construct("GracefulAutoScalingGroup", inputs), (error: unknown) => {
      assert.ok(error instanceof InvalidArguments, String(error));
      assert.deepEqual(error.violations.map(({ argument }) => argument).sort(), [
        "minSize",
        "terminate.script",
        "terminate.timeOut",
        "terminate.timeout",
      ]);
      return true;
    });
  });
});
