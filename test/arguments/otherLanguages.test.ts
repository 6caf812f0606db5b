import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental/provider";
import {
  GracefulAutoScalingGroup,
  GracefulLifecycle,
  InvalidArguments,
  LifecycleHandler,
} from "../../components";
import type { Registration } from "../../evaluate/registration";
import { groupArgs, only, registered, root } from "../support/deployment";

/** Makes a component as Pulumi's host of components does for a program in another language. */
function construct(type: string, inputs: pulumi.Inputs): Promise<readonly Registration[]> {
  const provider = new ComponentProvider({
    components: [GracefulAutoScalingGroup, GracefulLifecycle, LifecycleHandler],
    dirname: root,
    name: "graceful-asg",
  });
  // The host reads the outputs of the components from their types, which takes long and is not the subject here.
  Object.assign(provider, { componentDefinitions: { [type]: { outputs: {} } } });
  return registered(() => provider.construct("web", `graceful-asg:index:${type}`, inputs, {}));
}

describe("arguments that come from another language", () => {
  it("are refused with the same sentences", async () => {
    const inputs = {
      ...groupArgs(),
      minSize: "1",
      launch: null,
      terminate: { systemdUnit: pulumi.output("application"), timeOut: 120 },
    };

    await assert.rejects(construct("GracefulAutoScalingGroup", inputs), (error: unknown) => {
      assert.ok(error instanceof InvalidArguments, String(error));
      assert.deepEqual(error.violations.map(({ argument }) => argument).sort(), [
        "minSize",
        "terminate.systemdUnit",
        "terminate.timeOut",
        "terminate.timeout",
      ]);
      return true;
    });
  });

  it("may hold a script that is an output", async () => {
    const script = pulumi.output("systemctl stop application");

    const made = await construct("GracefulAutoScalingGroup", {
      ...groupArgs(),
      terminate: { script, timeout: 120 },
    });

    assert.match(String(only(made, "aws:ssm/document:Document").inputs["content"]), /SCRIPT64=/);
  });
});
