import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import * as path from "node:path";
import { subject } from "../support/cases";
import { Counter, action, pause, type Machine } from "../support/shells";
import { signal } from "../support/signal";

/** Tests of a run whose command or runner was killed, or whose files were cut short. */
export const cutOff = subject("the guard of a run that was cut off", given, (it) => {
  it("goes on with the script where its command is killed, and returns the result to the next command", async ({
    counter,
    machine,
  }) => {
    const source = { script: counter.script("sleep 2\necho to the end\nexit 5") };
    const first = machine.start(source, action);
    while (counter.runs === 0) await pause(0.1);
    first.kill();
    assert.equal((await first.ended).signal, "SIGKILL");
    const second = await machine.run(source, action);

    assert.equal(counter.runs, 1);
    assert.equal(second.code, 80);
    assert.match(second.output, /^to the end\ngraceful-asg: the terminate script ended with exit code 5$/m);
  });

  it("never repeats a run that was cut off, and calls the run a failure at once and later", async ({
    counter,
    lineOf,
    machine,
  }) => {
    const source = { script: counter.script("echo so far\nsleep 30") };
    const first = machine.start(source, action);
    await first.said(/^so far$/m);
    signal(Number(lineOf("1.run", 2)), "SIGKILL");
    const { code, output, took } = await first.ended;
    const second = await machine.run(source, action);

    assert.equal(counter.runs, 1);
    assert.deepEqual([code, second.code], [80, 80]);
    assert.ok(took < 15);
    for (const text of [output, second.output])
      assert.match(text, /^so far$[^]*^graceful-asg: run 1 was cut off .* it is not repeated/m);
  });

  it("never repeats a run that a reboot cut off, though another process may have got the runner's id", async ({
    counter,
    machine,
    mark,
  }) => {
    mark(1, { boot: "another-boot", born: bornOf(process.pid), pid: process.pid });
    const { code, output } = await machine.run({ script: counter.script() }, action);

    assert.equal(counter.runs, 0);
    assert.equal(code, 80);
    assert.match(output, /was cut off/);
  });

  it("does not count another process that got the id of a runner as the runner", async ({
    machine,
    mark,
  }) => {
    mark(1, { born: "1", pid: process.pid });

    assert.match((await machine.run({ script: "true" }, action)).output, /was cut off/);
  });

  it("counts a runner that is dead and not yet collected as dead", async ({ machine, mark }) => {
    const parent = spawn("/bin/sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"]);
    const [pid] = await new Promise<[string]>((resolve) => {
      parent.stdout.on("data", (data: Buffer) => {
        resolve([data.toString().trim()]);
      });
    });
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await pause(0.05);
    mark(1, { born: bornOf(Number(pid)), pid: Number(pid) });
    const { code, output, took } = await machine.run({ script: "true" }, action);
    parent.kill();

    assert.equal(code, 80);
    assert.match(output, /was cut off/);
    assert.ok(took < 10);
  });

  it("looks for a result again where the runner has ended since the last look", async ({
    file,
    machine,
    mark,
  }) => {
    mark(1, { born: bornOf(process.pid), pid: process.pid });
    const result = ["0", process.pid, bornOf(process.pid), "", "end"].join("\\n");
    const { code, output } = await machine.run({ script: "true" }, action, {
      // The runner records its result and ends just when the guard looks for the runner.
      edit: (text) =>
        text.replace("is_alive() {", `is_alive() { printf '${result}\\n' > ${file("1.result")}; return 1;`),
    });

    assert.equal(code, 0, output);
  });

  it("ignores a marker or a result that is cut short", async ({ counter, file, folder, machine, mark }) => {
    mark(1, { born: "1", pid: 1 });
    const whole = readFileSync(file("1.run"), "utf8");
    writeFileSync(file("1.run"), whole.slice(0, -5));
    const first = await machine.run({ script: counter.script() }, action);
    assert.deepEqual([first.code, counter.runs, readdirSync(folder()).includes("2.run")], [0, 1, true]);

    writeFileSync(file("2.result"), readFileSync(file("2.result"), "utf8").slice(0, -5));
    const second = await machine.run({ script: counter.script() }, action);
    assert.deepEqual([second.code, counter.runs], [80, 1]);
  });

  it("ignores the result of another runner", async ({ file, machine, mark }) => {
    mark(1, { born: "1", pid: 1 });
    writeFileSync(file("1.result"), "0\n2\n1\n\nend\n");

    assert.equal((await machine.run({ script: "true" }, action)).code, 80);
  });
});

function given(machine: Machine) {
  const folder = () => path.join(machine.state, action.instance, action.hook);
  const file = (name: string) => path.join(folder(), name);
  const lineOf = (name: string, index: number) => readFileSync(file(name), "utf8").split("\n")[index] ?? "";
  /** Writes a marker as a runner does. */
  const mark = (number: number, { boot = bootId(), born = "", pid = 0, sent = action.sent } = {}) => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(
      file(`${number}.run`),
      [action.action, boot, pid, born, sent, "", "0", "end", ""].join("\n"),
    );
  };
  return { counter: new Counter(machine), file, folder, lineOf, machine, mark };
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** When a process began, as the kernel has it. */
function bornOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "";
}
