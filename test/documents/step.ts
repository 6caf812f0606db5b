import assert from "node:assert/strict";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import * as path from "node:path";
import type { DocumentSource } from "../../components/documents";
import { Machine, isThere, type Shell } from "../support/shells";

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const action = {
  hook: "graceful-terminate-sns",
  instance: "i-05629ab7d9287e205",
  action: "465e0162",
  sent: "1767268800",
};
const other = { ...action, action: "99999999" };
const unknown = { ...action, action: "" };

/** Tests of the very text that a document holds, in one of the shells that may run it. */
export function describeStepIn(shell: Shell): void {
  (process.platform === "linux" && isThere(shell) ? describe : describe.skip)(
    `the step of a document in ${shell.name}`,
    () => {
      let machine: Machine;
      beforeEach(() => {
        machine = new Machine(shell);
      });
      afterEach(() => {
        machine.remove();
      });

      const marker = () => path.join(machine.state, action.instance, action.hook);
      const counter = () => path.join(machine.folder, "count");
      const counting = (rest = "") => `echo run >> ${counter()}\n${rest}`;
      const runs = () =>
        existsSync(counter()) ? readFileSync(counter(), "utf8").trim().split("\n").length : 0;

      it("runs the script and returns its success with its output", async () => {
        const { code, output } = await machine.run({ script: "echo stopped" }, action);

        assert.equal(code, 0, output);
        assert.match(output, /^stopped$/m);
        assert.match(output, /ended with exit code 0/);
      });

      it("returns any other exit code as a failure of the script and names it, as SSM gives some of them a meaning of their own", async () => {
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

      it("gives the script a defined environment", async () => {
        const parameters = {
          ...action,
          groupBase64: Buffer.from("my group; $(reboot) 'ü'").toString("base64"),
        };
        const { output } = await machine.run({ script: "pwd; umask; env | sort; cat" }, parameters);

        assert.match(output, /^\/$/m);
        assert.match(output, /^0?022$/m);
        assert.match(output, /^HOME=\/root$/m);
        assert.match(
          output,
          /^PATH=\/usr\/local\/sbin:\/usr\/local\/bin:\/usr\/sbin:\/usr\/bin:\/sbin:\/bin$/m,
        );
        assert.match(output, /^GRACEFUL_INSTANCE_ID=i-05629ab7d9287e205$/m);
        assert.match(output, /^GRACEFUL_GROUP=my group; \$\(reboot\) 'ü'$/m);
        assert.match(output, /^GRACEFUL_HOOK=graceful-terminate-sns$/m);
        assert.match(output, /^GRACEFUL_TRANSITION=terminate$/m);
      });

      it("runs the script as it was written: braces, dollars, quotes, no last line feed, Windows line ends", async () => {
        const script = 'a=\'{{ action }}\'\r\nb="it\'s $$a"\r\nprintf \'%s|%s\\n\' "$a" "${#b}"';
        const { code, output } = await machine.run({ script }, action);

        assert.equal(code, 0, output);
        assert.match(output, /^\{\{ action \}\}\|\d+$/m);
      });

      it("honours the script's own interpreter line with its one argument", async () => {
        const { output } = await machine.run(
          { script: '#! /usr/bin/env -S bash -u \necho "${BASH_VERSION%%.*}$-"' },
          action,
        );

        assert.match(output, /^\d.*u/m);
      });

      it("runs the script also where its file may not be executed", async () => {
        const { code } = await machine.run({ script: '#!/bin/sh\n[ ! -x "$0" ] || exit 9' }, action);

        assert.equal(code, 0);
      });

      it("does not wait for what the script leaves in the background", async () => {
        const { code, took } = await machine.run({ script: "sleep 20 &\necho left" }, action);

        assert.equal(code, 0);
        assert.ok(took < 15, `took ${took} s`);
      });

      it("passes on output while the script runs", async () => {
        const { ended, kill, said } = machine.start({ script: "echo early; sleep 60" }, action);
        await said(/^early$/m);
        kill();

        assert.equal((await ended).signal, "SIGKILL");
      });

      it("ends a script whose time is over, first gently", async () => {
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

      it("asks it to end before it kills it, even if it comes to that too late", async () => {
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

      it("lets a script finish that ends cleanly when asked", async () => {
        const script = "trap 'exit 0' TERM\nsleep 30 &\nwait";
        const { code } = await machine.run({ script, times: { timeout: 5 } }, action);

        assert.equal(code, 0);
      });

      it("kills a script that does not listen, with all that it has started", async () => {
        const pids = path.join(machine.folder, "pids");
        const script = `trap '' TERM\n(trap '' TERM; sleep 40) & echo $! > ${pids}\nwhile :; do sleep 1; done`;
        const { code, output, took } = await machine.run({ script, times: { timeout: 5 } }, action);

        assert.equal(code, 80);
        assert.match(output, /exit code 137/);
        assert.ok(took < 15, `took ${took} s`);
        assert.ok(!isRunning(Number(readFileSync(pids, "utf8"))), "the child is still alive");
      });

      describe("waiting for sessions", () => {
        let server: Server;
        let port: number;
        const listen = async (host: string) => {
          server = createServer().listen(0, host);
          await once(server, "listening");
          port = (server.address() as AddressInfo).port;
        };
        const open = async (host: string) => {
          const client = connect(port, host);
          await once(client, "connect");
          return client;
        };
        const waiting = (maxWait = 20, sessions: DocumentSource["sessions"] = { ports: [port] }) =>
          machine.start({ script: "echo stopped", sessions, times: { timeout: 30, maxWait } }, action);
        afterEach(() => {
          server.close();
        });

        for (const host of ["127.0.0.1", "::1"]) {
          it(`waits until nobody is connected to its ports any more (${host})`, async () => {
            await listen(host);
            const client = await open(host);
            const { ended, said } = waiting();
            await said(/waiting for sessions to end, for up to \d+ s more/);
            let started = false;
            void said(/the terminate script starts/).then(() => (started = true));
            await pause(2);
            assert.ok(!started, "started while somebody was connected");
            client.destroy();
            const { code, output } = await ended;

            assert.equal(code, 0, output);
            assert.doesNotMatch(output, /sessions are still open/);
          });
        }

        it("starts all the same once that has taken too long", async () => {
          await listen("127.0.0.1");
          const client = await open("127.0.0.1");
          const { code, output, took } = await waiting(3).ended;
          client.destroy();

          assert.equal(code, 0);
          assert.match(output, /sessions are still open; the terminate script starts all the same/);
          assert.ok(took > 2 && took < 15, `took ${took} s`);
        });

        it("misses nobody while connections of others come and go", async () => {
          await listen("127.0.0.1");
          const client = await open("127.0.0.1");
          const others = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
          await once(others, "listening");
          const { port: busy } = others.address() as AddressInfo;
          const coming = setInterval(() => {
            for (let some = 0; some < 20; some += 1) connect(busy, "127.0.0.1").on("error", () => undefined);
          }, 5);
          const { output } = await waiting(4).ended;
          clearInterval(coming);
          others.close();
          client.destroy();

          assert.match(output, /sessions are still open/);
        });

        it("does not wait longer than the handler says, which may have waited before", async () => {
          await listen("127.0.0.1");
          const client = await open("127.0.0.1");
          const parameters = { ...action, sessionWait: "2" };
          const times = { timeout: 30, maxWait: 60 };
          const { took } = await machine.run(
            { script: "true", sessions: { ports: [port] }, times },
            parameters,
          );
          client.destroy();

          assert.ok(took < 30, `took ${took} s`);
        });

        it("does not count the socket that listens, nor connections to ports of other numbers", async () => {
          await listen("127.0.0.1");
          const alone = await waiting().ended;
          const client = await open("127.0.0.1");
          const { output } = await machine.run(
            // No port that the system gives to anybody.
            { script: "true", sessions: { ports: [1] }, times: { timeout: 30, maxWait: 20 } },
            { ...action, hook: "another" },
          );
          client.destroy();

          assert.doesNotMatch(alone.output, /waiting for sessions/);
          assert.doesNotMatch(output, /waiting for sessions/);
        });

        it("does not count connections from here to the same port of others", async () => {
          await listen("127.0.0.1");
          const line = (here: string, there: string) =>
            `   0: 0100007F:${here} 0200000A:${there} 01 00000000:00000000 00:00000000 0`;
          const tables = path.join(machine.folder, "net");
          mkdirSync(tables);
          writeFileSync(
            path.join(tables, "tcp"),
            ["  sl  local_address rem_address   st", line("D431", "0016"), ""].join("\n"),
          );
          const times = { timeout: 30, maxWait: 20 };
          const toOthers = await machine.run({ script: "true", sessions: { ports: [22] }, times }, action, {
            connections: tables,
          });
          writeFileSync(
            path.join(tables, "tcp"),
            ["  sl  local_address rem_address   st", line("0016", "D431"), ""].join("\n"),
          );
          const fromOthers = await machine.run(
            { script: "true", sessions: { ports: [22] }, times: { timeout: 30, maxWait: 2 } },
            other,
            { connections: tables },
          );

          assert.doesNotMatch(toOthers.output, /waiting for sessions/);
          assert.match(fromOthers.output, /sessions are still open/);
        });

        it("waits for Session Manager sessions where it is told to", async () => {
          await listen("127.0.0.1");
          const worker = path.join(machine.folder, "ssm-session-worker");
          copyFileSync("/bin/sleep", worker);
          const session = spawn(worker, ["20"]);
          const { ended, said } = waiting(20, { sessionManager: true });
          const untold = await machine.run(
            { script: "true", times: { timeout: 30 } },
            { ...action, hook: "another" },
          );
          await said(/waiting for sessions/);
          session.kill();
          const told = await ended;

          assert.doesNotMatch(untold.output, /waiting for sessions/);
          assert.doesNotMatch(told.output, /sessions are still open/);
        });
      });

      describe("as the guard of a lifecycle action", () => {
        it("returns the result of the first run to a second, without running again", async () => {
          const first = await machine.run({ script: counting("exit 5") }, action);
          const second = await machine.run({ script: counting("exit 5") }, action);

          assert.equal(runs(), 1);
          assert.deepEqual([first.code, second.code], [80, 80]);
          assert.match(second.output, /exit code 5/);
        });

        it("lets a second run wait for the first", async () => {
          const first = machine.run({ script: counting("sleep 3") }, action);
          await pause(1);
          const second = machine.run({ script: counting("sleep 3") }, action);

          assert.equal((await first).code, 0);
          assert.equal((await second).code, 0);
          assert.equal(runs(), 1);
          assert.ok((await second).took > 1, "the second did not wait");
        });

        it("lets one of many that start at the same moment run", async () => {
          const ends = await Promise.all(
            Array.from({ length: 8 }, () => machine.run({ script: counting("sleep 1") }, action)),
          );

          assert.deepEqual(
            ends.map(({ code }) => code),
            Array(8).fill(0),
          );
          assert.equal(runs(), 1);
        });

        it("joins a run whose token it does not know, as the sweep knows none", async () => {
          await machine.run({ script: counting() }, action);
          await machine.run({ script: counting() }, unknown);

          assert.equal(runs(), 1);
        });

        it("runs again for another lifecycle action", async () => {
          await machine.run({ script: counting() }, action);
          await machine.run({ script: counting() }, other);

          assert.equal(runs(), 2);
        });

        it("joins a run of the same action though another has begun since, as an old event may come late", async () => {
          await machine.run({ script: counting("exit 5") }, action);
          await machine.run({ script: counting("exit 5") }, other);
          const late = await machine.run({ script: counting("exit 5") }, action);

          assert.equal(runs(), 2);
          assert.match(late.output, /exit code 5/);
        });

        /** The same command, or another, sent some seconds later. */
        const later = (given: typeof action, seconds: number) => ({
          ...given,
          sent: String(Number(given.sent) + seconds),
        });

        it("runs again without an action once no command of the same wait can follow", async () => {
          const long = { script: counting(), deregistrationDelay: 100 };
          const latest = 100 + 180 + 30 + 30;
          await machine.run(long, action);
          await machine.run(long, later(unknown, latest));
          assert.equal(runs(), 1);

          await machine.run(long, later(unknown, latest + 1));
          assert.equal(runs(), 2);
        });

        it("does not take a run of before for one of its own, where it knows since when that can be", async () => {
          const since = (seconds: number) => String(Number(action.sent) + seconds);
          await machine.run({ script: counting() }, { ...action, since: since(-5) });
          await machine.run({ script: counting() }, { ...later(unknown, 60), since: since(0) });
          assert.equal(runs(), 1);

          await machine.run({ script: counting() }, { ...later(unknown, 60), since: since(1) });
          assert.equal(runs(), 2);
        });

        it("joins a run that knew nothing of the action, as at a Spot warning", async () => {
          await machine.run({ script: counting() }, unknown);
          await machine.run({ script: counting() }, { ...later(action, 90), since: later(action, 60).sent });

          assert.equal(runs(), 1);
        });

        it("runs again at another hook and on another instance", async () => {
          await machine.run({ script: counting() }, action);
          await machine.run({ script: counting() }, { ...action, hook: "graceful-launch-sns" });
          await machine.run({ script: counting() }, { ...action, instance: "i-0b964162541ce7df0" });

          assert.equal(runs(), 3);
        });

        it("never runs again what was cut off, and calls it a failure", async () => {
          const first = machine.start({ script: counting("sleep 30") }, action);
          while (runs() === 0) await pause(0.1);
          first.kill();
          await first.ended;
          const second = await machine.run({ script: counting("sleep 30") }, action);

          assert.equal(runs(), 1);
          assert.equal(second.code, 80);
          assert.match(second.output, /was cut off .* it is not repeated/);
        });

        it("never runs again what a reboot cut off, though another process may have got its id", async () => {
          mkdirSync(marker(), { recursive: true });
          const self = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ")[19] ?? "";
          writeFileSync(
            path.join(marker(), "1.run"),
            [action.action, "another-boot", process.pid, self, action.sent, ""].join("\n"),
          );
          const { code, output } = await machine.run({ script: counting() }, action);

          assert.equal(runs(), 0);
          assert.equal(code, 80);
          assert.match(output, /was cut off/);
        });

        it("keeps its markers where a reboot does not lose them", async () => {
          const { output } = await machine.run({ script: "true" }, action);

          assert.deepEqual(
            readdirSync(marker()).sort(),
            ["1.output", "1.result", "1.run", "1.script"],
            output,
          );
          assert.equal(readFileSync(path.join(marker(), "1.result"), "utf8"), "0\n");
        });

        it("fails with a clear message where it cannot keep them", async () => {
          appendFileSync(machine.state, "in the way");
          const { code, output } = await machine.run({ script: counting() }, action);

          assert.equal(runs(), 0);
          assert.equal(code, 1);
          assert.match(output, /cannot write to/);
        });
      });
    },
  );
}

/** Nobody may have collected a process that is dead. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
