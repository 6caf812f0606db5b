import assert from "node:assert/strict";
import { encodeInstructions } from "../../contract";
import { Artifact } from "../support/lambda";
import { hookBody, ids, instructionsFor, snsEvent } from "../support/payloads";
import { startRecordingProxy, type RecordingProxy } from "./support/recordingProxy";
import { Stack, warningsIn } from "./support/stack";
import { unzip } from "./support/unzip";

describe("a stack with a callback, on the real engine", () => {
  let proxy: RecordingProxy;
  let stack: Stack;
  before(async () => {
    proxy = await startRecordingProxy(process.env["AWS_ENDPOINT_URL"] ?? "");
    stack = await Stack.create("callback", {
      environment: { AWS_ENDPOINT_URL: proxy.url },
      program: "callback",
      region: "eu-central-1",
    });
    await stack.configure("password", "hunter2", "--secret");
  });
  after(async () => {
    stack.remove();
    await proxy.close();
  });

  it("comes up without a warning of ours", async () => {
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    assert.deepEqual(warningsIn(output), []);
  });

  it("has uploaded a function that loads in an empty folder and asks the callback", async () => {
    const made = proxy.all.find(({ operation }) => operation === "POST /2015-03-31/functions");
    const { ZipFile } = made?.parameters["Code"] as { ZipFile: string };
    const artifact = await Artifact.unpacked(unzip(Buffer.from(ZipFile, "base64")));
    const metadata = encodeInstructions(instructionsFor("terminate", { maxWait: 600, execution: 720 }));
    const event = snsEvent(hookBody({ time: new Date().toISOString(), metadata }));
    const answers = { SendCommand: () => ({ output: { Command: { CommandId: ids.command } } }) };
    try {
      const busy = await artifact.invoke([event], answers, { PASSWORD: "hunter2" });
      assert.equal(busy.code, 0, busy.output);
      assert.doesNotMatch(busy.output, /isBusy failed/);
      assert.deepEqual(artifact.takeCalls(), []);
      const idle = await artifact.invoke([event], answers);
      assert.equal(idle.code, 0, idle.output);
      assert.deepEqual(
        artifact.takeCalls().map(({ action }) => action),
        ["SendCommand"],
      );
    } finally {
      await artifact.remove();
    }
  });

  it("keeps the secret out of the state", async () => {
    const resources = await stack.resources();
    const lambda = resources.find(({ type }) => type === "aws:lambda/function:Function");

    assert.ok(lambda);
    assert.match(JSON.stringify(lambda.inputs?.["environment"]), /"ciphertext"/);
    assert.match(JSON.stringify(lambda.outputs?.["environment"]), /"ciphertext"/);
    assert.doesNotMatch(JSON.stringify(resources), /hunter2/);
  });

  it("has nothing to do when it is brought up again", async () => {
    const { code, output } = await stack.up("--expect-no-changes");

    assert.equal(code, 0, output);
  });

  it("is destroyed as a whole", async () => {
    const { code, output } = await stack.destroy();

    assert.equal(code, 0, output);
    assert.deepEqual(await stack.resources(), []);
  });
});
