import { exitCodes, type DocumentParameters } from "../../contract";
import { guardTimes, parameterIn, stateName, type DocumentSource } from "./source";
import { base64Lines } from "./base64";
import { head, tail } from "./output";
import { metadata, readParts, withdrawn } from "./parts";

/** Exit code of a runner whose script succeeded, but whose result no place takes; used only inside the guard. */
const unrecorded = 76;

/** The text of the step for Windows: settings, parameters, the user's script, and the guard that runs it. */
export function windowsScript(source: DocumentSource): string {
  const { hasRoute, script, sessions, transition } = source;
  const { joinFor, maxWait, timeout } = guardTimes(source);
  const state = stateName(source);
  const value = (name: keyof DocumentParameters) => parameterIn(source, name);
  return [
    `$Transition = '${transition}'; $Timeout = ${timeout}; $JoinFor = ${joinFor}; $Places = @("$env:ProgramData\\${state}", "$env:SystemRoot\\Temp\\${state}")`,
    `$MaxWait = ${maxWait}; $Ports = @(${(sessions?.ports ?? []).join(", ")}); $SessionManager = $${String(sessions?.sessionManager ?? false)}`,
    `$Head = ${head}; $Tail = ${tail}; $ScriptFailed = ${exitCodes.scriptFailed}; $NotMeant = ${exitCodes.notMeant}; $Withdrawn = ${withdrawn}; $Unrecorded = ${unrecorded}; $Metadata = '${metadata}'`,
    `$Instance = '${value("instance")}'; $Group64 = '${value("groupBase64")}'; $Hook = '${value("hook")}'`,
    `$Action = '${value("action")}'; $Sent = '${value("sent")}'; $Since = '${value("since")}'; $SessionWait = '${value("sessionWait")}'; $Meant = '${value("meant")}'`,
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
