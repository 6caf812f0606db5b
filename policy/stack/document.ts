import { parse } from "yaml";
import { platforms, scriptIn } from "../../contract";
import { hooksOf } from "./group";
import { functionsOf } from "./handlers";
import { instructionsOf, type Hook } from "./hook";
import { referents, sourcesOf } from "./reference";
import { ofKind, type Resource, type Resources } from "./resource";
import { known, listAt, member, notYetKnown, numberAt, stringAt } from "./value";

/** Timeout of a step that gives none, seconds. Source: Systems Manager, aws:runShellScript. */
const defaultStepTimeout = 3600;

const scriptActions = ["aws:runShellScript", "aws:runPowerShellScript"];

/** A document that runs at a hook, and what the hook's metadata say besides. */
export interface HookDocument {
  readonly document: Resource;
  /** Words of the hook's metadata, which may name parameters of the document. */
  readonly beside: readonly string[];
}

/**
 * The document that runs at a hook: the hook's metadata name the document, or the environment of a function that serves
 * no hook on the other transition. Undefined if there is no document, or if there are several and we cannot tell which
 * of them runs.
 */
export function documentAt(resources: Resources, hook: Hook): HookDocument | undefined {
  const documents = ofKind(resources, "document");
  const metadata = known(hook.metadata) ?? "";
  // Instructions of ours may name another document, which does not hold up the hook.
  const text = instructionsOf(hook)?.document ?? metadata;
  const named = documents.filter((one) => names(text, one));
  const [document, ...others] =
    named.length > 0
      ? named
      : new Set(
          functionsOf(resources, hook).flatMap((handler) => {
            const found = documentsIn(handler, documents);
            return found.length > 0 && !isShared(resources, handler, hook) ? found : [];
          }),
        );
  return document === undefined || others.length > 0 ? undefined : { document, beside: wordsIn(metadata) };
}

/** Whether a text holds the name or the ARN of a document, and not only a part of a longer name. */
function names(text: string, { props }: Resource): boolean {
  const name = known(stringAt(props, "name"));
  return name !== undefined && wordsIn(text).includes(name);
}

/** Source: Systems Manager, CreateDocument, the characters of a name. */
function wordsIn(text: string): string[] {
  return text.split(/[^A-Za-z0-9_.-]+/);
}

/** Whether a function serves hooks on both transitions: then we cannot tell for which hook it runs the document. */
function isShared(resources: Resources, handler: Resource, { transition }: Hook): boolean {
  return hooksOf(resources).some(
    (other) => other.transition !== transition && functionsOf(resources, other).includes(handler),
  );
}

/** Variables hold the name as plain text, or a value that is not yet known. */
function documentsIn(handler: Resource, documents: Resources): readonly Resource[] {
  const variables = member(member(handler.props, "environment"), "variables");
  if (variables === notYetKnown) return sourcesOf(handler, "environment", documents);
  const keys = typeof variables === "object" && variables !== null ? Object.keys(variables) : [];
  const values = keys.map((name) => member(variables, name));
  return referents(handler, "environment", values, documents).found;
}

/**
 * How long the steps of a command document may take, seconds, on the platform that takes longest. Undefined if that is
 * not known. A timeout that is a parameter has its default, unless the text that names the document seems to give
 * another value.
 */
export function executionOf({ beside, document }: HookDocument): number | undefined {
  const content = parsed(known(stringAt(document.props, "content")));
  const steps = listAt(content, "mainSteps").filter((step) =>
    scriptActions.includes(known(stringAt(step, "action")) ?? ""),
  );
  const parameters = member(content, "parameters");
  const times = platforms.map((platform) =>
    steps
      .filter((step) => runsOn(step, platform))
      .reduce<number>((sum, step) => sum + timeoutOf(step, parameters, beside), 0),
  );
  const longest = Math.max(...times);
  return longest > 0 ? longest : undefined;
}

/** A step of a document that runs a script in a shell of Linux. */
export interface ShellStep {
  /** The script; for a document of ours, the script that its guard runs. */
  readonly script: string;
  /** How long the script may take, seconds; NaN if that is not known. */
  readonly timeout: number;
}

/** How a guard of ours names the time of its script, without any wait for sessions. */
const guardTimeout = /\bTIMEOUT=(\d+)\b/;

/** The steps of a command document that run a script on Linux. */
export function shellStepsOf({ beside, document }: HookDocument): ShellStep[] {
  const content = parsed(known(stringAt(document.props, "content")));
  return listAt(content, "mainSteps")
    .filter((step) => stringAt(step, "action") === "aws:runShellScript" && runsOn(step, "Linux"))
    .map((step) => {
      const lines = listAt(member(step, "inputs"), "runCommand").filter((line) => typeof line === "string");
      const text = lines.join("\n");
      const ours = scriptIn(text);
      return ours === undefined
        ? { script: text, timeout: timeoutOf(step, member(content, "parameters"), beside) }
        : { script: ours, timeout: Number(guardTimeout.exec(text)?.[1]) };
    });
}

/** NaN where the timeout is not known, which makes the sum NaN too. */
function timeoutOf(step: unknown, parameters: unknown, beside: readonly string[]): number {
  const inputs = member(step, "inputs");
  const given = member(inputs, "timeoutSeconds");
  if (given === undefined) return defaultStepTimeout;
  const [, parameter] = typeof given === "string" ? (/^\{\{ *(\w+) *\}\}$/.exec(given) ?? []) : [];
  if (parameter === undefined) return known(numberAt(inputs, "timeoutSeconds")) ?? NaN;
  const isGiven = beside.some((word) => word.toLowerCase() === parameter.toLowerCase());
  return isGiven ? NaN : (known(numberAt(member(parameters, parameter), "default")) ?? NaN);
}

/** A precondition names its platform as in `StringEquals: [platformType, Linux]`. */
function runsOn(step: unknown, platform: string): boolean {
  const operands = listAt(member(step, "precondition"), "StringEquals");
  return !operands.includes("platformType") || operands.includes(platform);
}

/** JSON is YAML. */
function parsed(content: string | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    return parse(content);
  } catch {
    return undefined;
  }
}
