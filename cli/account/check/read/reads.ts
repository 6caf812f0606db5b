import pLimit from "p-limit";
import { nameOf } from "../../../../handler/aws/errors";
import { AccountError } from "../../../accountError";
import type { Account } from "../../account";
import { isDenied, translate } from "../../aws/errors";

/** What a read has found. */
export type Look<T> =
  | { readonly kind: "found"; readonly value: T }
  /** AWS says that there is no such thing. */
  | { readonly kind: "missing" }
  /** AWS does not let the caller know; the report says so. */
  | { readonly kind: "unread" };

/** A read of one thing. */
export interface Read<T> {
  /** What the report lacks where AWS denies the read. */
  readonly what: string;
  /** The action, as in `lambda:GetPolicy`. */
  readonly action: string;
  /** What tells this read from other reads of the action. */
  readonly key: string;
  make(): Promise<T>;
}

/** Reads of an account: each is made once, and a few are made side by side. */
export interface Reads {
  readonly account: Account;
  look<T>(read: Read<T>): Promise<Look<T>>;
  /** Sentences about what could not be read. */
  readonly notChecked: ReadonlySet<string>;
}

/** Reads that are made side by side: enough for 500 groups in a minute, and far below the limits of each service. */
const sideBySide = 16;

export function createReads(account: Account): Reads {
  const limit = pLimit(sideBySide);
  const made = new Map<string, Promise<Look<unknown>>>();
  const notChecked = new Set<string>();
  const attempt = async <T>({ action, make, what }: Read<T>): Promise<Look<T>> => {
    try {
      return { kind: "found", value: await limit(make) };
    } catch (error) {
      if (isMissing(error)) return { kind: "missing" };
      if (!isDenied(error) && translate(error) instanceof AccountError) throw error;
      const why = isDenied(error) ? "is denied" : `fails (${nameOf(error)})`;
      notChecked.add(`${what}, as ${action} ${why}`);
      return { kind: "unread" };
    }
  };
  return {
    account,
    notChecked,
    look: <T>(read: Read<T>) => {
      const place = `${read.action} ${read.key}`;
      const before = made.get(place);
      // A place is an action and its input, so each has answers of one type.
      if (before !== undefined) return before as Promise<Look<T>>;
      const look = attempt(read);
      made.set(place, look);
      return look;
    },
  };
}

/** Names of the errors with which services say that there is no such thing. Source: the service models of the SDK. */
const missing =
  /^(ResourceNotFound(Exception)?|NotFound(Exception)?|InvalidDocument|QueueDoesNotExist|NoSuchEntity(Exception)?|TargetGroupNotFound(Exception)?|InvalidLaunchTemplate.*NotFound(Exception)?)$/;

function isMissing(error: unknown): boolean {
  return missing.test(nameOf(error));
}

/** What a read has found; undefined where it has found nothing. */
export function found<T>(look: Look<T>): T | undefined {
  return look.kind === "found" ? look.value : undefined;
}

/** Parts of a list, as long as an answer or a request may be. */
export function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts;
}
