import { LifecycleEventType, eventBusVariable, eventSource } from "../../../contract";
import type { SimulationEvent, World } from "../../../simulator";
import { fieldsOf, type History } from "./history";

const ends: ReadonlySet<string> = new Set([LifecycleEventType.Completed, LifecycleEventType.Failed]);

/** P5: an event bus is told of no completion that was none, and of no instance as retained that its group lets go. */
export function tellsTheTruth({ events }: History): string[] {
  return events.flatMap((one) => {
    if (one.kind !== "event" || one.source !== eventSource) return [];
    if (!ends.has(one.detailType) && one.detailType !== LifecycleEventType.Retained) return [];
    const { hook, instance, result } = one.detail;
    const isTrue = events.some(
      (other) =>
        other.kind === "action" &&
        other.phase === "completed" &&
        other.at <= one.at &&
        other.hook === hook &&
        other.instance === instance &&
        other.result === result,
    );
    return isTrue ? [] : [`the bus was told "${one.detailType}" of ${String(instance)}, which is not so`];
  });
}

/** P5: where no call to the bus failed and Lambda cut off nothing, the bus is told of each completion, once. */
export function tellsEveryCompletion({ events }: History, { functions }: World): string[] {
  const hasBus = functions.some(({ environment }) => environment[eventBusVariable] !== undefined);
  if (!hasBus || events.some(loses)) return [];
  const logged = events.flatMap((one) => (one.kind === "log" ? completionIn(one.entry) : [])).sort();
  const told = events
    .flatMap((one) => (one.kind === "event" && ends.has(one.detailType) ? [placeOf(one.detail)] : []))
    .sort();
  return logged.join() === told.join()
    ? []
    : [`the log tells of ${logged.length} completions, the bus was told of ${told.length}`];
}

/** Whether events of the handler may be lost, or be told twice. */
function loses(one: SimulationEvent): boolean {
  if (one.kind === "invocation") return one.phase === "failed" || one.phase === "timedOut";
  return one.kind === "call" && one.action === "PutEvents" && one.error !== undefined;
}

/** The place of the completion that a line of the log tells of, if it does. */
function completionIn(entry: unknown): string[] {
  const fields = fieldsOf(entry);
  return fields["outcome"] === undefined ? [] : [placeOf(fields)];
}

function placeOf({ hook, instance, outcome }: Readonly<Record<string, unknown>>): string {
  return [hook, instance, outcome].map(String).join(" ");
}
