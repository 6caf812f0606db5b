import assert from "node:assert/strict";
import pLimit from "p-limit";
import { kinds, type Kind } from "./support/kinds";
import { install, nodesOf, sdks, tryOut, type Installed, type Row, type Sdk } from "./support/matrix";
import type { Ran } from "./support/run";
import { getTools, type NodeVersion, type Tools } from "./support/tools";

/** Projects that are made and run side by side. */
const atOnce = 2;

describe("the tarball in a fresh project", () => {
  let tools: Tools;
  const installed = new Map<string, Promise<Installed>>();
  const rows = new Map<string, Promise<Row>>();
  let began: number;

  before(async () => {
    began = Date.now();
    tools = await getTools();
    const limit = pLimit(atOnce);
    for (const sdk of sdks) {
      for (const kind of kinds) {
        const versions = nodesOf[sdk];
        const done = limit(async () => {
          const project = install(tools, kind, sdk);
          const tried: Row[] = [];
          for (const version of versions) tried.push(await tryOut(tools, await project, sdk, version));
          return { project: await project, tried };
        });
        installed.set(keyOf(kind, sdk), settled(done.then(({ project }) => project)));
        for (const [index, version] of versions.entries()) {
          rows.set(
            keyOf(kind, sdk, version),
            settled(
              done.then(({ tried }) => {
                const row = tried[index];
                if (row === undefined) throw new Error("the row was not tried");
                return row;
              }),
            ),
          );
        }
      }
    }
  });

  after(async () => {
    await printTable(tools, installed, rows);
    console.log(`  the whole matrix took ${((Date.now() - began) / 1000).toFixed(0)} s`);
    tools.remove();
  });

  for (const sdk of sdks) {
    for (const kind of kinds) {
      for (const version of nodesOf[sdk]) {
        it(`is previewed and rehearsed: ${keyOf(kind, sdk, version)}`, async () => {
          const row = await rows.get(keyOf(kind, sdk, version));
          assert.ok(row);

          assert.equal(row.preview.code, 0, row.preview.output);
          assert.match(row.preview.output, /graceful-asg:index:GracefulAutoScalingGroup +web +create/);
          assert.match(row.preview.output, /✅ graceful-asg@v/);
          assertRehearsed(row.rehearsal);
        });
      }
    }
  }
});

/** Asserts that the stop script ran for every instance, and that the handler completed its action. */
function assertRehearsed({ code, output, stdout }: Ran): void {
  assert.equal(code, 0, output);
  const { summary } = JSON.parse(stdout) as {
    summary: { instances: number; calls: Record<string, number>; failedCalls: number };
  };
  assert.equal(summary.calls["SendCommand"], summary.instances);
  assert.equal(summary.calls["CompleteLifecycleAction"], summary.instances);
  assert.equal(summary.failedCalls, 0);
}

async function printTable(
  { tarball }: Tools,
  installed: ReadonlyMap<string, Promise<Installed>>,
  rows: ReadonlyMap<string, Promise<Row>>,
): Promise<void> {
  const unpacked = `${kilobytes(tarball.unpackedSize)} in ${tarball.files.length} files`;
  console.log(`\n  tarball ${kilobytes(tarball.size)}, unpacked ${unpacked}`);
  console.log(`  ${"project".padEnd(44)}  install       size    preview  rehearsal`);
  for (const sdk of sdks) {
    for (const kind of kinds) {
      for (const version of nodesOf[sdk]) {
        const [project] = await Promise.allSettled([installed.get(keyOf(kind, sdk))]);
        const [row] = await Promise.allSettled([rows.get(keyOf(kind, sdk, version))]);
        const figures =
          project.status === "fulfilled" && row.status === "fulfilled"
            ? [
                seconds(project.value?.seconds),
                `${((project.value?.size ?? 0) / 1e6).toFixed(0)} MB`,
                seconds(row.value?.preview.seconds),
                seconds(row.value?.rehearsal.seconds),
              ]
            : ["failed"];
        const cells = figures.map((cell) => cell.padStart(9)).join("");
        console.log(`  ${keyOf(kind, sdk, version).padEnd(44)}${cells}`);
      }
    }
  }
}

function keyOf({ name }: Kind, sdk: Sdk, version?: NodeVersion): string {
  return version === undefined ? `${name}, ${sdk} SDK` : `${name}, ${sdk} SDK, Node.js ${version}`;
}

function seconds(value: number | undefined): string {
  return `${(value ?? 0).toFixed(1)} s`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

/** A promise whose failure waits for the test that looks at it. */
function settled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
