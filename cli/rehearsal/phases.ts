import type { Transition } from "../../contract";
import type { Occurrence } from "../../simulator";
import { servedHookOf, type Rehearsal } from "./rehearsal";

/** The way of one instance, in milliseconds since the rehearsal began; what did not happen is undefined. */
export interface Way {
  readonly instance: string;
  readonly transition: Transition;
  /** Auto Scaling has decided. */
  readonly decided: number;
  /** The hook fired. */
  readonly waited: number | undefined;
  readonly scriptStarted: number | undefined;
  readonly scriptEnded: number | undefined;
  /** How the script ended: its exit code, `killed`, or undefined if it never ran. */
  readonly script: number | "killed" | undefined;
  /** How often the script was started. */
  readonly runs: number;
  readonly completed: number | undefined;
  /** How the action ended. */
  readonly result: string | undefined;
  readonly by: string | undefined;
  /** The instance is in service, retained, or its machine is shut down. */
  readonly ended: number | undefined;
  readonly end: "InService" | "Terminating:Retained" | "ended" | undefined;
  readonly heartbeats: readonly number[];
}

/** Follows each instance that passed a transition. */
export function waysOf(rehearsal: Rehearsal): Way[] {
  const { began, occurrences, plan } = rehearsal;
  const { transition } = plan;
  const hook = servedHookOf(rehearsal)?.name;
  const ways = new Map<string, Draft>();
  for (const occurrence of occurrences) {
    if (!("instance" in occurrence) || typeof occurrence.instance !== "string") continue;
    const known = ways.get(occurrence.instance);
    const draft = known ?? { heartbeats: [], runs: 0 };
    if (follow(draft, occurrence, { transition, hook }, occurrence.at - began) && known === undefined) {
      ways.set(occurrence.instance, draft);
    }
  }
  // Those that replace a failed launch are still on their way when the rehearsal ends.
  const asked = [...ways].slice(0, transition === "launch" ? plan.instances : undefined);
  return asked.flatMap(([instance, { decided, heartbeats, runs, ...draft }]) => {
    if (decided === undefined) return [];
    const empty = { waited: undefined, scriptStarted: undefined, scriptEnded: undefined, script: undefined };
    const open = { completed: undefined, result: undefined, by: undefined, ended: undefined, end: undefined };
    return [{ ...empty, ...open, ...draft, instance, transition, decided, heartbeats, runs }];
  });
}

type Draft = {
  -readonly [Key in keyof Omit<Way, "instance" | "transition" | "heartbeats" | "runs">]?: Way[Key];
} & {
  heartbeats: number[];
  runs: number;
};

/** Adds what an occurrence tells; says whether it told anything. */
function follow(
  draft: Draft,
  occurrence: Occurrence,
  { hook, transition }: { readonly hook: string | undefined; readonly transition: Transition },
  at: number,
): boolean {
  switch (occurrence.kind) {
    case "instance":
      return followInstance(draft, occurrence.state, transition, at);
    case "action":
      if (occurrence.transition !== transition || occurrence.hook !== hook) return false;
      if (occurrence.phase === "waiting") draft.waited ??= at;
      if (occurrence.phase === "extended") draft.heartbeats.push(at);
      if (occurrence.phase === "completed")
        Object.assign(draft, { completed: at, result: occurrence.result, by: occurrence.by });
      return true;
    case "script":
      if (occurrence.transition !== transition) return false;
      if (occurrence.phase === "started") {
        draft.scriptStarted ??= at;
        draft.runs += 1;
      }
      if (occurrence.phase === "ended") Object.assign(draft, { scriptEnded: at, script: occurrence.code });
      if (occurrence.phase === "killed") Object.assign(draft, { scriptEnded: at, script: "killed" });
      return true;
    case "agent":
    case "call":
    case "command":
    case "health":
    case "hook":
    case "interruption":
    case "invocation":
    case "log":
    case "message":
    case "scriptLogs":
      return false;
  }
}

function followInstance(draft: Draft, state: string, transition: Transition, at: number): boolean {
  if (state === (transition === "launch" ? "Pending" : "Terminating")) {
    draft.decided ??= at;
    return true;
  }
  const isEnd =
    transition === "launch" ? state === "InService" : state === "ended" || state === "Terminating:Retained";
  if (!isEnd || draft.decided === undefined) return false;
  draft.ended ??= at;
  draft.end ??= state === "InService" || state === "Terminating:Retained" ? state : "ended";
  if (state === "ended" && draft.scriptStarted !== undefined && draft.scriptEnded === undefined) {
    Object.assign(draft, { scriptEnded: at, script: "killed" });
  }
  return true;
}
