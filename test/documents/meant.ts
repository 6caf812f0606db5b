import assert from "node:assert/strict";
import { mkdirSync, readdirSync, existsSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { subject } from "../support/cases";
import { Counter, action, type Machine } from "../support/shells";

/** Answers of the service: one text after the other, the last for ever; a number is a status, "" is no answer. */
interface Answers {
  readonly state?: readonly (string | number)[];
  readonly spot?: string | number;
  readonly token?: string | number;
}

/** Tests of how the guard asks whether the instance is meant to go. */
export const meant = subject("the guard that asks the metadata service", given, (it) => {
  for (const state of [
    "Terminated",
    "Warmed:Stopped",
    "Warmed:Terminated",
    "Warmed:Running",
    "Warmed:Hibernated",
  ]) {
    it(`runs a terminate script on the way to ${state}, without a message`, async ({
      asked,
      counter,
      run,
    }) => {
      const { code, output } = await run({ state: [state] });

      assert.deepEqual([code, counter.runs], [0, 1]);
      assert.doesNotMatch(output, /metadata/);
      assert.deepEqual(asked, [
        "PUT /latest/api/token",
        "GET /latest/meta-data/autoscaling/target-lifecycle-state",
      ]);
    });
  }

  for (const state of ["InService", "Standby", "Detached"]) {
    it(`runs no terminate script on an instance that is meant to be ${state}, and leaves no files`, async ({
      counter,
      machine,
      run,
    }) => {
      const { code, output } = await run({ state: [state] });

      assert.deepEqual([code, counter.runs, existsSync(machine.state)], [81, 0, false]);
      assert.match(output, new RegExp(`is meant to be ${state}.*; the terminate script is not run`));
    });
  }

  it("does not rely on a first answer that may be old, and asks again a second later", async ({
    counter,
    run,
    times,
  }) => {
    const { code } = await run({ state: ["InService", "InService", "Terminated"] });
    const [first = 0, second = 0, third = 0] = times;

    assert.deepEqual([code, counter.runs, times.length], [0, 1, 3]);
    assert.ok(second - first >= 1000 && third - second >= 1000, times.join());
  });

  it("runs a terminate script where EC2 is about to interrupt a Spot instance", async ({ counter, run }) => {
    const { code } = await run({ state: ["InService"], spot: '{"action":"terminate"}' });

    assert.deepEqual([code, counter.runs], [0, 1]);
  });

  for (const [what, answers] of [
    ["has no such item yet", { state: [404] }],
    ["is disabled", { state: [403], token: 403 }],
    ["breaks", { state: [500], token: 500 }],
    ["does not answer", { state: [""], token: "" }],
    ["tells a state that nobody knows", { state: ["Pondering"] }],
    ["answers with a page of another server", { state: ["<html>log in</html>"] }],
  ] as const) {
    it(`runs a terminate script, and says so, where the service ${what}`, async ({ counter, run }) => {
      const { code, output, took } = await run(answers);

      assert.deepEqual([code, counter.runs], [0, 1]);
      assert.match(output, /^graceful-asg: the metadata service .*; the script runs all the same$/m);
      assert.ok(took < 10, `took ${took} s`);
    });
  }

  it("does not ask where the handler knows that the instance goes", async ({ asked, counter, run }) => {
    const { code } = await run({ state: ["InService"] }, { meant: "yes" });

    assert.deepEqual([code, counter.runs, asked], [0, 1, []]);
  });

  it("does not ask a second time for a run that it joins", async ({ asked, counter, run }) => {
    await run({ state: ["Terminated"] });
    asked.length = 0;
    const { code } = await run({ state: ["InService"] });

    assert.deepEqual([code, counter.runs, asked], [0, 1, []]);
  });

  for (const [state, runs] of [
    ["InService", 1],
    ["Warmed:Stopped", 1],
    ["Standby", 1],
    [404, 1],
    ["Terminated", 0],
    ["Warmed:Terminated", 0],
    ["Detached", 0],
  ] as const) {
    it(`${runs ? "runs a" : "runs no"} launch script where the state to come is ${state}`, async ({
      counter,
      run,
    }) => {
      const { code } = await run({ state: [state] }, {}, { script: counter.script(), transition: "launch" });

      assert.deepEqual([code, counter.runs], [runs ? 0 : 81, runs]);
    });
  }

  it("asks past a proxy of the agent's environment", async ({ run }) => {
    const { code } = await run({ state: ["InService"] }, {}, undefined, {
      environment: { http_proxy: "http://127.0.0.1:1", HTTP_PROXY: "http://127.0.0.1:1" },
    });

    assert.equal(code, 81);
  });

  for (const tool of ["curl", "wget", "python3"]) {
    it.where(existsSync(`/usr/bin/${tool}`), `asks with ${tool}`, async ({ asking, run }) => {
      const tools = asking(tool);
      const { code } = await run({ state: ["InService"] }, {}, undefined, { tools });
      const other = await run({ state: ["Terminated"] }, {}, undefined, { tools });
      const third = await run({ state: [404] }, { hook: "h" }, undefined, { tools });

      assert.deepEqual([code, other.code, third.code], [81, 0, 0]);
      assert.doesNotMatch(other.output, /metadata/);
      assert.match(third.output, /does not tell/);
    });
  }

  it.where(
    existsSync("/bin/busybox"),
    "asks with a wget that knows no PUT, where the service needs no token",
    async ({ asking, run }) => {
      const tools = asking("wget", "/bin/busybox");
      const { code } = await run({ state: ["InService"], token: 405 }, {}, undefined, { tools });
      const strict = await run({ state: ["InService"] }, { hook: "h" }, undefined, { tools });

      assert.deepEqual([code, strict.code], [81, 0]);
      assert.match(strict.output, /does not tell/);
    },
  );
});

function given(machine: Machine) {
  const counter = new Counter(machine);
  const asked: string[] = [];
  const times: number[] = [];
  let server: Server | undefined;
  const close = () => {
    server?.closeAllConnections();
    server?.close();
  };
  machine.atEnd(close);
  const serve = async ({ spot = 404, state = [404], token = "secret" }: Answers) => {
    close();
    const states = [...state];
    const answers: Record<string, () => string | number | undefined> = {
      "PUT /latest/api/token": () => token,
      "GET /latest/meta-data/autoscaling/target-lifecycle-state": () =>
        states.length > 1 ? states.shift() : states[0],
      "GET /latest/meta-data/spot/instance-action": () => spot,
    };
    server = createServer(({ headers, method, url }, response) => {
      const what = `${method} ${url}`;
      asked.push(what);
      if (what.endsWith("-state")) times.push(Date.now());
      const isAllowed =
        method === "PUT" || token !== "secret" || headers["x-aws-ec2-metadata-token"] === token;
      const answer = isAllowed ? (answers[what]?.() ?? 404) : 401;
      if (answer === "") return;
      response.statusCode = typeof answer === "number" ? answer : 200;
      response.end(typeof answer === "number" ? "<html>no</html>" : answer);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest`;
  };
  const run = async (
    answers: Answers,
    parameters = {},
    source: Parameters<Machine["run"]>[0] = { script: counter.script() },
    surroundings: Parameters<Machine["run"]>[2] = {},
  ) =>
    machine.run(
      source,
      { ...action, ...parameters },
      {
        metadata: await serve(answers),
        edit: answers.token === "" ? (text) => text : patient,
        ...surroundings,
      },
    );

  /** The usual tools; of the tools that can ask the service, only the given tool. */
  const asking = (tool: string, from = `/usr/bin/${tool}`) => {
    const folder = path.join(machine.folder, "tools");
    mkdirSync(folder);
    for (const name of readdirSync("/bin"))
      if (!["curl", "wget", "python3"].includes(name)) symlinkSync(`/bin/${name}`, path.join(folder, name));
    if (existsSync(from)) symlinkSync(from, path.join(folder, tool));
    return () => folder;
  };
  return { asked, asking, counter, machine, run, times };
}

/** Gives the service more time to answer, as this computer may be busy. */
function patient(text: string): string {
  return text.replace(/(-m |timeout[ =])2\b/g, (_, option: string) => `${option}20`);
}
