import assert from "node:assert/strict";
import type { Invocation, InvocationQuery } from "../../handler/aws/runCommand";
import { readCommands } from "../../handler/sweep/commands";
import { handlerContext } from "../support/handlerContext";

/** Commands that fill this many pages together. */
function world(pages: number, commands: readonly Invocation[] = []) {
  const queries: InvocationQuery[] = [];
  const invocations = (query: InvocationQuery) => {
    queries.push(query);
    const isTooMuch = query.instance === undefined && pages > (query.pages ?? Infinity);
    const found = commands.filter(({ instance }) => [undefined, instance].includes(query.instance));
    return Promise.resolve(isTooMuch ? undefined : found);
  };
  return { context: handlerContext({ runCommand: { invocations } }), queries };
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${index}`);
const command = (instance: string, id: string): Invocation => ({
  id,
  instance,
  requestedAt: 0,
  status: "running",
});

describe("the commands of a hook's instances", () => {
  it("are read together, up to as many pages as cost less than a call for each instance", async () => {
    for (const [count, pages] of [
      [2, 2],
      [20, 20],
      [21, 21],
      [50, 22],
      [51, 23],
      [1000, 60],
    ] as const) {
      const { context, queries } = world(1);
      await readCommands(context, "d", ids(count), 7);

      assert.deepEqual(queries, [{ document: "d", after: 7, pages }]);
    }
  });

  it("are read by instance where there is one instance, or where all commands fill more pages", async () => {
    for (const [count, together] of [
      [1, 0],
      [30, 1],
    ] as const) {
      const { context, queries } = world(23, [command("i-0", "c0")]);
      const found = await readCommands(context, "d", ids(count), 7);

      assert.deepEqual(
        queries.slice(together),
        ids(count).map((instance) => ({ document: "d", after: 7, instance })),
      );
      assert.deepEqual([...found.keys()], ["i-0"]);
    }
  });

  it("are kept apart by instance, in their order", async () => {
    const { context } = world(1, [command("i-0", "c0"), command("i-1", "c1"), command("i-0", "c2")]);
    const found = await readCommands(context, "d", ids(3), 7);

    assert.deepEqual(
      [...found].map(([id, all]) => [id, all.map((one) => one.id)]),
      [
        ["i-0", ["c0", "c2"]],
        ["i-1", ["c1"]],
      ],
    );
  });
});
