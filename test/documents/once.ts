import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { retryParameters } from "../../contract";
import { subject } from "../support/cases";
import { Counter, action, pause, type Machine } from "../support/shells";

const other = { ...action, action: "99999999" };
const unknown = { ...action, action: "" };

/** Tests of the guard of a lifecycle action. */
export const once = subject("the guard of a lifecycle action", given, (it) => {
  it("returns the result of the first run to a second command, without a second run", async ({
    counter,
    machine,
  }) => {
    const first = await machine.run({ script: counter.script("exit 5") }, action);
    const second = await machine.run({ script: counter.script("exit 5") }, action);

    assert.equal(counter.runs, 1);
    assert.deepEqual([first.code, second.code], [80, 80]);
    assert.match(second.output, /exit code 5/);
    const says = /run 1 of this action is under way or over; this command returns its result/;
    assert.doesNotMatch(first.output, says);
    assert.match(second.output, says);
  });

  it("lets a second command wait for the first run", async ({ counter, machine }) => {
    const first = machine.run({ script: counter.script("sleep 3") }, action);
    await pause(1);
    const second = machine.run({ script: counter.script("sleep 3") }, action);

    assert.equal((await first).code, 0);
    assert.equal((await second).code, 0);
    assert.equal(counter.runs, 1);
    assert.ok((await second).took > 1, "the second did not wait");
  });

  it("runs the script once for many commands that start at the same moment", async ({ counter, machine }) => {
    const ends = await Promise.all(
      Array.from({ length: 8 }, () => machine.run({ script: counter.script("sleep 1") }, action)),
    );

    assert.deepEqual(
      ends.map(({ code }) => code),
      Array(8).fill(0),
    );
    assert.equal(counter.runs, 1);
  });

  it("joins the run for a command without a token, as the sweep knows no token", async ({
    counter,
    machine,
  }) => {
    await machine.run({ script: counter.script() }, action);
    await machine.run({ script: counter.script() }, unknown);

    assert.equal(counter.runs, 1);
  });

  it("runs again for another lifecycle action", async ({ counter, machine }) => {
    await machine.run({ script: counter.script() }, action);
    await machine.run({ script: counter.script() }, other);

    assert.equal(counter.runs, 2);
  });

  it("joins a run of the same action though another action has begun since, as an old event may come late", async ({
    counter,
    machine,
  }) => {
    await machine.run({ script: counter.script("exit 5") }, action);
    await machine.run({ script: counter.script("exit 5") }, other);
    const late = await machine.run({ script: counter.script("exit 5") }, action);

    assert.equal(counter.runs, 2);
    assert.match(late.output, /exit code 5/);
  });

  /** The same command, or another, sent some seconds later. */
  const later = (given: typeof action, seconds: number) => ({
    ...given,
    sent: String(Number(given.sent) + seconds),
  });

  it("runs again for a command without an action once no command of the same wait can follow", async ({
    counter,
    machine,
  }) => {
    const long = { script: counter.script(), deregistrationDelay: 100 };
    const latest = 100 + 180 + 30 + 30;
    await machine.run(long, action);
    await machine.run(long, later(unknown, latest));
    assert.equal(counter.runs, 1);

    await machine.run(long, later(unknown, latest + 1));
    assert.equal(counter.runs, 2);
  });

  it("does not join an earlier run where the command says since when a run counts", async ({
    counter,
    machine,
  }) => {
    const since = (seconds: number) => String(Number(action.sent) + seconds);
    await machine.run({ script: counter.script() }, { ...action, since: since(-5) });
    await machine.run({ script: counter.script() }, { ...later(unknown, 60), since: since(0) });
    assert.equal(counter.runs, 1);

    await machine.run({ script: counter.script() }, { ...later(unknown, 60), since: since(1) });
    assert.equal(counter.runs, 2);
  });

  /** A script that fails until somebody has repaired the instance, and what an operator sends after a failure. */
  const repairable = (machine: Machine, counter: Counter, takes = 0) => {
    const repaired = path.join(machine.folder, "repaired");
    const failed = { ...action, since: String(Number(action.sent) - 15) };
    return {
      source: { script: counter.script(`[ -e ${repaired} ] || exit 3\nsleep ${takes}`) },
      failed,
      repair: () => {
        writeFileSync(repaired, "");
      },
      /** The operator's command, some seconds after the command that failed. */
      again: (seconds: number) => retryParameters(failed, (Number(failed.sent) + seconds) * 1000),
    };
  };

  it("runs a script again that has failed, where an operator says so", async ({ counter, machine }) => {
    const { again, failed, repair, source } = repairable(machine, counter);
    const first = await machine.run(source, failed);
    const sweep = await machine.run(source, { ...later(unknown, 60), since: failed.since });
    assert.deepEqual([first.code, sweep.code, counter.runs], [80, 80, 1]);

    repair();
    const second = await machine.run(source, again(120));
    assert.deepEqual([second.code, counter.runs], [0, 2]);
  });

  it("runs such a script once for operators who say so side by side, and while the script runs", async ({
    counter,
    machine,
  }) => {
    const { again, failed, repair, source } = repairable(machine, counter, 3);
    await machine.run(source, failed);
    repair();
    const first = machine.run(source, again(120));
    const second = machine.run(source, again(120));
    await pause(1.5);
    const third = machine.run(source, again(180));

    for (const run of [first, second, third]) assert.equal((await run).code, 0);
    assert.equal(counter.runs, 2);
  });

  it("joins the operator's run for a later command of a sweep", async ({ counter, machine }) => {
    const { again, failed, repair, source } = repairable(machine, counter);
    await machine.run(source, failed);
    repair();
    await machine.run(source, again(120));
    const sweep = await machine.run(source, { ...later(unknown, 180), since: failed.since });

    assert.deepEqual([sweep.code, counter.runs], [0, 2]);
  });

  it("runs a script again whose operator's run has failed, too", async ({ counter, machine }) => {
    const { again, failed, repair, source } = repairable(machine, counter);
    await machine.run(source, failed);
    const second = await machine.run(source, again(120));
    repair();
    const third = await machine.run(source, retryParameters(again(120), (Number(failed.sent) + 180) * 1000));

    assert.deepEqual([second.code, third.code, counter.runs], [80, 0, 3]);
  });

  it("joins a run that was started without an action, as at a Spot warning", async ({ counter, machine }) => {
    await machine.run({ script: counter.script() }, unknown);
    await machine.run({ script: counter.script() }, { ...later(action, 90), since: later(action, 60).sent });

    assert.equal(counter.runs, 1);
  });

  it("runs again at another hook and on another instance", async ({ counter, machine }) => {
    await machine.run({ script: counter.script() }, action);
    await machine.run({ script: counter.script() }, { ...action, hook: "graceful-launch-sns" });
    await machine.run({ script: counter.script() }, { ...action, instance: "i-0b964162541ce7df0" });

    assert.equal(counter.runs, 3);
  });

  it("joins the latest run for a command by hand, and joins a run by hand while it is fresh", async ({
    counter,
    machine,
  }) => {
    const uptime = path.join(machine.folder, "uptime");
    const at = (seconds: number) => {
      writeFileSync(uptime, `${seconds}.00 0.00\n`);
    };
    const byHand = { ...unknown, sent: "" };
    const source = { script: counter.script() };
    at(1000);
    await machine.run(source, byHand, { uptime });
    at(1000 + 180 + 60);
    await machine.run(source, action, { uptime });
    assert.equal(counter.runs, 1);

    at(1000 + 180 + 61);
    await machine.run(source, action, { uptime });
    assert.equal(counter.runs, 2);
    await machine.run(source, byHand, { uptime });
    assert.equal(counter.runs, 2);
  });

  for (const seconds of [-3600, -12, 12, 3600]) {
    it(`runs the script once in a wait on an instance whose clock is ${seconds} s ahead`, async ({
      counter,
      machine,
    }) => {
      const skewed = machine.tool(
        "date",
        () => `[ "$*" != +%s ] || exec /bin/date -d "${seconds} seconds" +%s\nexec /bin/date "$@"`,
      );
      const sent = Math.floor(Date.now() / 1000);
      const command = { ...unknown, since: String(sent - 1), sent: String(sent) };
      const source = { script: counter.script() };
      await machine.run(source, command, skewed);
      await machine.run(source, { ...command, sent: String(sent + 60) }, skewed);
      assert.equal(counter.runs, 1);

      const next = { ...command, since: String(sent + 300), sent: String(sent + 301) };
      await machine.run(source, next, skewed);
      assert.equal(counter.runs, 2);
    });
  }

  it("keeps its files where nobody but root can read them, and a reboot does not lose them", async ({
    folder,
    lineOf,
    machine,
  }) => {
    const { output } = await machine.run({ script: "exit 3" }, action);

    assert.deepEqual(readdirSync(folder()).sort(), ["1.output", "1.result", "1.run", "1.script"], output);
    assert.equal(lineOf("1.result", 0), "3");
    for (const each of [machine.state, path.dirname(folder()), folder()])
      assert.equal(statSync(each).mode & 0o777, 0o700, each);
  });

  it("waits for a script with short sleeps at first, then with long sleeps", async ({ machine }) => {
    const { log, tools } = machine.tool("sleep", (file) => `echo "$*" >> ${file}\nexec /bin/sleep "$@"`);
    const { code } = await machine.run({ script: "/bin/sleep 3" }, action, { tools });
    const naps = readFileSync(log, "utf8").trim().split("\n");

    assert.equal(code, 0);
    assert.ok(naps.includes("0.1") && naps.includes("1"), naps.join());
    assert.ok(naps.length < 60, `${naps.length} naps`);
  });

  it("has its marker on the disk before the script runs, and the result before the command ends", async ({
    folder,
    machine,
  }) => {
    const { log, tools } = machine.tool("sync", (file) => `echo "synced $*" >> ${file}`);
    await machine.run({ script: `echo script >> ${log}` }, action, { tools });
    const lines = readFileSync(log, "utf8").replaceAll(`${folder()}/`, "");

    assert.match(lines, /claim\nsynced 1\.run .*\nscript\nsynced 1\.result\.new\nsynced /);
  });
});

function given(machine: Machine) {
  const folder = () => path.join(machine.state, action.instance, action.hook);
  const lineOf = (name: string, index: number) =>
    readFileSync(path.join(folder(), name), "utf8").split("\n")[index] ?? "";
  return { counter: new Counter(machine), folder, lineOf, machine };
}
