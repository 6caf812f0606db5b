import assert from "node:assert/strict";
import { changed, type ScriptLogs } from "../../simulator";
import { TestBed, withoutDrain, type Setting } from "../support/testBed";

describe("SSM in the simulator, with output to CloudWatch Logs", () => {
  let bed: TestBed;
  afterEach(() => bed.close());
  const open = async (setting: Setting = {}) => (bed = await TestBed.open(withoutDrain(setting)));

  /** Seconds from the command to its script, and from the end of the script to the report. */
  const times = async (scriptLogs: boolean, logs: ScriptLogs) => {
    await open({
      args: { scriptLogs },
      behaviour: (usual) => changed(usual, { scriptLogs: () => logs }),
      scriptSeconds: 5,
      // The handler does not cancel the command, however late the command is.
      world: (world) => ({ ...world, rules: [] }),
    });
    await bed.scaleIn(1);
    await bed.pass(440);
    const at = (found: { readonly at: number } | undefined) => (found?.at ?? NaN) / 1000;
    const sent = at(bed.of("command").find(({ status }) => status === "Pending"));
    const started = at(bed.of("script").find(({ phase }) => phase === "started"));
    const ended = at(bed.of("script").find(({ phase }) => phase === "ended"));
    const reported = at(bed.of("command").find(({ status }) => status === "Success"));
    await bed.close();
    return { start: started - sent, end: reported - ended };
  };

  for (const logs of ["taken", "unreachable", "refused"] as const) {
    it(`is quick without the output of scripts, though such output would be ${logs}`, async () => {
      const { end, start } = await times(false, logs);

      assert.ok(start < 2 && end < 0.5, `${start} s to start, ${end} s to report`);
    });
  }

  for (const [logs, later] of [
    ["taken", { start: 0, end: 3 }],
    ["refused", { start: 0, end: 60 }],
  ] as const) {
    it(`reports the end of a script ${later.end} s late where its output is ${logs}`, async () => {
      const { end, start } = await times(true, logs);

      assert.ok(start < 2, `${start} s to start`);
      assert.ok(end > later.end && end < later.end + 0.5, `${end} s to report`);
    });
  }

  it("starts a script six minutes late where the endpoint does not answer", async () => {
    await open({
      args: { scriptLogs: true, terminate: { script: "stop", timeout: 600 } },
      behaviour: (usual) => changed(usual, { scriptLogs: () => "unreachable" }),
    });
    await bed.scaleIn(1);
    await bed.pass(420);
    const [sent] = bed.of("command");
    const [started] = bed.of("script");

    assert.ok(sent && started);
    const seconds = (started.at - sent.at) / 1000;
    assert.ok(seconds > 363 && seconds < 365, `${seconds} s`);
  });
});
