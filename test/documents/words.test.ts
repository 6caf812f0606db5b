import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Language, Parser, type Node } from "web-tree-sitter";
import type { LaunchArgs, TerminateArgs } from "../../components";
import { documentContent, scriptFor, untilEnd, words, type Script } from "../../components/documents";
import { transitionSettings } from "../../components/lifecycle/transitions";
import { doesIn, scriptIn } from "../../contract";

const timeout = 120;

/** The script of a word that stops an application. */
function stopScript(word: Omit<TerminateArgs, "timeout">): Script {
  const [{ script } = assert.fail()] = transitionSettings({ terminate: { ...word, timeout } });
  const { text } = script;
  assert.ok(typeof text === "string");
  return { ...script, text };
}

function launchScript(word: Omit<LaunchArgs, "timeout">): Script {
  const [, { script } = assert.fail()] = transitionSettings({
    terminate: { script: "stop", timeout },
    launch: { ...word, timeout },
  });
  const { text } = script;
  assert.ok(typeof text === "string");
  return { ...script, text };
}

const source = (script: Script) => ({ transition: "terminate" as const, script, times: { timeout } });

describe("the words by which users say how an application is stopped or made ready", () => {
  it("become the script that the guard runs, which can be read in the document", () => {
    for (const script of [
      stopScript({ systemdUnit: "application" }),
      stopScript({ container: { label: "app=wéb" } }),
      stopScript({ windowsService: "W3SVC" }),
      launchScript({ httpReady: { port: 8080 } }),
    ])
      assert.equal(scriptIn(scriptFor(source(script))), script.text);
    assert.equal(scriptIn("systemctl stop application"), undefined);
  });

  it("say in the description of the document what the script does", () => {
    const said = (script: Script) =>
      doesIn((JSON.parse(documentContent(source(script))) as { description: string }).description);

    assert.deepEqual(
      [
        said(stopScript({ systemdUnit: "application" })),
        said(stopScript({ systemdUnit: "worker@ main.service" })),
        said(stopScript({ container: { name: "web" } })),
        said(stopScript({ container: { label: "app={{ x }}", runtime: "podman" } })),
        said(stopScript({ windowsService: "W3SVC, My Service" })),
        said(
          launchScript({ httpReady: { port: 8443, path: "/health", protocol: "HTTPS", status: "200-299" } }),
        ),
        said(stopScript({ script: "stop" })),
      ],
      [
        "stops the systemd unit application.service",
        "stops the systemd units worker@.service, main.service",
        "stops the container web",
        "stops the podman containers with the label app={ { x }}",
        "stops the Windows services W3SVC, My Service",
        "waits until https://localhost:8443/health answers 200-299",
        "runs the terminate script of an Auto Scaling group",
      ],
    );
  });

  it("know when the guard sends SIGTERM, or ends the script on Windows", () => {
    for (const seconds of [5, 30, 120, 7200]) {
      const step = scriptFor({
        transition: "terminate",
        script: { platform: "Linux", text: "stop" },
        times: { timeout: seconds },
      });
      const grace = Number(/GRACE=(\d+)/.exec(step)?.[1]);

      assert.equal(untilEnd("Linux", seconds), seconds - 1 - grace);
      assert.equal(untilEnd("Windows", seconds), seconds - 1);
    }
    assert.match(stopScript({ systemdUnit: "a" }).text, /^TIME='109'$/m);
    assert.match(stopScript({ windowsService: "a" }).text, /^\$Time = 117$/m);
  });

  it("keep all that a user gives a text in sh, whatever is in it", () => {
    const evil = `it's "$(reboot)" \`reboot\` \\ ; & {{ x }} $HOME`;
    const { text } = stopScript({ container: { label: `app=${evil}` } });
    const settings = text.split("\n").slice(1, 5).join("\n");

    const { stdout } = spawnSync("sh", ["-c", `${settings}\nprintf %s "$LABEL"`], { encoding: "utf8" });

    assert.equal(stdout, `app=${evil}`);
  });
});

