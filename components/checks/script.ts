import * as pulumi from "@pulumi/pulumi";
import type { Violation } from "../../timing";
import { documentContent, maxDocumentSize, type Script, type ScriptPlatform } from "../documents";
import type { AnnounceSettings, GivenScript, TransitionSettings } from "../lifecycle/transitions";
import { InvalidArguments } from "./refuse";

/** What a document is made of, before it is certain that the text of its script is known, or right. */
export type GivenSource = Pick<
  TransitionSettings,
  "inWarmPool" | "script" | "sessions" | "times" | "transition"
> &
  Partial<Pick<AnnounceSettings, "announces">>;

/** The same, with a text that is known. */
export interface KnownSource extends Omit<GivenSource, "inWarmPool" | "script"> {
  readonly script: GivenScript & Script;
  readonly hasRoute: boolean;
}

/** A source whose text is known already; nothing for a text that becomes known later, which `knownScript` checks. */
export function knownSource(given: GivenSource): KnownSource[] {
  const { text } = given.script;
  return typeof text === "string" ? [sourceOf(given, text)] : [];
}

function sourceOf({ inWarmPool, script, ...source }: GivenSource, text: string): KnownSource {
  return { ...source, hasRoute: inWarmPool !== undefined, script: { ...script, text } };
}

/** Finds a script of the user's own without any command. */
export function emptyScript({ script: { argument, platform, text } }: KnownSource): Violation[] {
  if (text.trim() !== "") return [];
  return [
    {
      argument,
      value: text,
      allowed: "a script that is not empty",
      cure: `Give the commands to run, ${examples[platform]} for one.`,
    },
  ];
}

/** Finds a script whose document SSM would not take. */
export function tooLarge({ script, ...source }: KnownSource): Violation[] {
  const fits = (text: string) =>
    Buffer.byteLength(documentContent({ ...source, script: { ...script, text } })) <= maxDocumentSize;
  if (fits(script.text)) return [];
  let most = 0;
  for (let step = maxDocumentSize; step >= 1; step /= 2) if (fits("x".repeat(most + step))) most += step;
  return [
    {
      argument: script.argument,
      value: `${Buffer.byteLength(script.text)} bytes`,
      allowed: `at most ${most} bytes, so that its document has no more than SSM's ${maxDocumentSize}`,
      cure: "Put the bulk of it on the instance, with the image or user data, and call that.",
    },
  ];
}

/**
 * Makes something of a script, at once if its text is known, else as soon as it is known: an update waits for that, a
 * preview may not. A text that is wrong fails the resource that takes the result. A secret text makes a secret result.
 * @param subject the component, as in `LifecycleHandler "shared"`
 */
export function knownScript<Result>(
  subject: string,
  given: GivenSource,
  use: (script: Script) => Result,
): pulumi.Input<Result> {
  const { argument, text } = given.script;
  return knownText(
    { subject, argument, text },
    (known) => [emptyScript, tooLarge].flatMap((find) => find(sourceOf(given, known))),
    (known) => use(sourceOf(given, known).script),
  );
}

/** A text that a component takes as an argument. */
interface GivenText {
  readonly subject: string;
  readonly argument: string;
  readonly text: pulumi.Input<string>;
}

/** Makes something of a text, at once if it is known, as the arguments are checked before; else once it is checked. */
export function knownText<Result>(
  { argument, subject, text }: GivenText,
  check: (known: string) => Violation[],
  use: (known: string) => Result,
): pulumi.Input<Result> {
  if (typeof text === "string") return use(text);
  const output: pulumi.Output<unknown> = pulumi.output<unknown>(text);
  return output.apply((known) => {
    if (typeof known !== "string") throw new InvalidArguments(subject, noText(argument, known));
    const violations = check(known);
    if (violations.length > 0) throw new InvalidArguments(subject, violations);
    return use(known);
  });
}

/** The value is not shown, as it may be secret. */
function noText(argument: string, value: unknown): Violation[] {
  const isNothing = value === undefined || value === null;
  return [
    {
      argument,
      value: isNothing ? undefined : Symbol(`of type ${Array.isArray(value) ? "list" : typeof value}`),
      allowed: "a text",
      cure: "Give an output that is a text.",
    },
  ];
}

/** A command that stops an application, for each platform. */
const examples: Readonly<Record<ScriptPlatform, string>> = {
  Linux: "systemctl stop application",
  Windows: "Stop-Service application",
};
