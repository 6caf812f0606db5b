import assert from "node:assert/strict";
import { scriptIn } from "../../contract";
import { Stack, warningsIn, type StateResource } from "./support/stack";

/** A line of a stack trace. */
const trace = /^\s+at .+:\d+:\d+/m;

const documentType = "aws:ssm/document:Document";

describe("a script with the URL of a queue in it, on the real engine", function () {
  this.timeout(600_000);

  let stack: Stack;
  before(
    async () =>
      (stack = await Stack.create("later-script", { program: "laterScript", region: "ap-south-1" })),
  );
  after(async () => {
    await stack.destroy();
    stack.remove();
  });

  const resources = async (type: string): Promise<readonly StateResource[]> =>
    (await stack.resources()).filter((one) => one.type === type);

  it("is not known in the preview of a new stack, which nothing stops, right or wrong", async () => {
    for (const wrong of ["", "empty"]) {
      await stack.configure("graceful-asg:wrong", wrong);

      const { code, output } = await stack.preview();

      assert.equal(code, 0, output);
      assert.deepEqual(warningsIn(output), []);
    }
  });

  for (const [wrong, says] of Object.entries({
    empty: 'terminate.script is " "; it must be a script that is not empty. Give the commands to run',
    large: 'terminate.script is "60000 bytes"; it must be at most',
  })) {
    it(`stops the update with the error of a text if it is ${wrong}, before document, hooks and group`, async () => {
      await stack.configure("graceful-asg:wrong", wrong);

      const { code, output } = await stack.up();

      assert.notEqual(code, 0);
      assert.ok(output.includes('GracefulAutoScalingGroup "worker" cannot be made:'), output);
      assert.ok(output.includes(says), output);
      assert.doesNotMatch(output, trace);
      for (const type of [
        documentType,
        "aws:autoscaling/group:Group",
        "aws:autoscaling/lifecycleHook:LifecycleHook",
      ])
        assert.deepEqual(await resources(type), [], type);
    });
  }

  it("is in the document after the first update", async () => {
    await stack.configure("graceful-asg:wrong", "");

    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    const [document] = await resources(documentType);
    const [queue] = await resources("aws:sqs/queue:Queue").then((all) =>
      all.filter(({ urn }) => urn.endsWith("::jobs")),
    );
    const content = JSON.parse(String(document?.inputs?.["content"])) as {
      mainSteps: { name: string; inputs: { runCommand: string[] } }[];
    };
    const step = content.mainSteps.find(({ name }) => name === "runLinux");
    assert.equal(
      scriptIn(step?.inputs.runCommand.join("\n") ?? ""),
      `stop-worker --queue ${String(queue?.outputs?.["url"])}`,
    );
  });

  it("changes nothing in another update", async () => {
    const { code, output } = await stack.up("--expect-no-changes");

    assert.equal(code, 0, output);
  });

  it("stays secret in the state, where it was one", async () => {
    await stack.configure("graceful-asg:wrong", "secret");

    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    const [document] = await resources(documentType);
    assert.match(
      JSON.stringify(document?.inputs?.["content"]),
      /4dabf18193072939515e22adb298388d|\[secret\]/,
    );
  });

  it("is refused in preview and update once the queue is known, and the document stays as it was", async () => {
    await stack.configure("graceful-asg:wrong", "empty");

    for (const { code, output } of [await stack.preview(), await stack.up()]) {
      assert.notEqual(code, 0);
      assert.match(output, /terminate\.script is " "; it must be a script that is not empty\./);
    }
    assert.equal((await resources(documentType)).length, 1);
  });
});
