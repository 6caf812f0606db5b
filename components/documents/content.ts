import {
  announceParameters,
  describeDocument,
  parameterPatterns,
  platforms,
  routePatterns,
  stepNames,
  type DocumentParameters,
  type Platform,
  type RouteParameters,
} from "../../contract";
import { schedule } from "../../timing";
import { linuxScript } from "./linux";
import { noScriptOn, shells } from "./shells";
import type { DocumentSource, ScriptPlatform } from "./source";
import { windowsScript } from "./windows";

/** Largest document that SSM takes, bytes. Source: Systems Manager, MaxDocumentSizeExceeded. */
export const maxDocumentSize = 65_536;

/** Timeout of a step that only says that there is no script, seconds. */
const refusalTimeout = 60;

/**
 * Content of an SSM document, schema 2.2: one step for the script's platform, and a failure with a clear message
 * elsewhere.
 */
export function documentContent(source: DocumentSource): string {
  const { announces, script, times, transition } = source;
  const runs = announces ? "announce" : transition;
  const { execution } = schedule(times);
  return JSON.stringify({
    schemaVersion: "2.2",
    description: describeDocument(
      unbraced(script.does ?? `runs the ${runs} script of an Auto Scaling group`),
    ),
    parameters: Object.fromEntries(
      Object.entries(patternsOf(source)).map(([name, allowedPattern]) => [
        name,
        {
          type: "String",
          description: descriptions[name as keyof typeof descriptions],
          default: "",
          allowedPattern,
        },
      ]),
    ),
    // SSM reports success for a document whose steps were all skipped, so each platform has a step.
    mainSteps: platforms.map((platform) =>
      platform === script.platform
        ? step(platform, scriptFor(source).split("\n"), execution)
        : step(platform, noScriptOn(platform), refusalTimeout),
    ),
  });
}

/** What each parameter of the document may hold. */
function patternsOf({ announces, hasRoute }: DocumentSource): Readonly<Record<string, string>> {
  if (announces) return Object.fromEntries(announceParameters.map((name) => [name, parameterPatterns[name]]));
  return { ...parameterPatterns, ...(hasRoute ? routePatterns : {}) };
}

/** The exact text that the agent runs, parameters still in braces. */
export function scriptFor(source: DocumentSource): string {
  return scripts[source.script.platform](source);
}

/** Writes the text of the step that runs a script, for each platform. */
const scripts: Readonly<Record<ScriptPlatform, (source: DocumentSource) => string>> = {
  Linux: linuxScript,
  Windows: windowsScript,
};

const descriptions: Readonly<Record<keyof DocumentParameters | keyof RouteParameters, string>> = {
  group: "Name of the Auto Scaling group.",
  groupBase64: "The same in base64.",
  hook: "Name of the lifecycle hook.",
  action: "What stands for the lifecycle action; empty if that is not known.",
  instance: "Id of the instance.",
  transition: "launch or terminate.",
  onFailure: "What is done if the script fails.",
  sent: "When the command was sent, seconds since 1970; leave it empty by hand.",
  since: "When the lifecycle action began at the earliest, seconds since 1970; empty if that is not known.",
  sessionWait: "Seconds that sessions may hold up the script; empty for as long as the document says.",
  meant: "yes: do not ask the metadata service of the instance whether the script is meant to run.",
  origin: "Where the instance comes from: EC2, AutoScalingGroup or WarmPool; empty if that is not known.",
  destination: "Where the instance goes to: EC2, AutoScalingGroup or WarmPool; empty if that is not known.",
};

/** A text without double braces, which SSM takes for a parameter. */
function unbraced(text: string): string {
  return text.replaceAll("{{", "{ {");
}

function step(platform: Platform, runCommand: readonly string[], timeoutSeconds: number) {
  return {
    name: stepNames[platform],
    action: shells[platform].action,
    precondition: { StringEquals: ["platformType", platform] },
    inputs: { timeoutSeconds: String(timeoutSeconds), runCommand },
  };
}
