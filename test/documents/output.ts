import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { head, keptOutput, tail } from "../../components/documents/output";
import { subject } from "../support/cases";
import { action, pause, type Machine } from "../support/shells";
import { signal } from "../support/signal";

const longestHook = "h".repeat(255);
const leftOut = /^graceful-asg: \.\.\. (\d+) bytes left out, the whole output is in (\S+) \.\.\.$/m;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join("");

/** Tests of the part of a script's output that the step of a document passes on. */
export const output = subject("the output of a document's step", given, (it) => {
  it("is the whole output of the script, where SSM keeps all of it", async ({ machine, printing }) => {
    const text = numbers(5_000).slice(0, head + tail - 200);
    const { output } = await machine.run({ script: printing(`${text}\n`) }, action);

    assert.ok(output.includes(`\n${text}\ngraceful-asg: the terminate script ended`));
    assert.doesNotMatch(output, leftOut);
  });

  it("is the beginning and the end of a long output, and says how much is left out and where the whole output is", async ({
    machine,
    printing,
  }) => {
    const text = numbers(50_000);
    const { code, output } = await machine.run({ script: printing(text, "exit 3") }, action);
    const [line = "", missing, file = ""] = leftOut.exec(output) ?? [];

    assert.equal(code, 80);
    assert.match(output, /^1\n2\n3$/m);
    assert.match(output, /^49999\n50000\ngraceful-asg: the terminate script ended with exit code 3$/m);
    assert.ok(Buffer.byteLength(output) < keptOutput, `${Buffer.byteLength(output)} bytes`);
    const shown = output.slice(output.indexOf("\n1\n") + 1, output.lastIndexOf("graceful-asg:"));
    const [beginning = "", end = ""] = shown.split(`${line}\n`).map((part) => part.trim());
    assert.ok(text.startsWith(beginning) && text.trim().endsWith(end));
    assert.ok(beginning.length > head - 100 && end.length > tail - 10, `${beginning.length}, ${end.length}`);
    assert.ok(Math.abs(beginning.length + Number(missing) + end.length - text.length) < 10, line);
    assert.ok(readFileSync(file, "utf8").endsWith(text));
  });

  it("has no character cut in two, wherever the cut falls", async ({ machine, printing }) => {
    const faces = printing("😀".repeat(25_000));
    const ends = await Promise.all(
      [0, 1, 2, 3].map((offset) => {
        const script = `printf '${"x".repeat(offset)}'\n${faces}`;
        return machine.run({ script }, { ...action, hook: `hook-${offset}` });
      }),
    );
    for (const { output } of ends) {
      assert.match(output, leftOut);
      assert.ok(!output.includes("\ufffd"), output.slice(head - 20, head + 200));
      assert.ok(Buffer.byteLength(output) < keptOutput);
    }
  });

  it("has no character cut in two that is only half written when the beginning ends", async ({ machine }) => {
    const script = [
      // The runner's own line comes before.
      `head -c "$((${head - 1} - $(wc -c < "\${0%script}output")))" /dev/zero | tr '\\0' x`,
      "printf '\\303\\274'",
      "sleep 2",
      "head -c 100000 /dev/zero | tr '\\0' y",
    ].join("\n");
    const { output } = await machine.run({ script }, action);

    assert.ok(/xü\n?graceful-asg: \.\.\. /.test(output), output.slice(head - 200, head + 200));
  });

  it("has no line of the guard on a line of the script, whether the output is short, long or about to be ended", async ({
    machine,
    printing,
  }) => {
    const [short, long, asked] = await Promise.all([
      machine.run({ script: "printf 'no end of line'" }, { ...action, hook: "short" }),
      machine.run({ script: printing("x".repeat(100_000)) }, { ...action, hook: "long" }),
      machine.run(
        { script: "printf open\ntrap 'exit 7' TERM\nsleep 20 &\nwait", times: { timeout: 5 } },
        { ...action, hook: "asked" },
      ),
    ]);

    assert.match(short.output, /^no end of line\ngraceful-asg: the terminate script ended/m);
    assert.match(long.output, leftOut);
    assert.match(long.output, /x\ngraceful-asg: the terminate script ended/);
    assert.match(asked.output, /^open\ngraceful-asg: the terminate script has \d s left/m);
  });

  it("shows the beginning while the script runs, and the end when the script ends", async ({
    machine,
    printing,
  }) => {
    const go = path.join(machine.folder, "go");
    const wait = `while [ ! -e ${go} ]; do sleep 0.1; done\necho last`;
    const { ended, said, soFar } = machine.start({ script: printing(numbers(50_000), wait) }, action);
    await said(/^1500$/m);
    await pause(2);
    const early = soFar();
    writeFileSync(go, "");
    const { output } = await ended;

    assert.ok(early.length < head + 200, `${early.length} characters`);
    assert.match(output, /^50000\nlast$/m);
  });

  it("is whole though the writer of its file is late, as on a busy instance", async ({ machine }) => {
    const { tools } = machine.tool(
      "cat",
      () =>
        '(sleep 0.9; kill -CONT "$$") < /dev/null > /dev/null 2>&1 &\nkill -STOP "$$"\nexec /bin/cat "$@"',
    );
    const { output, took } = await machine.run({ script: "sleep 20 &\necho last; exit 3" }, action, {
      tools,
    });

    assert.match(output, /^last\ngraceful-asg: the terminate script ended with exit code 3$/m);
    assert.ok(took < 15, `took ${took} s`);
  });

  it("appears in a second command of the same action too, with its end", async ({ machine, printing }) => {
    const script = printing(numbers(50_000), "exit 3");
    await machine.run({ script }, action);
    const { output } = await machine.run({ script }, action);

    assert.match(output, /^50000\ngraceful-asg: the terminate script ended with exit code 3$/m);
    assert.match(output, leftOut);
    assert.ok(Buffer.byteLength(output) < keptOutput);
  });

  it("appears in a second command also where the first run was cut off", async ({ machine }) => {
    const first = machine.start({ script: "echo 'so far'\nsleep 30" }, action);
    await first.said(/^so far$/m);
    const marker = path.join(machine.state, action.instance, action.hook, "1.run");
    signal(Number(readFileSync(marker, "utf8").split("\n")[2]), "SIGKILL");
    await first.ended;
    const { output } = await machine.run({ script: "echo 'so far'\nsleep 30" }, action);

    assert.match(output, /^so far$[^]*^graceful-asg: run 1 was cut off/m);
  });

  it("fits into the length that SSM keeps, after the longest wait and at the hook with the longest name", async ({
    machine,
    printing,
  }) => {
    const uptime = path.join(machine.folder, "uptime");
    writeFileSync(uptime, "100.50 0.00\n");
    const tables = path.join(machine.folder, "net");
    mkdirSync(tables);
    const connection = `   0: 0100000A:0016 0200000A:D431 01 00000000:00000000 00:00000000 0`;
    writeFileSync(
      path.join(tables, "tcp"),
      ["  sl  local_address rem_address   st", connection, ""].join("\n"),
    );
    const source = {
      script: printing(numbers(50_000), "exit 3"),
      sessions: { ports: [22] },
      times: { timeout: 172_800, maxWait: 172_800 },
    };
    const kernel = { connections: tables, tick: 150, uptime };
    const parameters = { ...action, hook: longestHook };
    const { output } = await machine.run(source, parameters, kernel);
    const joined = await machine.run(source, parameters, kernel);
    const waiting = output.match(/^graceful-asg: waiting for sessions to end/gm) ?? [];

    assert.ok(waiting.length > 8 && waiting.length < 15, `${waiting.length} lines`);
    assert.match(output, /^graceful-asg: sessions are still open/m);
    assert.match(output, /^50000\ngraceful-asg: the terminate script ended with exit code 3$/m);
    for (const one of [output, joined.output])
      assert.ok(Buffer.byteLength(one) < keptOutput, `${Buffer.byteLength(one)} bytes`);
    const file = path.join(machine.state, action.instance, longestHook, "1.output");
    assert.ok(statSync(file).size > numbers(50_000).length);
  });
});

function given(machine: Machine) {
  /** A script that prints a text as it is. */
  const printing = (text: string, rest = "") => {
    const file = path.join(machine.folder, "text");
    writeFileSync(file, text);
    return `cat ${file}\n${rest}`;
  };
  return { machine, printing };
}
