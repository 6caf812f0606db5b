import type { Severity } from "@pulumi/policy";

/** Something that is wrong with a resource: the value, the allowed values, and what to do. */
export interface Finding {
  /** URN of the resource at which Pulumi shows the finding. */
  readonly urn: string;
  /** The resource that the finding is about, as in `LifecycleHook "drain"`. */
  readonly subject: string;
  /** The property, or a value that is computed from several properties. */
  readonly what: string;
  /** The value, with its unit. */
  readonly actual: string;
  /** Completes the sentence "it must be ...". */
  readonly allowed: string;
  /** Sentences that say what to do. */
  readonly cure: string;
}

/** A finding of a rule. */
export interface RuleFinding extends Finding {
  readonly rule: string;
  readonly severity: Severity;
}

/** A finding in words. */
export function explain({ actual, allowed, cure, subject, what }: Omit<Finding, "urn">): string {
  return `${subject}: ${what} is ${actual}; it must be ${allowed}. ${cure}`;
}
