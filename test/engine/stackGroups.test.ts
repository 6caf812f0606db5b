import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { AccountError } from "../../cli/accountError";
import { placesOfStack } from "../../cli/stackGroups";
import { Stack } from "./support/stack";

const type = "aws:autoscaling/group:Group";

describe("the groups of a stack", () => {
  const folder = process.cwd();
  let stack: Stack;
  before(async () => {
    stack = await Stack.create("named");
    process.chdir(stack.folder);
  });
  after(() => {
    process.chdir(folder);
    stack.remove();
  });

  it("are none before the stack is deployed", async () => {
    await assert.rejects(placesOfStack("named", undefined), (error) => {
      assert.ok(error instanceof AccountError);
      assert.match(error.message, /^--stack is "named", whose state has no Auto Scaling group\. /);
      return true;
    });
  });

  it("are the groups of its state, by Region", async () => {
    const { answer } = await stack.pulumi("stack", "export", "--stack", "named");
    const state = JSON.parse(answer) as { deployment: object };
    const groups = ["us-east-1/web", "us-east-1/api", "eu-west-1/batch"].map((one) => {
      const [region = "", name = ""] = one.split("/");
      const arn = `arn:aws:autoscaling:${region}:123456789012:autoScalingGroup:id:autoScalingGroupName/${name}`;
      const urn = `urn:pulumi:named::graceful-asg::${type}::${name}`;
      return { urn, type, custom: true, id: name, inputs: {}, outputs: { name, arn } };
    });
    const file = path.join(stack.folder, "state.json");
    writeFileSync(file, JSON.stringify({ ...state, deployment: { ...state.deployment, resources: groups } }));
    const { code, output } = await stack.pulumi("stack", "import", "--stack", "named", "--file", file);
    assert.equal(code, 0, output);

    assert.deepEqual(await placesOfStack("named", undefined), [
      { region: "us-east-1", groups: ["web", "api"] },
      { region: "eu-west-1", groups: ["batch"] },
    ]);
  });

  it("are refused for a stack that there is not, in one sentence", async () => {
    await assert.rejects(placesOfStack("missing", undefined), (error) => {
      assert.ok(error instanceof AccountError);
      assert.match(
        error.message,
        /^--stack is "missing", which pulumi does not export: .* Check the name with pulumi stack ls in this folder\.$/,
      );
      return true;
    });
  });
});
