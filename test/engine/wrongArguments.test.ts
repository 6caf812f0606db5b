import assert from "node:assert/strict";
import { Stack } from "./support/stack";

/** A line of a stack trace. */
const trace = /^\s+at .+:\d+:\d+/m;

describe("a program with wrong arguments, on the real engine", () => {
  let stack: Stack;
  before(
    async () =>
      (stack = await Stack.create("wrong-arguments", { program: "wrongArguments", region: "eu-north-1" })),
  );
  after(() => {
    stack.remove();
  });

  it("is stopped with a sentence for each mistake, no stack trace and nothing made", async () => {
    const { code, output } = await stack.pulumi("preview");

    assert.notEqual(code, 0);
    const said = output.slice(output.lastIndexOf('GracefulAutoScalingGroup "web" cannot be made:\n'));
    const lines = said.split("\n").filter((line) => line.includes("; it must be "));
    assert.deepEqual(
      lines.map((line) => line.trim().split(";")[0]).sort(),
      [
        'instance.imageID is "ami-0123456789abcdef0"',
        "maxSize is NaN",
        'minSize is "1"',
        'subnetIds is "subnet-0123456789abcdef0"',
        "terminate.systemdUnit is an output",
        "terminate.timeout is not given",
        "terminate.timout is 120",
      ],
      output,
    );
    assert.doesNotMatch(output, trace);
    assert.doesNotMatch(output, /aws:|GracefulAutoScalingGroup web/);
  });
});

describe("a stack with wrong settings, on the real engine", () => {
  let stack: Stack;
  before(async () => (stack = await Stack.create("settings", { region: "eu-north-1" })));
  after(() => {
    stack.remove();
  });

  it("is stopped with the name of each setting and the command that corrects it", async () => {
    await stack.configure("terminateTimeout", "4");
    await stack.configure("healthPath", "health");
    await stack.configure("alarmTopicArn", "alarms");

    const { code, output } = await stack.pulumi("preview");

    assert.notEqual(code, 0);
    for (const setting of ["terminateTimeout", "healthPath", "alarmTopicArn"]) {
      assert.match(
        output,
        new RegExp(
          `graceful-asg:${setting} is .*; it must be .* pulumi config set graceful-asg:${setting} VALUE`,
        ),
      );
    }
    assert.doesNotMatch(output, trace);
    assert.doesNotMatch(output, /aws:|awsx:/);
  });
});
