import assert from "node:assert/strict";
import { startRecordingProxy, type RecordingProxy } from "./support/recordingProxy";
import { Stack } from "./support/stack";

/** Calls about the group and its pool that change something. */
const changes = [
  "PutWarmPool",
  "DeleteWarmPool",
  "CreateAutoScalingGroup",
  "UpdateAutoScalingGroup",
  "UpdateAutoScalingGroup to 0",
  "DeleteAutoScalingGroup",
  "DeleteLifecycleHook",
];

/** What the server keeps of warm pools are their settings: it holds no instances in them. */
describe("a warm pool on the real engine", () => {
  let proxy: RecordingProxy;
  let stack: Stack;
  before(async () => {
    proxy = await startRecordingProxy(process.env["AWS_ENDPOINT_URL"] ?? "");
    stack = await Stack.create("warmPool", {
      environment: { AWS_ENDPOINT_URL: proxy.url },
      program: "warmPool",
      // A Region of its own, so that other tests do not interfere.
      region: "eu-west-3",
    });
    await stack.configure("warmPool", JSON.stringify({ reuseOnScaleIn: true, maxGroupPreparedCapacity: 2 }));
  });
  after(async () => {
    stack.remove();
    await proxy.close();
  });

  const made = () => proxy.takeCalls().filter((call) => changes.includes(call));
  const pool = () => proxy.sent("PutWarmPool").at(-1);

  it("is put on the group after the group has its hooks", async () => {
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    const calls = proxy.takeCalls();
    assert.ok(calls.indexOf("PutLifecycleHook") < calls.indexOf("PutWarmPool"), calls.join());
    assert.equal(pool()?.["MaxGroupPreparedCapacity"], "2");
    assert.equal(pool()?.["PoolState"], "Stopped");
    assert.equal(pool()?.["InstanceReusePolicy.ReuseOnScaleIn"], "true");
  });

  it("does not change by itself", async () => {
    const { code, output } = await stack.up("--expect-no-changes");

    assert.equal(code, 0, output);
    assert.deepEqual(made(), []);
  });

  it("changes in place, and neither deletes the group nor a hook", async () => {
    await stack.configure("warmPool", JSON.stringify({ minSize: 1, poolState: "Running" }));
    const { code, output } = await stack.up();

    assert.equal(code, 0, output);
    const calls = made();
    assert.ok(calls.includes("PutWarmPool"), calls.join());
    assert.ok(!calls.some((call) => call.startsWith("Delete") || call.startsWith("Create")), calls.join());
    assert.equal(pool()?.["MaxGroupPreparedCapacity"], "-1");
    assert.equal(pool()?.["InstanceReusePolicy.ReuseOnScaleIn"], "false");
  });

  it("is emptied without force before the group is, and no hook is deleted before that", async () => {
    const { code, output } = await stack.destroy();

    assert.equal(code, 0, output);
    assert.deepEqual(made(), [
      "PutWarmPool",
      "DeleteWarmPool",
      "UpdateAutoScalingGroup to 0",
      "DeleteAutoScalingGroup",
    ]);
    assert.equal(pool()?.["MaxGroupPreparedCapacity"], "0");
    assert.notEqual(proxy.sent("DeleteWarmPool").at(-1)?.["ForceDelete"], "true");
  });
});
