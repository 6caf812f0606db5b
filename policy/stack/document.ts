import { parse } from "yaml";
import type { Group } from "./group";
import { functionsOf } from "./handlers";
import type { Hook } from "./hook";
import { referents, sourcesOf } from "./reference";
import { ofKind, type Resource, type Resources } from "./resource";
import { known, listAt, member, numberAt, stringAt } from "./value";

/** A step that gives no time-out has this one, seconds. Source: Systems Manager, aws:runShellScript. */
const defaultStepTimeout = 3600;

const scriptActions = ["aws:runShellScript", "aws:runPowerShellScript"];

/**
 * The document that runs at a hook: the hook's metadata or the environment of its function was made of it. Undefined
 * if there is none, or if there are several and nothing says which.
 */
export function documentOf(resources: Resources, group: Group, hook: Hook): Resource | undefined {
  const documents = ofKind(resources, "document");
  const [document, ...others] = new Set([
    ...sourcesOf(hook.resource, hook.dependencyOf("notificationMetadata"), documents),
    ...functionsOf(resources, group, hook).flatMap((one) => documentsIn(one, documents)),
  ]);
  return others.length === 0 ? document : undefined;
}

/** Variables can also hold the name as plain text. */
function documentsIn(handler: Resource, documents: Resources): readonly Resource[] {
  const variables = member(member(handler.props, "environment"), "variables");
  const names = typeof variables === "object" && variables !== null ? Object.keys(variables) : [];
  const values = names.map((name) => member(variables, name));
  return [
    ...sourcesOf(handler, "environment", documents),
    ...referents(handler, "environment", values, documents).found,
  ];
}

/**
 * How long the steps of a command document may take, seconds; the longest of its platforms. Undefined if that is not
 * known: a time-out can be a parameter.
 */
export function executionOf({ props }: Resource): number | undefined {
  const steps = listAt(parsed(known(stringAt(props, "content"))), "mainSteps").filter((step) =>
    scriptActions.includes(known(stringAt(step, "action")) ?? ""),
  );
  const times = ["Linux", "Windows", "MacOS"].map((platform) =>
    steps.filter((step) => runsOn(step, platform)).reduce<number>((sum, step) => sum + timeoutOf(step), 0),
  );
  const longest = Math.max(...times);
  return longest > 0 ? longest : undefined;
}

/** Not a number where the time-out is a parameter, which makes the sum none either. */
function timeoutOf(step: unknown): number {
  const inputs = member(step, "inputs");
  return member(inputs, "timeoutSeconds") === undefined
    ? defaultStepTimeout
    : (known(numberAt(inputs, "timeoutSeconds")) ?? NaN);
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
