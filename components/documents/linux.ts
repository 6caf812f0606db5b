import { exitCodes, type DocumentParameters } from "../../contract";
import { graceOf, guardTimes, parameterIn, stateName, type DocumentSource } from "./source";
import { base64Lines } from "./base64";
import { head, tail } from "./output";
import { metadata, readParts, withdrawn } from "./parts";

/**
 * Where the guard keeps its runs: in the first of these folders that is writable. Except for the first, these folders
 * are in memory.
 */
const places = ["/var/lib", "/run", "/dev/shm"];

/** The text of the step for Linux: settings, parameters, the user's script, and the guard that runs it. */
export function linuxScript(source: DocumentSource): string {
  const { hasRoute, script, sessions, transition } = source;
  const { joinFor, maxWait, timeout } = guardTimes(source);
  const value = (name: keyof DocumentParameters) => parameterIn(source, name);
  const text = script.text.replaceAll("\r\n", "\n");
  return [
    "#!/bin/sh",
    "# Comments and indentation are left out: see components/documents of graceful-asg.",
    `TRANSITION=${transition} TIMEOUT=${timeout} GRACE=${graceOf(timeout)} JOIN_FOR=${joinFor}`,
    `MAX_WAIT=${maxWait} PORTS="${ports(sessions?.ports ?? [])}" SESSION_MANAGER=${sessions?.sessionManager ? "yes" : ""}`,
    `HEAD=${head} TAIL=${tail} SCRIPT_SIZE=${Buffer.byteLength(text)} METADATA=${metadata}`,
    `SCRIPT_FAILED=${exitCodes.scriptFailed} NOT_MEANT=${exitCodes.notMeant} WITHDRAWN=${withdrawn}`,
    `PLACES="${places.map((place) => `${place}/${stateName(source)}`).join(" ")}"`,
    `INSTANCE='${value("instance")}' GROUP64='${value("groupBase64")}' HOOK='${value("hook")}'`,
    `ACTION='${value("action")}' SENT='${value("sent")}' SINCE='${value("since")}' SESSION_WAIT='${value("sessionWait")}' MEANT='${value("meant")}'`,
    ...(hasRoute ? [route] : []),
    `SCRIPT64='${base64Lines(text).join("\n")}'`,
    ...parts,
  ].join("\n");
}

/** Empty where a command does not say it. */
const route =
  "GRACEFUL_ORIGIN='{{ origin }}' GRACEFUL_DESTINATION='{{ destination }}'; export GRACEFUL_ORIGIN GRACEFUL_DESTINATION";

const parts = readParts("sh", ["process", "output", "state", "sessions", "meant", "script", ""]);

/** Port numbers as the kernel's tables write them. */
function ports(numbers: readonly number[]): string {
  return numbers.map((port) => port.toString(16).toUpperCase().padStart(4, "0")).join(" ");
}
