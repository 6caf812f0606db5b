import { readFileSync } from "node:fs";
import { parameterPatterns, type DocumentParameters, type Transition } from "../../contract";
import { schedule, type TransitionTimes } from "../../timing";

/** What a document is made of. */
export interface DocumentSource {
  readonly transition: Transition;
  /** The user's script for Linux. */
  readonly script: string;
  readonly times: TransitionTimes;
  /** What the script waits for. Defaults to nothing. */
  readonly sessions?: { readonly ports?: readonly number[]; readonly sessionManager?: boolean };
  /** Where the guard keeps its markers. Defaults to a folder that survives a reboot. */
  readonly stateFolder?: string;
}

/** Largest document that SSM takes, bytes. Source: Systems Manager, MaxDocumentSizeExceeded. */
export const maxDocumentSize = 65_536;

/** Longest time between SIGTERM and SIGKILL for a script whose time is over, seconds. */
const maxGrace = 10;

/** Content of an SSM document, schema 2.2: one step for Linux, and a failure with a clear message elsewhere. */
export function documentContent(source: DocumentSource): string {
  const { transition, times } = source;
  return JSON.stringify({
    schemaVersion: "2.2",
    description: `graceful-asg: runs the ${transition} script of an Auto Scaling group once per lifecycle action.`,
    parameters: Object.fromEntries(
      Object.entries(parameterPatterns).map(([name, allowedPattern]) => [
        name,
        {
          type: "String",
          description: descriptions[name as keyof DocumentParameters],
          default: "",
          allowedPattern,
        },
      ]),
    ),
    mainSteps: [
      step("aws:runShellScript", "Linux", runScript(source), schedule(times).execution),
      step(
        "aws:runShellScript",
        "MacOS",
        ["echo 'graceful-asg: there is no script for macOS'", "exit 1"],
        60,
      ),
      step(
        "aws:runPowerShellScript",
        "Windows",
        ["Write-Output 'graceful-asg: there is no script for Windows'", "exit 1"],
        60,
      ),
    ],
  });
}

/** The very text that the agent runs on Linux, parameters still in braces. */
export function linuxScript(source: DocumentSource): string {
  const { script, sessions, stateFolder = "/var/lib/graceful-asg", times, transition } = source;
  const { budget } = schedule(times);
  const { timeout } = times;
  const grace = Math.min(maxGrace, Math.max(1, Math.floor(timeout / 10)));
  return [
    "#!/bin/sh",
    `TRANSITION=${transition} TIMEOUT=${timeout} GRACE=${grace} BUDGET=${budget} STATE=${stateFolder}`,
    `MAX_WAIT=${times.maxWait ?? 0} PORTS="${ports(sessions?.ports ?? [])}" SESSION_MANAGER=${sessions?.sessionManager ? "yes" : ""}`,
    "INSTANCE='{{ instance }}' GROUP64='{{ groupBase64 }}' HOOK='{{ hook }}'",
    "TOKEN='{{ token }}' DEADLINE='{{ deadline }}' WAIT_UNTIL='{{ waitUntil }}'",
    "print_script() {",
    "  base64 -d << 'END_OF_SCRIPT'",
    ...base64Lines(script.replaceAll("\r\n", "\n")),
    "END_OF_SCRIPT",
    "}",
    runOnce.trimEnd(),
  ].join("\n");
}

const runOnce = readFileSync(require.resolve("#documents/run-once.sh"), "utf8");

const descriptions: Readonly<Record<keyof DocumentParameters, string>> = {
  group: "Name of the Auto Scaling group.",
  groupBase64: "The same in base64.",
  hook: "Name of the lifecycle hook.",
  token: "Token of the lifecycle action.",
  instance: "Id of the instance.",
  transition: "launch or terminate.",
  onFailure: "What is done if the script fails.",
  deadline: "When the script is given up.",
  waitUntil:
    "Until when sessions may hold up the script, seconds since 1970; empty for as long as the document says.",
};

function runScript(source: DocumentSource): string[] {
  return linuxScript(source).split("\n");
}

function step(action: string, platform: string, runCommand: readonly string[], timeoutSeconds: number) {
  return {
    name: `run${platform}`,
    action,
    precondition: { StringEquals: ["platformType", platform] },
    inputs: { timeoutSeconds: String(timeoutSeconds), runCommand },
  };
}

/** As the kernel's tables have them. */
function ports(numbers: readonly number[]): string {
  return numbers.map((port) => port.toString(16).toUpperCase().padStart(4, "0")).join(" ");
}

function base64Lines(text: string): string[] {
  return (
    Buffer.from(text)
      .toString("base64")
      .match(/.{1,76}/g) ?? []
  );
}
