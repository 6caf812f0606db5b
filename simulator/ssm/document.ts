import { answerLines } from "../../contract";
import type { Parameter } from "./parameters";

/** What the simulator has to know of a document. Seconds. */
export interface DocumentFacts {
  readonly name: string;
  /** Timeouts of all steps together; AWS adds them up. */
  readonly totalTimeout: number;
  /** Timeout of the step that has the script. */
  readonly stepTimeout: number;
  /** Names of all steps. */
  readonly steps: readonly string[];
  /** Name of the step that has the script, the only step that runs; the other steps are for other platforms. */
  readonly mainStep: string;
  readonly parameters: readonly Parameter[];
  /** Whether it asks an instance whether it is busy. */
  readonly isBusyCheck: boolean;
  /** The guard in our documents; undefined for a document without a guard. */
  readonly guard: GuardFacts | undefined;
}

/** A guard: its times, and where it keeps its runs. */
export interface GuardFacts {
  readonly timeout: number;
  readonly grace: number;
  readonly joinFor: number;
  /** The first folder that it tries; runs in another folder are none of its own. */
  readonly place: string;
}

/** SSM's timeout for a step without a timeout, seconds. */
const defaultTimeout = 3600;

/** Reads the content of a document, schema 2.2. */
export function readDocument(name: string, content: string): DocumentFacts {
  const document = JSON.parse(content) as Content;
  const timeouts = document.mainSteps.map(({ inputs }) => Number(inputs.timeoutSeconds ?? defaultTimeout));
  const texts = document.mainSteps.map(({ inputs }) => (inputs.runCommand ?? []).join("\n"));
  const main = Math.max(
    0,
    texts.findIndex((text) => hasGuard(text) || isCheck(text)),
  );
  const constant = (key: string) =>
    Number(new RegExp(`\\b${key} ?= ?(\\d+)`, "i").exec(texts[main] ?? "")?.[1]);
  const place = /\bPLACES ?= ?(?:@\()?"([^ "]+)/i.exec(texts[main] ?? "")?.[1] ?? "";
  const guard = {
    timeout: constant("TIMEOUT"),
    grace: constant("GRACE") || 0,
    joinFor: constant(joinFor),
    place,
  };
  return {
    name,
    totalTimeout: timeouts.reduce((sum, one) => sum + one, 0),
    stepTimeout: timeouts[main] ?? defaultTimeout,
    steps: document.mainSteps.map((step) => step.name),
    mainStep: document.mainSteps[main]?.name ?? "",
    parameters: Object.entries(document.parameters ?? {}).map(([key, declared]) => ({
      name: key,
      allowedPattern: declared.allowedPattern,
      byDefault: declared.default === undefined ? undefined : [declared.default].flat(),
    })),
    isBusyCheck: isCheck(texts[main] ?? ""),
    guard: Number.isNaN(guard.joinFor) ? undefined : guard,
  };
}

/** Whether a document of ours only tells an instance that it was chosen: its guard keeps these runs apart. */
export function announces({ guard }: Pick<DocumentFacts, "guard">): boolean {
  return guard?.place.endsWith("-announce") ?? false;
}

/** The name of `joinFor` in the shell's text, and in PowerShell's. */
const joinFor = "JOIN_?FOR";

/** The step that runs a script once says how long another command joins the run. */
function hasGuard(text: string): boolean {
  return new RegExp(`\\b${joinFor} ?= ?\\d`, "i").test(text);
}

/** The step of a check writes one of the answers. */
function isCheck(text: string): boolean {
  return Object.values(answerLines).every((line) => text.includes(line));
}

interface Content {
  readonly parameters?: Readonly<
    Record<string, { readonly allowedPattern?: string; readonly default?: string | readonly string[] }>
  >;
  readonly mainSteps: readonly {
    readonly name: string;
    readonly inputs: { readonly timeoutSeconds?: string; readonly runCommand?: readonly string[] };
  }[];
}
