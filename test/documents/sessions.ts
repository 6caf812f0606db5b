import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import * as path from "node:path";
import type { DocumentSource } from "../../components/documents";
import { subject } from "../support/cases";
import { action, pause, type Machine } from "../support/shells";

/** Addresses as the kernel's tables have them. */
const here = {
  v4: "0500000A",
  v6: "B80D0120000000000000000005000000",
  mapped: "0000000000000000FFFF00000500000A",
};
const there = {
  v4: "0900000A",
  v6: "B80D0120000000000000000009000000",
  mapped: "0000000000000000FFFF00000900000A",
};
const loopback = {
  v4: "0100007F",
  v6: "00000000000000000000000001000000",
  mapped: "0000000000000000FFFF00000100007F",
};
type Family = keyof typeof here;
const families = Object.keys(here) as Family[];

/** Tests of how the step waits for sessions. */
export const sessions = subject("the wait for sessions", given, (it) => {
  for (const family of families) {
    it(`lasts until nobody is connected to the ports any more (${family})`, async ({
      connected,
      waiting,
    }) => {
      connected(family, [`${here[family]}:0016`, `${there[family]}:D431`]);
      const { ended, said, soFar } = waiting();
      await said(/waiting for sessions to end, for up to \d+ s more/);
      await pause(2);
      assert.doesNotMatch(soFar(), /script starts/);
      connected(family);
      const { code, output } = await ended;

      assert.equal(code, 0, output);
      assert.doesNotMatch(output, /sessions are still open/);
    });
  }

  it("ends after maxWait, and the script starts all the same", async ({ connected, waiting }) => {
    connected("v4", [`${here.v4}:0016`, `${there.v4}:D431`]);
    const { code, output, took } = await waiting(3).ended;

    assert.equal(code, 0);
    assert.match(output, /sessions are still open; the terminate script starts all the same/);
    assert.ok(took > 2 && took < 15, `took ${took} s`);
  });

  it("looks for sessions once a second, like the command that waits for the script", async ({
    connected,
    machine,
    waiting,
  }) => {
    const { log, tools } = machine.tool(
      "sleep",
      (file) => `echo "$PPID $*" >> ${file}\nexec /bin/sleep "$@"`,
    );
    connected("v4", [`${here.v4}:0016`, `${there.v4}:D431`]);
    await waiting(4, undefined, {}, { tools }).ended;
    const naps = readFileSync(log, "utf8").trim().split("\n");

    assert.equal(new Set(naps.filter((nap) => nap.endsWith(" 1"))).size, 2, naps.join());
  });

  it("lasts no longer than the handler says, which may have waited before, and no longer than the document says", async ({
    connected,
    waiting,
  }) => {
    connected("v4", [`${here.v4}:0016`, `${there.v4}:D431`]);
    const [short, long, none] = await Promise.all([
      waiting(60, { ports: [22] }, { hook: "short", sessionWait: "2" }).ended,
      waiting(3, { ports: [22] }, { hook: "long", sessionWait: "60" }).ended,
      waiting(60, { ports: [22] }, { hook: "none", sessionWait: "0" }).ended,
    ]);

    assert.ok(short.took < 15, `took ${short.took} s`);
    assert.ok(long.took > 2 && long.took < 15, `took ${long.took} s`);
    assert.ok(none.took < 10, `took ${none.took} s`);
  });

  it("sees a session among many connections, in a table that the kernel gives in parts", async ({
    connected,
    waiting,
  }) => {
    const strangers = Array.from(
      { length: 3_000 },
      (_, index) => [`${here.v4}:0050`, `${there.v4}:${(index + 4096).toString(16).toUpperCase()}`] as const,
    );
    connected("v4", ...strangers, [`${here.v4}:0016`, `${there.v4}:D431`]);

    assert.match((await waiting(2).ended).output, /sessions are still open/);
  });

  it("counts no socket that listens or closes, no port of another number, and no port of the other end", async ({
    connected,
    waiting,
  }) => {
    connected(
      "v4",
      ["00000000:0016", "00000000:0000", "0A"],
      [`${here.v4}:0016`, `${there.v4}:D431`, "06"],
      [`${here.v4}:0116`, `${there.v4}:D431`],
      [`${here.v4}:D431`, `${there.v4}:0016`],
    );

    assert.doesNotMatch((await waiting().ended).output, /waiting for sessions/);
  });

  for (const family of families) {
    it(`counts no connection of the instance to itself (${family})`, async ({ connected, waiting }) => {
      connected(
        family,
        [`${here[family]}:0016`, `${here[family]}:D431`],
        [`${loopback[family]}:0016`, `${loopback[family]}:D432`],
        // IPv4 has many loopback addresses.
        [`${loopback[family]}:0016`, `${loopback[family].replace("0100007F", "0200007F")}:D433`],
      );

      assert.doesNotMatch((await waiting().ended).output, /waiting for sessions/);
    });
  }

  for (const [listens, connects] of [
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "::1"],
    ["::", "127.0.0.1"],
  ] as const) {
    it(`counts no connection of the instance to itself in the kernel's own tables either (${listens}, ${connects})`, async ({
      machine,
    }) => {
      const server = createServer().listen(0, listens);
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const client = connect(port, connects);
      await once(client, "connect");
      const { output } = await machine.run(
        { script: "true", sessions: { ports: [port] }, times: { timeout: 30, maxWait: 20 } },
        action,
      );
      client.destroy();
      server.close();

      assert.doesNotMatch(output, /waiting for sessions/);
    });
  }

  it("includes Session Manager sessions where the document says so", async ({ machine, waiting }) => {
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

function given(machine: Machine) {
  const connections = path.join(machine.folder, "net");
  mkdirSync(connections);
  /** Writes a table of connections: the local address, the other address, and the state. */
  const connected = (
    family: Family,
    ...lines: (readonly [local: string, other: string, state?: string])[]
  ) => {
    const rows = lines.map(
      ([local, other, state = "01"], index) =>
        `  ${index}: ${local} ${other} ${state} 00000000:00000000 00:00000000 00000000 0 0 1 1 0`,
    );
    const text = ["  sl  local_address rem_address   st tx_queue rx_queue", ...rows, ""].join("\n");
    writeFileSync(path.join(connections, family === "v4" ? "tcp" : "tcp6"), text);
  };
  const waiting = (
    maxWait = 20,
    sessions: DocumentSource["sessions"] = { ports: [22] },
    parameters = {},
    surroundings: Parameters<Machine["start"]>[2] = {},
  ) =>
    machine.start(
      { script: "echo stopped", sessions, times: { timeout: 30, maxWait } },
      { ...action, ...parameters },
      { connections, ...surroundings },
    );

  connected("v4");
  return { connected, machine, waiting };
}
