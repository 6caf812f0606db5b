/** A run of a script at a hook, as its marker on the instance tells it. */
export interface Run {
  readonly number: number;
  readonly token: string;
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
 * The rules of the guard in components/documents/run-once.sh, of which this is the model: a run with the same token, or
 * one of unknown token that began within the budget, is joined; any other is a run of its own.
 */
export function consult(latest: Run | undefined, token: string, now: number, budget: number): Verdict {
  if (latest === undefined) return { kind: "perform" };
  const isSame = latest.token && token ? latest.token === token : (now - latest.began) / 1000 <= budget;
  return isSame ? { kind: "join", run: latest } : { kind: "perform" };
}
