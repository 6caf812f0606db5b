import type { Instructions, Route, Transition } from "../../../contract";
import { beforehand, type SimulationEvent } from "../../../simulator";
import type { Turn } from "./turns";

export const second = 1_000;

/** A stretch of time, ms since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A lifecycle action of a hook that our handler serves, and everything that belongs to it. */
export interface Action {
  readonly group: string;
  readonly hook: string;
  readonly instance: string;
  readonly transition: Transition;
  readonly route: Route;
  /** The instructions when the wait began, with the longest budget that they had until its end. */
  readonly instructions: Instructions;
  /** Whether its hook could not be read for a while. */
  readonly isMalformed: boolean;
  /** Whether a forged event was taken so late that the instance may already have been on its way. */
  readonly isForged: boolean;
  /** Seconds. */
  readonly heartbeatTimeout: number;
  /** Whether the group keeps instances whose termination is abandoned. */
  readonly retains: boolean;
  readonly began: number;
  /** Until when operators held its instance, at the latest, ms since 1970; 0 if nobody did. */
  readonly heldUntil: number;
  /** When an operator held its instance, and no later hold counts instead. */
  readonly held: readonly Span[];
  /** When it was completed; undefined if it never was. */
  readonly completed: number | undefined;
  readonly by: string | undefined;
  readonly result: string | undefined;
  readonly extended: readonly number[];
  /** How many extensions AWS answered with an error, or not at all; AWS may have made them all the same. */
  readonly unanswered: number;
  /** Runs of the script since the action before this one. */
  readonly runs: readonly ScriptRun[];
  /** When the action of the instance at the same hook before this one ended. */
  readonly endedBefore: number | undefined;
  /** When and how commands on the instance ended with a result of the guard, as far as SSM knows. */
  readonly reports: readonly Report[];
  /** When a command was on its way to the instance or running there, as far as SSM knows. */
  readonly underWay: readonly Span[];
  /** When the handler had the scripts of the other transition run meanwhile. */
  readonly wrongRuns: readonly number[];
  /** When the handler tried to send a command to the instance, without tries that AWS rightly refused for good. */
  readonly tries: readonly number[];
  /** When the handler tried to send a command to the instance, with refused tries. */
  readonly allTries: readonly number[];
  /** Whether AWS has rightly refused for good to send a command to the instance. */
  readonly isRefused: boolean;
  /** How many commands ended through the agent, somebody or AWS, and not through the script. */
  readonly troubles: number;
  /** Log lines that tell of its completion. */
  readonly completionLogs: readonly { readonly level: string; readonly outcome: string }[];
  /** Whether an earlier action of ours has kept the instance. */
  readonly keptBefore: boolean;
  /** Whether somebody has run the document on the instance by hand. */
  readonly isRunByHand: boolean;
  /** Whether EC2 has warned before that it interrupts the instance. */
  readonly isInterrupted: boolean;
  /** Where its instance stands among others; undefined where instances do not take turns. */
  readonly turn?: Turn | undefined;
  readonly history: InstanceHistory;
}

/** The end of a command on an instance. */
export interface Report {
  readonly at: number;
  readonly status: string;
  /** Whether no other command was still running then, which might end differently. */
  readonly isLast: boolean;
  /** Whether somebody ran the document by hand, which counts for nothing. */
  readonly isByHand: boolean;
}

/** A run of a script on an instance. */
export interface ScriptRun {
  /** Hook that its command names; empty where somebody ran the document by hand. */
  readonly hook: string;
  /** The lifecycle action as its command names it; empty if it names none. */
  readonly action: string;
  readonly from: number;
  /** When it ended, by itself or not; undefined if it never did. */
  to: number | undefined;
  /** Exit code; undefined if it was cut off. */
  code: number | undefined;
}

/** An instance from its beginning to its end. */
export interface InstanceHistory {
  group: string;
  readonly states: { readonly at: number; readonly state: string; readonly why: string }[];
  /** When a warm pool kept the machine stopped. */
  readonly stopped: Span[];
  /** When its agent was there. */
  readonly online: Span[];
  /** When the machine ended; undefined if it never did. */
  ended: number | undefined;
  /** When Auto Scaling found it unhealthy; undefined if it never did. */
  unhealthy: number | undefined;
}

/** Everything that the checker goes by; taken from the events, not from the handler's account of them. */
export interface History {
  readonly actions: readonly Action[];
  readonly instances: ReadonlyMap<string, InstanceHistory>;
  readonly events: readonly SimulationEvent[];
  readonly began: number;
  readonly end: number;
}

/** Fields of a log entry, whatever it is. */
export function fieldsOf(entry: unknown): Readonly<Record<string, unknown>> {
  return typeof entry === "object" && entry !== null ? { ...entry } : {};
}

/** Whether an instance was ever in service before an instant. */
export function hasServed({ states }: InstanceHistory, before: number): boolean {
  return states.some(({ at, state, why }) => state === "InService" && (at <= before || why === beforehand));
}

/** Whether the script of an action does not run: the instance stays in the warm pool, and its hook says so. */
export function isSkipped({ instructions, route, transition }: Action): boolean {
  const place = transition === "launch" ? route.destination : route.origin;
  return place === "WarmPool" && instructions.inWarmPool === "skip";
}

/** Whether the machine was stopped in a warm pool when the wait began. */
export function wasStopped({ began, history }: Action): boolean {
  return history.stopped.some(({ from, to }) => from <= began && began <= to);
}
