import { exitCodes } from "../../contract";
import { guardTimes, type DocumentSource } from "./source";
import { base64Lines } from "./base64";
import { head, tail } from "./output";
import { metadata, readParts, withdrawn } from "./parts";

/** Exit code of a runner whose script succeeded, but whose result no place takes; used only inside the guard. */
const unrecorded = 76;

/** The text of the step for Windows: settings, parameters, the user's script, and the guard that runs it. */
export function windowsScript(source: DocumentSource): string {
  const { hasRoute, script, sessions, transition } = source;
  const { joinFor, maxWait, timeout } = guardTimes(source);
  return [
    `$Transition = '${transition}'; $Timeout = ${timeout}; $JoinFor = ${joinFor}; $Places = @("$env:ProgramData\\graceful-asg", "$env:SystemRoot\\Temp\\graceful-asg")`,
    `$MaxWait = ${maxWait}; $Ports = @(${(sessions?.ports ?? []).join(", ")}); $SessionManager = $${String(sessions?.sessionManager ?? false)}`,
    `$Head = ${head}; $Tail = ${tail}; $ScriptFailed = ${exitCodes.scriptFailed}; $NotMeant = ${exitCodes.notMeant}; $Withdrawn = ${withdrawn}; $Unrecorded = ${unrecorded}; $Metadata = '${metadata}'`,
    "$Instance = '{{ instance }}'; $Group64 = '{{ groupBase64 }}'; $Hook = '{{ hook }}'",
    "$Action = '{{ action }}'; $Sent = '{{ sent }}'; $Since = '{{ since }}'; $SessionWait = '{{ sessionWait }}'; $Meant = '{{ meant }}'",
    ...(hasRoute ? [route] : []),
    "$Script64 = @'",
    ...base64Lines(script.text),
    "'@",
    ...parts,
  ].join("\n");
}

/** Empty where a command does not say it. */
const route = "$env:GRACEFUL_ORIGIN = '{{ origin }}'; $env:GRACEFUL_DESTINATION = '{{ destination }}'";

const parts = readParts("ps1", ["output", "state", "sessions", "meant", "script", ""]);
