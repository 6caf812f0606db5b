/** A run of a script at a hook, as its marker on the instance tells it. */
export interface Run {
  readonly number: number;
  /** What stands for its lifecycle action; empty if its command did not know. */
  readonly action: string;
  /** When its command was sent, seconds since 1970. */
  readonly sent: string;
  /** When its action began at the earliest, seconds since 1970; empty if its command did not know. */
  readonly since: string;
  /** Boot during which it began. */
  readonly boot: number;
  readonly began: number;
  /** Exit code; undefined until it has ended by itself. */
  code: number | undefined;
  /** Whether its process is still there. */
  isAlive: boolean;
  /** Told when it has ended or was cut off. */
  readonly waiting: (() => void)[];
}

/** What the guard tells a command to do. */
export type Verdict = { readonly kind: "perform" } | { readonly kind: "join"; readonly run: Run };

/**
 * The rules of the guard in components/documents, of which this is the model: a run of the same action is joined, and so is
 * the latest if one of the two knows no action and it was sent since the action began or, where one of the two does not
 * know that, lately; else there is a run of its own. Nothing is compared but what AWS's clock said.
 */
export function consult(
  runs: readonly Run[],
  { action, sent, since }: Pick<Run, "action" | "sent" | "since">,
  /** Seconds. */
  joinFor: number,
): Verdict {
  const same = action === "" ? undefined : runs.findLast((one) => one.action === action);
  if (same !== undefined) return { kind: "join", run: same };
  const latest = runs.at(-1);
  if (latest === undefined || (latest.action && action)) return { kind: "perform" };
  const belongs =
    since === "" || latest.since === ""
      ? Number(sent) - Number(latest.sent) <= joinFor
      : Number(latest.sent) >= Number(since);
  return belongs ? { kind: "join", run: latest } : { kind: "perform" };
}
