import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { platforms, stepNames } from "../../contract";
import { busyCheckContent, maxCheckSize, maxDocumentSize } from "../../components/documents";

interface Content {
  readonly parameters?: unknown;
  readonly mainSteps: readonly {
    readonly name: string;
    readonly action: string;
    readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
  }[];
}

function contentOf(text: string, platform: "Linux" | "Windows" = "Linux"): Content {
  return JSON.parse(busyCheckContent({ platform, text })) as Content;
}

/** Runs the step for Linux as the agent does, and gives its exit code and its output. */
function run(text: string): readonly [number | null, string] {
  const step = contentOf(text).mainSteps.find(({ name }) => name === stepNames.Linux);
  const { status, stdout } = spawnSync("sh", ["-c", step?.inputs.runCommand.join("\n") ?? ""], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "" },
  });
  return [status, stdout];
}

describe("the document of a check", () => {
  it("says busy for the exit code 0, idle for 1, and nothing for any other", () => {
    assert.deepEqual(run("true"), [0, "graceful-asg: busy\n"]);
    assert.deepEqual(run("false"), [0, "graceful-asg: idle\n"]);
    assert.deepEqual(run("exit 3"), [2, "graceful-asg: the check ended with 3\n"]);
    assert.deepEqual(run("no-such-command"), [2, "graceful-asg: the check ended with 127\n"]);
    assert.deepEqual(run("kill -KILL $$"), [2, "graceful-asg: the check ended with 137\n"]);
    assert.deepEqual(run("if"), [2, "graceful-asg: the check ended with 2\n"]);
  });

  it("runs any text as it is, and keeps what it writes apart from the answer", () => {
    const text =
      '#!/bin/sh\n# it\'s "quoted" {{ instance }} $(false) `false`\r\necho \'graceful-asg: busy\'; echo x >&2\ntest "$HOME" = /root && test "$(pwd)" = / && exit 1';

    assert.deepEqual(run(text), [0, "graceful-asg: idle\n"]);
  });

  it("has a step for each platform, of which the agent takes the timeout, and no parameters", () => {
    const { mainSteps, parameters } = contentOf("true");

    assert.deepEqual(
      mainSteps.map(({ name }) => name),
      platforms.map((one) => stepNames[one]),
    );
    for (const { inputs } of mainSteps) assert.ok(Number(inputs.timeoutSeconds) >= 5);
    assert.equal(parameters, undefined);
  });

  it("runs a PowerShell check on Windows alone", () => {
    const text = "if (Get-Process worker -ErrorAction SilentlyContinue) { exit 0 } else { exit 1 }";
    const step = (platform: "Linux" | "Windows") =>
      contentOf(text, "Windows").mainSteps.find(({ name }) => name === stepNames[platform]);
    const [, encoded = ""] =
      /'([A-Za-z0-9+/=]+)'/.exec(step("Windows")?.inputs.runCommand.join("\n") ?? "") ?? [];

    assert.equal(Buffer.from(encoded, "base64").toString("utf16le"), text);
    assert.match(step("Linux")?.inputs.runCommand.join("\n") ?? "", /no script for this platform/);
  });

  it("has room for the longest check, in SSM's document and on the command line of Windows", () => {
    for (const platform of ["Linux", "Windows"] as const) {
      const content = busyCheckContent({ platform, text: "x".repeat(maxCheckSize) });
      assert.ok(Buffer.byteLength(content) < maxDocumentSize);
    }
    assert.ok(Buffer.from("x".repeat(maxCheckSize), "utf16le").toString("base64").length < 32_767 - 200);
  });
});
