/** A run of a script at a hook, as its marker on the instance tells it. */
export interface Run {
  readonly number: number;
  readonly token: string;
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
 * The rules of the guard in components/documents/run-once.sh, of which this is the model: a run with the same token is
 * joined, and so is the latest if one of the two has no token and it began since the action did or, where one of the
 * two does not know that, lately; else there is a run of its own.
 */
export function consult(
  runs: readonly Run[],
  { token, since }: { readonly token: string; readonly since: string },
  now: number,
  /** Seconds. */
  joinFor: number,
): Verdict {
  const same = token === "" ? undefined : runs.findLast((one) => one.token === token);
  if (same !== undefined) return { kind: "join", run: same };
  const latest = runs.at(-1);
  if (latest === undefined || (latest.token && token)) return { kind: "perform" };
  const belongs =
    since === "" || latest.since === ""
      ? (now - latest.began) / 1000 <= joinFor
      : latest.began / 1000 >= Number(since);
  return belongs ? { kind: "join", run: latest } : { kind: "perform" };
}
