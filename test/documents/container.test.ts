import assert from "node:assert/strict";
import type { ContainerArgs } from "../../components";
import { words } from "../../components/documents";
import { Podman } from "../support/podman";

function scriptOf(container: ContainerArgs, untilEnd = 12): string {
  const text = words.terminate.container.script({ container, timeout: 60 }, { untilEnd });
  assert.ok(typeof text === "string");
  return text;
}

/** A program that ends some seconds after SIGTERM. */
const endsAfter = (seconds: number, code = 0) =>
  `trap "sleep ${seconds}; exit ${code}" TERM; while :; do sleep 0.1; done`;
const stubborn = 'trap "" TERM; while :; do sleep 0.1; done';

describe("a container, with a real Podman", function () {
  this.timeout(180_000);
  let podman: Podman | undefined;

  before(async function () {
    try {
      podman = await Podman.start();
    } catch (error) {
      if (process.env["REQUIRE_SHELLS"]) throw error;
      console.log(`      left out: ${String(error)}`);
      this.skip();
    }
  });
  after(() => podman?.stop());

  const running = (): Podman => podman ?? assert.fail("there is no Podman");
  const create = (...given: Parameters<Podman["create"]>) => running().create(...given);
  const stop = (container: ContainerArgs, untilEnd?: number) =>
    running().script(scriptOf({ runtime: "podman", ...container }, untilEnd));
  const isRunning = async (name: string) =>
    (await running().run(`podman container inspect --format '{{ .State.Running }}' ${name}`)).output.trim();

  it("has stopped cleanly where it ends in time", async () => {
    await create("good", endsAfter(2));

    const { code, output } = await stop({ name: "good" });

    assert.equal(code, 0, output);
    assert.match(output, /the container good has stopped with exit code 0/);
  });

  it("gets all the time that there is, not the usual 10 s", async () => {
    await create("slow", endsAfter(12));

    const { code, output } = await stop({ name: "slow" }, 30);

    assert.equal(code, 0, output);
  });

  it("has failed where it was killed", async () => {
    await create("killed", stubborn);

    const { code, output } = await stop({ name: "killed" }, 4);

    assert.equal(code, 1, output);
    assert.match(output, /the container killed was killed \(exit code 137\)/);
  });

  it("has failed where there is none of this name or label, and nothing else is stopped", async () => {
    await create("other", endsAfter(0));

    const named = await stop({ name: "other missing" });
    const labelled = await stop({ label: "missing=yes" });

    assert.deepEqual([named.code, labelled.code], [1, 1]);
    assert.match(named.output, /there is no container missing; nothing is stopped/);
    assert.match(labelled.output, /there is no container with the label missing=yes; nothing is stopped/);
    assert.equal(await isRunning("other"), "true");
    assert.equal((await stop({ name: "other" })).code, 0);
  });

  it("can be all containers with a label, which stop side by side", async () => {
    const label = '--label "app=my web"';
    await create("one", endsAfter(3), label);
    await create("two", endsAfter(3, 7), label);
    await create("ended", "exit 3", label);
    await create("apart", endsAfter(0), "--label app=my");

    const { code, output } = await stop({ label: "app=my web" });

    assert.equal(code, 0, output);
    assert.match(output, /the container one has stopped with exit code 0/);
    assert.match(output, /the container two has stopped with exit code 7/);
    assert.match(output, /the container ended was not running; there is nothing to stop/);
    assert.equal(await isRunning("apart"), "true");
  });

  it("has failed where one of several was killed", async () => {
    await create("heeding", endsAfter(1));
    await create("deaf", stubborn);

    const { code, output } = await stop({ name: "heeding deaf" }, 5);

    assert.equal(code, 1, output);
    assert.match(output, /the container heeding has stopped/);
    assert.match(output, /the container deaf was killed/);
  });

  it("is not started again by its restart policy", async () => {
    await create("restarting", endsAfter(0, 1), "--restart always");

    const { code, output } = await stop({ name: "restarting" });

    assert.equal(code, 0, output);
    assert.notEqual(await isRunning("restarting"), "true");
  });

  it("tells how it ended also where it is removed at its end", async () => {
    await create("gone", endsAfter(1), "--rm");
    await create("killed-gone", stubborn, "--rm");

    const good = await stop({ name: "gone" });
    const bad = await stop({ name: "killed-gone" }, 5);

    assert.equal(good.code, 0, good.output);
    assert.match(good.output, /the container gone has stopped with exit code 0/);
    assert.equal(bad.code, 1, bad.output);
    assert.match(bad.output, /the container killed-gone was killed/);
  });
});
