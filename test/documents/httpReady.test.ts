import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { HttpReadyArgs } from "../../components";
import { words } from "../../components/documents";
import { isThere } from "../support/shells";
import { signalGroup } from "../support/signal";

const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));

/** Tools that make a request: what a script finds by their names. */
const tools: Readonly<Record<string, readonly [name: string, file: string]>> = {
  curl: ["curl", "curl"],
  python3: ["python3", "python3"],
  wget: ["wget", "wget"],
  "the wget of busybox": ["wget", "busybox"],
};

const shells = ["/bin/sh", "/bin/bash", "/bin/busybox sh"];

function where(tool: string): string | undefined {
  if (tool === "python3") {
    // What is first in the PATH may be a script that looks for it.
    const { status, stdout } = spawnSync(tool, ["-c", "import sys; print(sys.executable)"], {
      encoding: "utf8",
    });
    return status === 0 ? stdout.trim() : undefined;
  }
  const { status, stdout } = spawnSync("which", [tool], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** A PATH with one tool for requests, and with all else that the script needs. */
function pathWith([name, file]: readonly [string, string]): string {
  const own = path.join(folder, `${name}-${file}`);
  mkdirSync(own, { recursive: true });
  for (const [link, target] of [
    [name, file],
    ...["sed", "head", "sleep", "timeout"].map((one) => [one, one]),
  ] as const) {
    const found = where(target) ?? assert.fail(target);
    if (!existsSync(path.join(own, link))) symlinkSync(found, path.join(own, link));
  }
  return own;
}

/** Waits for an application with the script of the word. */
function wait(
  given: Partial<HttpReadyArgs> & { port: number },
  {
    PATH = process.env["PATH"],
    shell = "/bin/sh",
    untilEnd = 8,
    ...env
  }: Record<string, string | number | undefined> = {},
) {
  const text = words.launch.httpReady.script(
    { httpReady: given, timeout: 60 },
    { untilEnd: Number(untilEnd) },
  );
  assert.ok(typeof text === "string");
  const [program = "", ...args] = String(shell).split(" ");
  const child = spawn(program, [...args, "-c", text], {
    env: { PATH: String(PATH), ...(env as Record<string, string>) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (said: string) => (output += said));
  child.stderr.setEncoding("utf8").on("data", (said: string) => (output += said));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on("close", (code) => {
      resolve({ code, output });
    });
  });
  return {
    ended,
    terminate: () => {
      signalGroup(child, "SIGTERM");
    },
  };
}

describe("an answer that says that an application is ready", function () {
  this.timeout(40_000);
  const servers: Server[] = [];
  const asked: string[] = [];
  after(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** An application that gives one answer after the other; the last for good. */
  const application = async (codes: readonly number[], secure?: object): Promise<number> => {
    let count = 0;
    const answer: RequestListener = ({ headers, method, url }, response) => {
      asked.push(`${method ?? ""} ${url ?? ""} ${headers.host?.split(":")[0] ?? ""}`);
      const code = codes[Math.min(count, codes.length - 1)] ?? 200;
      count += 1;
      response.writeHead(code, code === 302 ? { location: "/elsewhere" } : {}).end("body");
    };
    const server = secure === undefined ? createHttpServer(answer) : createHttpsServer(secure, answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : assert.fail();
  };

  for (const [name, tool] of Object.entries(tools)) {
    const isHere = where(tool[1]) !== undefined;
    (isHere ? it : it.skip)(`is waited for by ${name}, at the path, past any proxy`, async () => {
      const port = await application([503, 404, 200]);
      asked.length = 0;

      const { code, output } = await wait(
        { port, path: "/health?full='1'" },
        { PATH: pathWith(tool), http_proxy: "http://127.0.0.1:1", HTTP_PROXY: "http://127.0.0.1:1" },
      ).ended;

      assert.equal(code, 0, output);
      assert.match(output, /answers 503\n[\s\S]*answers 404\n[\s\S]*answers 200 after \d+ s\n$/);
      assert.ok(asked.length >= 3);
      for (const one of asked) assert.equal(one, "GET /health?full='1' localhost");
    });
  }

  it("may have another status, or one of several", async () => {
    const port = await application([200, 404, 429]);

    const { code, output } = await wait({ port, status: "204,420-499" }).ended;

    assert.equal(code, 0, output);
    assert.match(output, /waiting until .* answers 204 420-499, for up to 8 s[\s\S]*answers 429 after/);
  });

  it("is no answer of where a redirect leads", async () => {
    const port = await application([302]);

    const { code, output } = await wait({ port }, { untilEnd: 3 }).ended;

    assert.equal(code, 1, output);
    assert.match(output, /the last answer of .* was 302, not 200, after \d+ requests/);
  });

  it("does not come in time: the script gives up before it gets SIGTERM, and says what the last answer was", async () => {
    const port = await application([503]);
    const began = Date.now();

    const { code, output } = await wait({ port }, { untilEnd: 5 }).ended;

    assert.equal(code, 1, output);
    assert.match(
      output,
      /the last answer of http:\/\/localhost:\d+\/ was 503, not 200, after [3-5] requests\n$/,
    );
    assert.ok(Date.now() - began < 5000);
  });

  it("never comes: the script says so", async () => {
    const { code, output } = await wait({ port: 1 }, { untilEnd: 4 }).ended;

    assert.equal(code, 1, output);
    assert.match(output, /http:\/\/localhost:1\/ never answered, \d requests\n$/);
  });

  for (const shell of shells) {
    (isThere(shell) ? it : it.skip)(`is told of at SIGTERM as well, in ${shell}`, async () => {
      const port = await application([500]);
      const { ended, terminate } = wait({ port }, { shell, untilEnd: 30 });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      terminate();

      const { code, output } = await ended;

      assert.equal(code, 1, output);
      assert.match(output, /the last answer of .* was 500, not 200, after \d requests\n$/);
    });
  }

  (where("openssl") === undefined ? it.skip : it)(
    "may come over HTTPS, whose certificate is not verified",
    async () => {
      const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
      execFileSync(
        "openssl",
        [
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-keyout",
          key,
          "-out",
          cert,
          "-days",
          "1",
          "-subj",
          "/CN=web",
        ],
        { stdio: "ignore" },
      );
      const port = await application([200], { key: readFileSync(key), cert: readFileSync(cert) });

      for (const name of ["curl", "python3", "wget"]) {
        const tool = tools[name] ?? assert.fail(name);
        if (where(tool[1]) === undefined) continue;
        const { code, output } = await wait(
          { port, protocol: "HTTPS" },
          { PATH: pathWith([tool[0], tool[1]]) },
        ).ended;
        assert.equal(code, 0, `${name}: ${output}`);
      }
    },
  );
});
