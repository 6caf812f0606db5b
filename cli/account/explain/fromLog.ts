import type { Line } from "../../rehearsal/narrate";
import { timeText } from "../../terminal";
import { decisionKind, decisionText } from "../decisionText";
import type { Facts, LogFacts } from "./facts";
import type { Passage } from "./passages";
import { told, toldAs, type Told } from "./told";

/** What the handler's log tells of a passage: what the handler did, and why. */
export function tellLog(facts: Facts, { commands, log }: Passage): Told[] {
  const isKnown = (id: string) => commands.some((one) => one.id === id);
  const others = log.flatMap((line) => [
    ...tellAction(facts, line),
    ...tellSent(facts, line, isKnown),
    ...(decisionIn(line) === undefined ? tellOther(line) : []),
  ]);
  return [...others, ...decisionsIn(log, commands).map(toldDecision)];
}

/** A decision that the handler took once or several times. */
interface Decided {
  readonly text: string;
  readonly line: LogFacts;
  times: number;
  until: number;
}

/**
 * The decisions of a log. A sweep decides each minute: a decision that comes again, alone or in turn with another, comes
 * once as long as no command is sent.
 */
function decisionsIn(log: readonly LogFacts[], commands: Passage["commands"]): Decided[] {
  const decided: Decided[] = [];
  for (const line of log) {
    const text = decisionIn(line);
    if (text === undefined) continue;
    const same = decided.slice(-2).find((one) => one.text === text);
    const isSent =
      same !== undefined &&
      commands.some(({ requestedAt }) => requestedAt > same.until && requestedAt < line.at);
    if (same === undefined || isSent) decided.push({ text, line, times: 1, until: line.at });
    else Object.assign(same, { times: same.times + 1, until: line.at });
  }
  return decided;
}

function toldDecision({ line, text, times, until }: Decided): Told {
  // A failure is logged before its completion and after it.
  const isOnce = times === 1 || decisionKind(line.entry["decision"]) === "complete";
  const again = isOnce ? "" : ` (${times} times in ${timeText(until - line.at)})`;
  return toldAs(line.at, { tone: toneOf(line), who: "handler", text: `${text}${again}` });
}

function decisionIn({ entry }: LogFacts): string | undefined {
  const kind = decisionKind(entry["decision"]);
  return kind === undefined ? undefined : decisionText(kind, String(entry["reason"]));
}

/** What a decision did to the action, in the words of a rehearsal. */
function tellAction({ group = "", instance }: Facts, { at, entry, level }: LogFacts): Told[] {
  const { decision, hook, message, outcome, transition } = entry;
  const own = {
    kind: "action" as const,
    at,
    group,
    hook: String(hook),
    instance,
    transition: transition === "launch" ? ("launch" as const) : ("terminate" as const),
    token: "",
  };
  const [, result] = /^completed with (CONTINUE|ABANDON)/.exec(String(message)) ?? [];
  // The line of a completion follows the success of the call, and it alone has an outcome.
  if (result !== undefined && outcome !== undefined)
    return [told({ ...own, phase: "completed", by: "call", result })];
  if (decision === "heartbeat" || entry["extends"] === true) return [told({ ...own, phase: "extended" })];
  const spoken = told({ kind: "log", at, function: "", level, entry });
  return spoken.line?.who === instance ? [spoken] : [];
}

/** A command that SSM does not keep any more, or that may not be read. */
function tellSent({ instance }: Facts, { at, entry }: LogFacts, isKnown: (id: string) => boolean): Told[] {
  const [, document, id] = sent.exec(String(entry["message"])) ?? [];
  if (document === undefined || id === undefined || isKnown(id)) return [];
  const announces = String(entry["message"]).startsWith("announced");
  return [
    told({
      kind: "command",
      at,
      command: id,
      document,
      comment: "",
      instance,
      status: "Pending",
      details: "Pending",
      code: -1,
      ...(announces ? { announces } : {}),
    }),
  ];
}

const sent = /^(?:sent|announced by) (\S+) as (\S+) to /;

/** Warnings, errors and everything else that the handler has to say about the instance. */
function tellOther(line: LogFacts): Told[] {
  const { error, message } = line.entry;
  const text = String(message);
  if (sent.test(text) || text.startsWith("the end of the output of ")) return [];
  const detail = typeof error === "string" ? `: ${error}` : "";
  return [toldAs(line.at, { tone: toneOf(line), who: "handler", text: `${text}${detail}` })];
}

function toneOf({ level }: LogFacts): Line["tone"] {
  return level === "INFO" ? "quiet" : "bad";
}
