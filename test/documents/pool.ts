import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { subject } from "../support/cases";
import { Counter, action, type Machine } from "../support/shells";

/** Tests of the guard on an instance that a warm pool stops and starts again between two actions of one hook. */
export const pool = subject("the guard on an instance of a warm pool", given, (it) => {
  const source = { transition: "launch", hasRoute: true } as const;
  const sent = (seconds: number) => String(Number(action.sent) + seconds);
  const into = { ...action, since: sent(-5), origin: "EC2", destination: "WarmPool" };
  const out = { origin: "WarmPool", destination: "AutoScalingGroup" };

  it("runs the script again on the way out of the pool, after another boot", async ({
    counter,
    machine,
    reboot,
  }) => {
    const script = counter.script();
    await machine.run({ ...source, script }, into);
    reboot();
    const second = { ...into, ...out, action: "99999999", sent: sent(90), since: sent(80) };
    const { code, output } = await machine.run({ ...source, script }, second);

    assert.deepEqual([code, counter.runs], [0, 2]);
    assert.doesNotMatch(output, /is under way or over|cut off/);
  });

  for (const [who, first] of [
    ["an event", into],
    ["the sweep", { ...into, action: "" }],
  ] as const) {
    it(`runs it again for a command of the sweep, which names no action, after a command of ${who}`, async ({
      counter,
      machine,
      reboot,
    }) => {
      const script = counter.script();
      await machine.run({ ...source, script }, first);
      reboot();
      // Soon enough for a recovery of the first action, if only the time between the commands counted.
      const sweep = { ...first, ...out, action: "", sent: sent(60), since: sent(50) };
      await machine.run({ ...source, script }, sweep);
      assert.equal(counter.runs, 2);

      await machine.run({ ...source, script }, { ...sweep, sent: sent(120) });
      assert.equal(counter.runs, 2);
    });
  }

  it("does not return the failure of a run before the stop as the result of the run after the start", async ({
    machine,
    reboot,
  }) => {
    await machine.run({ ...source, script: "exit 3" }, into);
    reboot();
    const second = { ...into, ...out, action: "", sent: sent(60), since: sent(50) };

    assert.equal((await machine.run({ ...source, script: "true" }, second)).code, 0);
  });

  it("tells the script where the instance comes from and goes to", async ({ machine }) => {
    const told = { ...source, script: 'echo "$GRACEFUL_ORIGIN to $GRACEFUL_DESTINATION"' };
    assert.match((await machine.run(told, into)).output, /^EC2 to WarmPool$/m);
    const unknown = { ...into, action: "99999999", origin: "", destination: "" };
    assert.match((await machine.run(told, unknown)).output, /^ to $/m);
  });
});

function given(machine: Machine) {
  /** The kernel has another boot id after a stop and a start: the markers that are there are of the boot before. */
  const reboot = () => {
    const folder = path.join(machine.state, action.instance, action.hook);
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".run"))) {
      const lines = readFileSync(path.join(folder, name), "utf8").split("\n");
      lines[1] = "another-boot";
      writeFileSync(path.join(folder, name), lines.join("\n"));
    }
  };
  return { counter: new Counter(machine), machine, reboot };
}
