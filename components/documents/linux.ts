import { readFileSync } from "node:fs";
import { exitCodes } from "../../contract";
import { joinWindow, schedule } from "../../timing";
import type { DocumentSource } from "./source";
import { base64Lines } from "./base64";
import { head, tail } from "./output";

/** Longest time between SIGTERM and SIGKILL for a script whose time is over, seconds. */
const maxGrace = 10;

/** The text of the step for Linux: settings, parameters, the user's script, and what runs it. */
export function linuxScript({
  deregistrationDelay = 0,
  script,
  sessions,
  times,
  transition,
}: DocumentSource): string {
  const joinFor = joinWindow(schedule(times), deregistrationDelay);
  const { maxWait = 0, timeout } = times;
  const grace = Math.min(maxGrace, Math.max(1, Math.floor(timeout / 10)));
  return [
    "#!/bin/sh",
    `TRANSITION=${transition} TIMEOUT=${timeout} GRACE=${grace} JOIN_FOR=${joinFor} STATE=/var/lib/graceful-asg`,
    `MAX_WAIT=${maxWait} PORTS="${ports(sessions?.ports ?? [])}" SESSION_MANAGER=${sessions?.sessionManager ? "yes" : ""}`,
    `HEAD=${head} TAIL=${tail} SCRIPT_FAILED=${exitCodes.scriptFailed}`,
    "INSTANCE='{{ instance }}' GROUP64='{{ groupBase64 }}' HOOK='{{ hook }}'",
    "ACTION='{{ action }}' SENT='{{ sent }}' SINCE='{{ since }}' SESSION_WAIT='{{ sessionWait }}' MEANT='{{ meant }}'",
    "print_script() {",
    "  base64 -d << 'END_OF_SCRIPT'",
    ...base64Lines(script.text.replaceAll("\r\n", "\n")),
    "END_OF_SCRIPT",
    "}",
    output.trimEnd(),
    waiting.trimEnd(),
    runOnce.trimEnd(),
  ].join("\n");
}

const output = readFileSync(require.resolve("#documents/run-once.output.sh"), "utf8");
const waiting = readFileSync(require.resolve("#documents/run-once.sessions.sh"), "utf8");
const runOnce = readFileSync(require.resolve("#documents/run-once.sh"), "utf8");

/** As the kernel's tables have them. */
function ports(numbers: readonly number[]): string {
  return numbers.map((port) => port.toString(16).toUpperCase().padStart(4, "0")).join(" ");
}
