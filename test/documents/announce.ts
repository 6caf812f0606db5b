import assert from "node:assert/strict";
import { subject } from "../support/cases";
import { Counter, action, type Machine } from "../support/shells";

/** Tests of the guard of a document that tells an instance that it was chosen. */
export const announcing = subject("the guard of an announcement", given, (it) => {
  const source = { announces: true, times: { timeout: 30 } } as const;
  const { hook, sent } = action;
  const sweep = { hook, sent };

  it("runs the script once for a lifecycle action, with the usual variables", async ({
    counter,
    machine,
  }) => {
    const script = `${counter.script()}\necho "$GRACEFUL_HOOK $GRACEFUL_TRANSITION"`;
    const { code, output } = await machine.run({ ...source, script }, sweep);
    const again = await machine.run({ ...source, script }, { ...sweep, sent: String(Number(sent) + 60) });

    assert.deepEqual([code, again.code, counter.runs], [0, 0, 1]);
    assert.ok(output.includes(`${hook} terminate`), output);
  });

  it("runs it again for another action, whose beginning the command names", async ({ counter, machine }) => {
    const script = counter.script();
    await machine.run({ ...source, script }, { ...sweep, since: String(Number(sent) - 30) });
    const later = Number(sent) + 3600;
    await machine.run({ ...source, script }, { ...sweep, sent: String(later), since: String(later - 30) });

    assert.equal(counter.runs, 2);
  });

  it("neither joins a run of the stop script nor keeps it from running", async ({ counter, machine }) => {
    const script = counter.script();
    const agent = { environment: { AWS_SSM_INSTANCE_ID: action.instance } };
    await machine.run({ ...source, script }, sweep, agent);
    await machine.run({ script }, action, agent);
    assert.equal(counter.runs, 2);

    await machine.run({ ...source, script }, sweep, agent);
    assert.equal(counter.runs, 2);
  });
});

function given(machine: Machine) {
  return { machine, counter: new Counter(machine) };
}
