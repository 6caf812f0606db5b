import {
  decodeInstructions,
  doesIn,
  isFields,
  lifecycleTransitions,
  scriptIn,
  type Transition,
} from "../../contract";
import { RehearsalError, servedHookOf, type Prepared } from "./rehearsal";

/** A document of ours, as far as people want to read it. */
export interface ScriptDocument {
  readonly name: string;
  /** What its script does, as its description says. */
  readonly does: string | undefined;
  readonly steps: readonly { readonly name: string; readonly text: string }[];
  readonly content: unknown;
}

/** The document of the rehearsed transition; undefined if no hook of ours names a document. */
export function documentOf(prepared: Prepared): ScriptDocument | undefined {
  const name = servedHookOf(prepared)?.instructions.document;
  return name === undefined ? undefined : read(prepared, name);
}

/** The error where a group has no script for the rehearsed transition. */
export function noScript({ groupName, settings }: Prepared): RehearsalError {
  return new RehearsalError(`The group ${groupName} has no ${settings.transition} script.`);
}

/** What the script of the rehearsed transition does, if a word says so; undefined for a script of the user's own. */
export function wordOf(prepared: Prepared): string | undefined {
  const does = documentOf(prepared)?.does;
  return does?.startsWith("runs the ") ? undefined : does;
}

/** The scripts of a group as people read them: for each script a line of comment, then the script itself. */
export function documentsAsText(prepared: Prepared): string {
  return documentsOf(prepared)
    .map(([what, { does, name, steps }]) => {
      const heading = `# ${what}: document ${name}${does === undefined ? "" : `, which ${does}`}`;
      const script = steps.map(({ text }) => scriptIn(text)).find((text) => text !== undefined);
      return `${heading}\n${(script ?? "").replace(/\n?$/, "\n")}`;
    })
    .join("\n");
}

/** The documents of a group as Systems Manager gets them, by what they are for. */
export function documentsAsJson(prepared: Prepared): string {
  const documents = documentsOf(prepared).map(([what, { content, name }]) => [what, { name, content }]);
  return `${JSON.stringify(Object.fromEntries(documents), undefined, 2)}\n`;
}

/**
 * The documents of a group by what they are for: a transition, or to tell an instance that it was chosen.
 * @throws RehearsalError where the group has no document of ours.
 */
function documentsOf(prepared: Prepared): (readonly [string, ScriptDocument])[] {
  const group = prepared.world.groups.find(({ name }) => name === prepared.groupName);
  const transitions = Object.keys(lifecycleTransitions).sort().reverse() as Transition[];
  const found = transitions.flatMap((transition) =>
    (group?.hooks ?? [])
      .filter((hook) => hook.lifecycleTransition === lifecycleTransitions[transition])
      .flatMap((hook) => decodeInstructions(hook.notificationMetadata) ?? [])
      .flatMap(({ announce, document }) => [
        [transition, document] as const,
        ...(announce === undefined ? [] : [["announce", announce.document] as const]),
      ])
      .flatMap(([what, name]) => {
        const document = read(prepared, name);
        return document === undefined ? [] : [[what, document] as const];
      }),
  );
  if (found.length === 0) throw new RehearsalError(`The group ${prepared.groupName} has no script of ours.`);
  return found;
}

function read({ world }: Prepared, name: string): ScriptDocument | undefined {
  const text = world.documents.get(name);
  if (text === undefined) return undefined;
  const content = JSON.parse(text) as unknown;
  if (!isFields(content)) return undefined;
  const { description, mainSteps } = content;
  return {
    name,
    content,
    does: typeof description === "string" ? doesIn(description) : undefined,
    steps: Array.isArray(mainSteps) ? mainSteps.filter(isFields).map(stepOf) : [],
  };
}

function stepOf(step: Readonly<Record<string, unknown>>): ScriptDocument["steps"][number] {
  const lines = isFields(step["inputs"]) ? step["inputs"]["runCommand"] : undefined;
  return { name: String(step["name"]), text: Array.isArray(lines) ? lines.map(String).join("\n") : "" };
}
