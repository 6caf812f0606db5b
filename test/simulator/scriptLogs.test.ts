import assert from "node:assert/strict";
import { readWorld } from "../../stack";
import { narrate } from "../../cli/rehearsal/narrate";
import { waysOf } from "../../cli/rehearsal/phases";
import { rehearse } from "../../cli/rehearsal/rehearsal";
import { endOf } from "../../cli/rehearsal/summary";
import { registeredByProgram } from "../support/deployment";

/** Rehearses the dev stack in a network from which CloudWatch Logs cannot be reached. */
async function withoutEndpoint(config: Readonly<Record<string, string>> = {}) {
  const rehearsal = await rehearse(readWorld(await registeredByProgram(config)), {
    transition: "terminate",
    instances: 5,
    scriptSeconds: undefined,
    faults: ["no-logs-endpoint"],
    seed: "1",
    group: undefined,
  });
  const { events } = rehearsal;
  const lines = events.flatMap((one) => narrate(one)?.text ?? []);
  return { events, lines, ways: waysOf(rehearsal) };
}

describe("the rehearsal of a private subnet without an endpoint of CloudWatch Logs", function () {
  this.timeout(60_000);

  it("starts every script within two seconds of its command by default", async () => {
    const { lines, events, ways } = await withoutEndpoint();
    const starts = events.filter((one) => one.kind === "script" && one.phase === "started");

    assert.equal(starts.length, 5);
    for (const start of starts) {
      const sent = events.find(
        (one) => one.kind === "command" && "instance" in start && one.instance === start.instance,
      );
      assert.ok(sent && start.at - sent.at < 2_000, `${start.at - (sent?.at ?? 0)} ms`);
    }
    assert.deepEqual(new Set(ways.map(endOf)), new Set(["stopped cleanly"]));
    assert.ok(!lines.some((line) => line.includes("CloudWatch Logs")));
  });

  it("says with `scriptLogs` that scripts start late, and that the instances wait for them", async () => {
    const { lines, ways } = await withoutEndpoint({ "graceful-asg:scriptLogs": "true" });
    const late = "CloudWatch Logs does not answer the agent: the script starts 363 s later";

    assert.ok(lines.filter((line) => line === late).length >= 5);
    assert.deepEqual(new Set(ways.map(endOf)), new Set(["stopped cleanly"]));
  });
});
