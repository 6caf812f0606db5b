import type { Decision } from "../../handler/decide";

/** What the handler does, by the kind of its decision. */
const doing: Readonly<Record<Decision["kind"], string>> = {
  run: "sends the document",
  heartbeat: "extends the hook",
  wait: "waits",
  complete: "completes",
  inspect: "asks",
};

/** A decision of the handler with its reason. */
export function decisionText(kind: Decision["kind"], reason: string): string {
  return `${doing[kind]}: ${reason}`;
}

/** The kind of a decision that a line of the handler's log names; undefined for anything else. */
export function decisionKind(value: unknown): Decision["kind"] | undefined {
  return kinds.find((kind) => kind === value);
}

const kinds = Object.keys(doing) as Decision["kind"][];
