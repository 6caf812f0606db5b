import type { LifecycleActionResult, Transition } from "../../contract";
import type { Finding } from "../finding";
import { resourcePolicy } from "../rule";
import { hooksKeptFromBirth } from "../stack/group";
import { hooksIn, type Hook } from "../stack/hook";
import { notYetKnown } from "../stack/value";

/** The default results that a hook may have, by its transition. */
type Limits = Readonly<Record<Transition, readonly string[]>>;

const results = ["ABANDON", "CONTINUE"] as const satisfies readonly LifecycleActionResult[];

const schema = (transition: Transition) => ({
  type: "array" as const,
  items: { type: "string" as const, enum: [...results] },
  minItems: 1,
  description: `What a hook on ${transition} may fall back on.`,
});

/** A hook states its default result. */
export const lifecycleHookDefaultResult = resourcePolicy({
  name: "lifecycle-hook-default-result",
  what: "A lifecycle hook says what happens to an instance whose handler does not answer.",
  why: "Without a default result Auto Scaling takes ABANDON: it replaces an instance that launches, and skips the other hooks of one that terminates. That is a choice to make, not to inherit.",
  severity: "medium",
  enforcementLevel: "mandatory",
  onAccount: true,
  limits: { launch: results, terminate: results },
  schema: { launch: schema("launch"), terminate: schema("terminate") },
  check: (resource, limits: Limits) => hooksIn(resource).flatMap((hook) => findingsOn(hook, limits)),
  checkStack: (resources, limits: Limits) =>
    hooksKeptFromBirth(resources).flatMap((hook) => findingsOn(hook, limits)),
});

function findingsOn(hook: Hook, limits: Limits): Finding[] {
  const { defaultResult, label, resource, transition } = hook;
  if (defaultResult === notYetKnown || transition === notYetKnown || transition === undefined) return [];
  const allowed = limits[transition];
  if (allowed.some((one) => one === defaultResult)) return [];
  return [
    {
      urn: resource.urn,
      subject: label,
      what: "defaultResult",
      actual: defaultResult ?? "not given",
      allowed: allowed.join(" or "),
      cure:
        transition === "terminate"
          ? "Give CONTINUE to let the instance end, or ABANDON to skip other hooks, and to keep the instance where the group retains."
          : "Give ABANDON to replace the instance, or CONTINUE to put it into service though nobody said that it is ready.",
    },
  ];
}
