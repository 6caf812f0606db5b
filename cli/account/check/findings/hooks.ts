import type { Reading } from "../../../../contract";
import type { Check } from "./finding";

/** A hook of ours carries its instructions in its metadata; the handler ignores a hook whose metadata it cannot read. */
export const metadataIsReadable: Check = ({ hooks }) =>
  hooks.flatMap(({ name, reading }) =>
    reading.kind === "malformed"
      ? [
          {
            rule: "metadata-is-readable",
            severity: "high",
            subject: `LifecycleHook "${name}"`,
            what: "its notificationMetadata",
            actual: `for the handler ${reading.handler}, and malformed`,
            allowed: "what the component writes, as the handler ignores a hook that it cannot read",
            cure: `Deploy the stack of the hook again (${reading.problem}).`,
          },
        ]
      : [],
  );

/** A hook without its document waits for nothing. */
export const documentExists: Check = ({ hooks }) =>
  hooks.flatMap(({ documents, name }) =>
    [...documents]
      .filter(([, { kind }]) => kind === "missing")
      .map(([document]) => ({
        rule: "document-exists",
        severity: "high",
        subject: `LifecycleHook "${name}"`,
        what: `its document ${document}`,
        actual: "missing",
        allowed: "in this account and Region, as the hook waits for it",
        cure: "Deploy the stack of the hook again.",
      })),
  );

/** The tag of a group promises a handler; a hook must be there to call for it. */
export const handlerHasHook: Check = ({ handlers, hooks, name }) =>
  handlers
    // A malformed hook has a finding of its own.
    .filter((handler) => !hooks.some(({ reading }) => handlerIn(reading) === handler))
    .map((handler) => ({
      rule: "handler-has-hook",
      severity: "high",
      subject: `Group "${name}"`,
      what: `the number of hooks that the handler ${handler} serves`,
      actual: "0",
      allowed: "at least 1, as a tag of the group names the handler",
      cure: "Deploy the stack of the group again, or remove the tag.",
    }));

function handlerIn(reading: Reading): string | undefined {
  switch (reading.kind) {
    case "instructions":
      return reading.instructions.handler;
    case "malformed":
      return reading.handler;
    case "foreign":
      return undefined;
  }
}
