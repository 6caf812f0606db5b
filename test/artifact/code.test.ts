import assert from "node:assert/strict";
import { GracefulAutoScalingGroup, type GracefulAutoScalingGroupArgs } from "../../components";
import { filesOf } from "../../evaluate/artifact";
import { groupArgs, only, registered, registeredByProgram } from "../support/deployment";
import { Artifact, type Answers } from "../support/lambda";
import { encodeInstructions } from "../../contract";
import { hookBody, ids, instructionsFor, snsEvent } from "../support/payloads";

const codeOf = async (run: ReturnType<typeof registeredByProgram>) =>
  filesOf(only(await run, "aws:lambda/function:Function").inputs["code"]);

describe("the code of the function", () => {
  it("is two files of at most 450 kB together", async () => {
    const files = await codeOf(registeredByProgram());
    const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);

    assert.deepEqual([...files.keys()].sort(), ["__index.js", "core.js"]);
    assert.ok(size <= 450_000, `${size} bytes`);
  });

  it("is the same to the byte for all stacks without callbacks", async () => {
    const one = await codeOf(registeredByProgram());
    const other = await codeOf(
      registered(
        () => new GracefulAutoScalingGroup("other", groupArgs({ terminate: { script: "x", timeout: 5 } })),
        {
          stack: "prod",
        },
      ),
    );

    for (const [name, content] of one) assert.ok(other.get(name)?.equals(content), name);
  });

  it("holds no setting of the stack", async () => {
    const files = await codeOf(registeredByProgram());

    for (const [name, content] of files)
      assert.ok(!/systemctl stop|web-handler/.test(content.toString()), name);
  });
});

describe("the function with an isBusy callback", function () {
  this.timeout(30_000);

  const sessions = { maxWait: 600 };
  const metadata = encodeInstructions(instructionsFor("terminate", { maxWait: 600, execution: 720 }));
  const event = () => snsEvent(hookBody({ time: new Date().toISOString(), metadata }));
  const answers: Answers = { SendCommand: () => ({ output: { Command: { CommandId: ids.command } } }) };

  const drain = async (isBusy: NonNullable<GracefulAutoScalingGroupArgs["isBusy"]>) => {
    const args = groupArgs({ terminate: { script: "stop", timeout: 120, sessions }, isBusy });
    const artifact = await Artifact.of(await registered(() => new GracefulAutoScalingGroup("web", args)));
    try {
      const { code, output } = await artifact.invoke([event()], answers);
      assert.equal(code, 0, output);
      return { calls: artifact.takeCalls().map(({ action }) => action), output };
    } finally {
      await artifact.remove();
    }
  };

  it("asks the callback about the instance, with all captured values", async () => {
    const busyInstances: string[] = [ids.instance];
    const group = ids.group;
    const { calls } = await drain(({ groupName, hookName, instanceId }) =>
      Promise.resolve(
        busyInstances.includes(instanceId) && groupName === group && hookName.startsWith("graceful-"),
      ),
    );

    assert.deepEqual(calls, []);
  });

  it("starts the script where the callback says that the instance is not busy", async () => {
    const { calls } = await drain(() => Promise.resolve(false));

    assert.deepEqual(calls, ["SendCommand"]);
  });

  it("takes an error of the callback for busy, and logs the error", async () => {
    const { calls, output } = await drain(() => Promise.reject(new Error("no route to the session store")));

    assert.deepEqual(calls, []);
    assert.match(output, /isBusy failed and counts as busy/);
    assert.match(output, /no route to the session store/);
  });

  it("takes a callback that does not answer within 10 s for busy", async () => {
    const { calls, output } = await drain(() => new Promise(() => undefined));

    assert.deepEqual(calls, []);
    assert.match(output, /no answer within 10 s/);
  });
});