describe("a container without a runtime that is named", () => {
  /** Runs the script where some runtimes are installed, all of which say what they are asked. */
  const stop = (runtimes: readonly string[], container: object, status = "running", exitCode = 143) => {
    const folder = mkdtempSync(path.join(tmpdir(), "graceful-asg-"));
    try {
      for (const name of runtimes)
        writeFileSync(
          path.join(folder, name),
          `#!/bin/sh\necho "$0 $*" >> ${folder}/log\ncase $* in\n*Status*) echo ${status} ;; *Id*) echo id-1 ;; *Name*) echo /web ;; *ExitCode*) echo ${exitCode} ;; *AutoRemove* | *Running*) echo false ;; esac\n`,
          { mode: 0o755 },
        );
      const { text } = stopScript({ container: { name: "web", ...container } });
      const { status: code, stdout } = spawnSync("/bin/sh", ["-c", text], {
        encoding: "utf8",
        env: { PATH: `${folder}:/nowhere` },
      });
      const file = path.join(folder, "log");
      const log = existsSync(file) ? readFileSync(file, "utf8") : "";
      return { code, output: stdout, log: log.replaceAll(`${folder}/`, "") };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it("is one of Docker where both are installed, and of Podman where Docker is not", () => {
    for (const [runtimes, runtime] of [
      [["docker", "podman"], "docker"],
      [["podman"], "podman"],
    ] as const) {
      const { code, log, output } = stop(runtimes, {});
      assert.equal(code, 0, output);
      assert.match(log, new RegExp(`^${runtime} stop -t 10[67] id-1$`, "m"));
      assert.match(output, /the container web has stopped with exit code 143/);
    }
  });

  it("has failed where no runtime, or not the one that is named, is installed", () => {
    assert.deepEqual([stop([], {}).code, stop(["docker"], { runtime: "podman" }).code], [1, 1]);
    assert.match(stop([], {}).output, /this machine has no podman; nothing is stopped/);
  });

  it("has failed where it was killed, and not where it ended with another code", () => {
    const ends = [137, 0, 1].map((exitCode) => stop(["docker"], {}, "running", exitCode));

    assert.deepEqual(
      ends.map(({ code }) => code),
      [1, 0, 0],
    );
    assert.match(ends[0]?.output ?? "", /the container web was killed \(exit code 137\)/);
  });

  it("goes on before it is stopped if it was paused", () => {
    const { log } = stop(["docker"], {}, "paused");

    assert.match(log, /^docker unpause id-1$[\s\S]*^docker stop /m);
  });

  it("is left alone if it was not running", () => {
    const { code, log } = stop(["docker"], {}, "exited");

    assert.equal(code, 0);
    assert.doesNotMatch(log, /docker stop/);
  });
});

describe("the script that stops Windows services", () => {
  let parse: (text: string) => Node;
  before(async () => {
    await Parser.init();
    const grammar = readFileSync(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm"));
    const parser = new Parser();
    parser.setLanguage(await Language.load(grammar));
    parse = (text) => parser.parse(text)?.rootNode ?? assert.fail();
  });

  const { text } = stopScript({ windowsService: "W3SVC, MSSQL$SQLEXPRESS,My Service" });

  it("is PowerShell to a real parser", () => {
    assert.equal(parse(text).hasError, false);
    assert.equal(parse(text.replace("while ($true) {", "while ($true {")).hasError, true);
  });

  it("names the services in their order, each as a text", () => {
    assert.match(text, /^\$Names = @\('W3SVC', 'MSSQL\$SQLEXPRESS', 'My Service'\)$/m);
  });

  it("looks for all services before it stops any, and stops each after the services that depend on it", () => {
    const at = (part: string) => {
      const found = text.indexOf(part);
      assert.ok(found > 0, part);
      return found;
    };

    assert.ok(at("there is no service") < at("foreach ($service in $services)"));
    assert.ok(at("foreach ($dependent in $service.DependentServices)") < at("Stop-One $service\n"));
  });

  it("never waits longer than its time, as Stop-Service would, and fails when it is over", () => {
    assert.doesNotMatch(text, /Stop-Service|WaitForStatus/);
    assert.match(text, /TotalSeconds -ge \$Time\) \{[^}]*did not stop in time[^}]*exit 1/);
  });

  it("uses nothing that PowerShell 5.1 lacks", () => {
    assert.doesNotMatch(text, /\?\?|\?\.|&&|\|\||-Parallel|\bternary\b/);
  });

  it("belongs to a document for Windows", () => {
    assert.equal(stopScript({ windowsService: "W3SVC" }).platform, "Windows");
    assert.deepEqual(
      Object.entries({ ...words.launch, ...words.terminate })
        .filter(([, { platform }]) => platform === "Windows")
        .map(([name]) => name)
        .sort(),
      ["powershell", "windowsService"],
    );
  });
});
