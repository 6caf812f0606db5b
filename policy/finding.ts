/** Something that is wrong with a resource: what it is, what is allowed, what to do. */
export interface Finding {
  /** URN of the resource at which Pulumi shows it. */
  readonly urn: string;
  /** What it is about, as in `LifecycleHook "drain"`. */
  readonly subject: string;
  /** The property, or what is computed from several. */
  readonly what: string;
  /** The value, with its unit. */
  readonly actual: string;
  /** Completes the sentence "it must be ...". */
  readonly allowed: string;
  /** Sentences that say what to do. */
  readonly cure: string;
}

/** A finding in words. */
export function explain({ actual, allowed, cure, subject, what }: Finding): string {
  return `${subject}: ${what} is ${actual}; it must be ${allowed}. ${cure}`;
}
