import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { subject } from "../support/cases";
import { action, type Machine } from "../support/shells";

/** Tests of how the text that a document holds runs a script. */
export const step = subject("the step of a document", given, (it) => {
  it("runs the script and returns its success with its output", async ({ machine }) => {
    const { code, output } = await machine.run({ script: "echo stopped" }, action);

    assert.equal(code, 0, output);
    assert.match(output, /^stopped$/m);
    assert.match(output, /ended with exit code 0/);
  });

  it("returns any other exit code as a failure of the script and names the code, as SSM gives some codes a meaning of their own", async ({
    machine,
  }) => {
    const ends = await Promise.all(
      [1, 3, 137, 168, 169, 194, 255].map((exit, index) =>
        machine
          .run({ script: `exit ${exit}` }, { ...action, hook: `hook-${index}` })
          .then((ended) => ({ exit, ...ended })),
      ),
    );
    for (const { code, exit, output } of ends) {
      assert.equal(code, 80, output);
      assert.match(output, new RegExp(`ended with exit code ${exit}$`, "m"));
    }
  });

  it("gives the script a defined environment", async ({ machine }) => {
    const parameters = {
      ...action,
      groupBase64: Buffer.from("my group; $(reboot) 'ü'").toString("base64"),
    };
    const { output } = await machine.run({ script: "pwd; umask; env | sort; cat" }, parameters);

    assert.match(output, /^\/$/m);
    assert.match(output, /^0?022$/m);
    assert.match(output, /^HOME=\/root$/m);
    assert.match(output, /^PATH=\/usr\/local\/sbin:\/usr\/local\/bin:\/usr\/sbin:\/usr\/bin:\/sbin:\/bin$/m);
    assert.match(output, /^GRACEFUL_INSTANCE_ID=i-05629ab7d9287e205$/m);
    assert.match(output, /^GRACEFUL_GROUP=my group; \$\(reboot\) 'ü'$/m);
    assert.match(output, /^GRACEFUL_HOOK=graceful-terminate-sns$/m);
    assert.match(output, /^GRACEFUL_TRANSITION=terminate$/m);
  });

  it("runs the script as it was written: braces, dollars, quotes, no last line feed, Windows line ends", async ({
    machine,
  }) => {
    const script = 'a=\'{{ action }}\'\r\nb="it\'s $$a"\r\nprintf \'%s|%s\\n\' "$a" "${#b}"';
    const { code, output } = await machine.run({ script }, action);

    assert.equal(code, 0, output);
    assert.match(output, /^\{\{ action \}\}\|\d+$/m);
  });

  it("honours the script's own interpreter line with its one argument", async ({ machine }) => {
    const { output } = await machine.run(
      { script: '#! /usr/bin/env -S bash -u \necho "${BASH_VERSION%%.*}$-"' },
      action,
    );

    assert.match(output, /^\d.*u/m);
  });

  it("runs the script also where its file may not be executed", async ({ machine }) => {
    const { code } = await machine.run({ script: '#!/bin/sh\n[ ! -x "$0" ] || exit 9' }, action);

    assert.equal(code, 0);
  });

  it("does not wait for processes that the script leaves in the background", async ({ machine }) => {
    const { code, took } = await machine.run({ script: "sleep 20 &\necho left" }, action);

    assert.equal(code, 0);
    assert.ok(took < 15, `took ${took} s`);
  });

  it("passes on output while the script runs", async ({ machine }) => {
    const { ended, kill, said } = machine.start({ script: "echo early; sleep 60" }, action);
    await said(/^early$/m);
    kill();

    assert.equal((await ended).signal, "SIGKILL");
  });

  it("ends a script whose time is over, first with SIGTERM", async ({ machine }) => {
    const script = [
      'now() { read -r up rest < /proc/uptime; echo "${up%.*}${up#*.}0"; }',
      "began=$(now)",
      "trap 'echo \"asked after $(($(now) - began)) ms\"; exit 7' TERM",
      "sleep 30 &\nwait",
    ].join("\n");
    const { code, output, took } = await machine.run({ script, times: { timeout: 5 } }, action);

    assert.equal(code, 80);
    assert.match(output, /exit code 7/);
    const asked = Number(/^asked after (\d+) ms$/m.exec(output)?.[1]);
    assert.ok(asked < 5000, `asked after ${asked} ms of 5 s`);
    assert.ok(took < 15, `took ${took} s`);
  });

  it("asks a script to end first, even if the time to kill the script has come", async ({ machine }) => {
    const uptime = path.join(machine.folder, "uptime");
    const at = (seconds: number) => {
      writeFileSync(`${uptime}.new`, `${seconds}.50 0.00\n`);
      renameSync(`${uptime}.new`, uptime);
    };
    at(100);
    const script = "trap 'echo asked; exit 7' TERM\necho up\nsleep 60 &\nwait";
    const { ended, said } = machine.start({ script, times: { timeout: 5 } }, action, { uptime });
    await said(/^up$/m);
    at(106);

    assert.match((await ended).output, /^asked$[\s\S]*exit code 7$/m);
  });

  it("lets a script finish that ends cleanly when asked", async ({ machine }) => {
    const script = "trap 'exit 0' TERM\nsleep 30 &\nwait";
    const { code } = await machine.run({ script, times: { timeout: 5 } }, action);

    assert.equal(code, 0);
  });

  it("kills a script that ignores SIGTERM, with all processes that it has started", async ({ machine }) => {
    const pids = path.join(machine.folder, "pids");
    const script = `trap '' TERM\n(trap '' TERM; sleep 40) & echo $! > ${pids}\nwhile :; do sleep 1; done`;
    const { code, output, took } = await machine.run({ script, times: { timeout: 5 } }, action);

    assert.equal(code, 80);
    assert.match(output, /exit code 137/);
    assert.ok(took < 15, `took ${took} s`);
    assert.ok(!isRunning(Number(readFileSync(pids, "utf8"))), "the child is still alive");
  });

  it("asks a script to end, and kills it, when the documentation says", async ({ machine }) => {
    const script = [
      'now() { read -r up rest < /proc/uptime; echo "${up%.*}${up#*.}"; }',
      "began=$(now)",
      "trap 'echo \"asked after $(($(now) - began))\"' TERM",
      'while :; do sleep 0.1; printf "last %s\\n" "$(($(now) - began))"; done',
    ].join("\n");
    const measure = async (timeout: number, attempt: number) => {
      const grace = Math.max(1, Math.floor(timeout / 10));
      const { code, output, took } = await machine.run(
        { script, times: { timeout } },
        { ...action, hook: `hook-${timeout}-${attempt}` },
      );
      const asked = Number(/^asked after (\d+)$/m.exec(output)?.[1]) / 100;
      const last = Number(/^last (\d+)\ngraceful-asg: the terminate script ended/m.exec(output)?.[1]) / 100;

      assert.equal(code, 80);
      assert.match(output, new RegExp(`has ${grace} s left; it gets SIGTERM`));
      assert.ok(Math.abs(asked - (timeout - 1 - grace)) < 0.6, `asked after ${asked} s of ${timeout} s`);
      // The agent ends the command when its time is over.
      if (timeout > 5) assert.ok(took < timeout, `took ${took} s of ${timeout} s`);
      assert.ok(Math.abs(last - (timeout - 1)) < 0.8, `killed after ${last} s of ${timeout} s`);
    };
    // A busy computer is late now and then; a mistake is late each time.
    const measureTwice = (timeout: number) => measure(timeout, 1).catch(() => measure(timeout, 2));
    await Promise.all([5, 12].map(measureTwice));
  });

  it("survives a script that signals its own group, and knows how the script ended", async ({ machine }) => {
    const ends = await Promise.all(
      ["kill 0; sleep 5", "kill -9 0", "trap '' TERM\nkill 0\necho survived", "kill -9 -$$"].map(
        (script, index) => machine.run({ script }, { ...action, hook: `hook-${index}` }),
      ),
    );

    assert.deepEqual(
      ends.map(({ code, output }) => [code, /ended with exit code (\d+)/.exec(output)?.[1]]),
      [
        [80, "143"],
        [80, "137"],
        [0, "0"],
        [80, "137"],
      ],
    );
  });

  it("tells the script until when it may run, by the machine's own clock", async ({ machine }) => {
    const { output } = await machine.run(
      { script: 'date -u +%s; echo "$GRACEFUL_DEADLINE"', times: { timeout: 100 } },
      action,
    );
    const now = Number(/^\d{9,}$/m.exec(output)?.[0]);
    const deadline = /^\d{4}-.*Z$/m.exec(output)?.[0] ?? "";

    assert.ok(Math.abs(Date.parse(deadline) / 1000 - now - 99) <= 1, output);
  });

  it("runs no script on an instance that the command does not name", async ({ machine }) => {
    const script = "echo run";
    const on = (environment: Record<string, string>) => machine.run({ script }, action, { environment });
    const other = await on({ AWS_SSM_INSTANCE_ID: "i-0b964162541ce7df0" });
    const itself = await on({ AWS_SSM_INSTANCE_ID: action.instance });

    assert.equal(other.code, 81);
    assert.match(other.output, /this command is for i-05629ab7d9287e205, not for this instance/);
    assert.doesNotMatch(other.output, /^run$/m);
    assert.equal(itself.code, 0);
  });
});

function given(machine: Machine) {
  return { machine };
}

/** A dead process may not have been collected yet. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
