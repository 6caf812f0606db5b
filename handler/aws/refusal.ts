import { comesFromAws, describe, isThrottled, isTransient, nameOf } from "./errors";

/**
 * The answer to a SendCommand.
 *
 * - `failed`: AWS did not take the command now; it may take the command the next time.
 * - `refused`: AWS does not take the command as it is. `instances` are the instances at fault, none if AWS does not
 *   say; `whole` is set where no instance is at fault.
 */
export type Sent =
  | ({ readonly kind: "sent" } & Taken)
  | { readonly kind: "failed"; readonly error: string }
  | {
      readonly kind: "refused";
      readonly instances: readonly string[];
      readonly whole: boolean;
      /** Whether SSM knows no agent on the instances; else it knows the agents and refuses for another reason. */
      readonly isUnknown: boolean;
      /** Whether the document does not take the parameters of the command. Defaults to false. */
      readonly isUnknownParameter?: boolean;
      /** The likely cause, for the log. */
      readonly cause: string;
    };

/** A command that AWS has taken. */
export interface Taken {
  readonly commandId: string;
  /** When SSM got the command, by AWS's clock, ms since 1970. */
  readonly requestedAt: number;
}

/** Sends, and sorts the errors. */
export async function sentOrNot(instances: readonly string[], send: () => Promise<Taken>): Promise<Sent> {
  try {
    return { kind: "sent", ...(await send()) };
  } catch (error) {
    if (!comesFromAws(error)) throw error;
    if (isThrottled(error) || isTransient(error) || nameOf(error) === "OutOfTime")
      return { kind: "failed", error: describe(error) };
    return refusalOf(error, instances);
  }
}

function refusalOf(error: unknown, instances: readonly string[]): Sent {
  const name = nameOf(error);
  const text = error instanceof Error ? error.message : "";
  const named = instances.filter((instance) => text.includes(instance));
  const cause = `${describe(error)} (${causes[name] ?? "SSM does not take the command as it is"})`;
  const isUnknown = name === "InvalidInstanceId";
  const whole = named.length === 0 && (aboutTheDocument.has(name) || text.includes(":document/"));
  return {
    kind: "refused",
    instances: named,
    whole,
    isUnknown,
    isUnknownParameter: name === "InvalidParameters",
    cause: isUnknown ? (causes[name] ?? "") : cause,
  };
}

/** Errors that have nothing to do with any instance. */
const aboutTheDocument = new Set([
  "InvalidDocument",
  "InvalidDocumentVersion",
  "InvalidParameters",
  "MaxDocumentSizeExceeded",
]);

/** Likely causes of errors, by name. */
const causes: Readonly<Record<string, string>> = {
  InvalidInstanceId: "its agent is not registered, or the machine does not run",
  AccessDenied: "the instance lacks the tag of its handler, or a policy of the organisation denies it",
  AccessDeniedException:
    "the instance lacks the tag of its handler, or a policy of the organisation denies it",
  InvalidDocument: "the document of the hook was deleted; deploy the stack of the group again",
  InvalidDocumentVersion: "the document of the hook was changed by hand; deploy the stack of the group again",
  InvalidParameters:
    "the document is of another version than the handler; deploy the stacks of both with the same version",
  UnsupportedPlatformType: "the document has no step for the platform of the instance",
};
