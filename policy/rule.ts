import type { EnforcementLevel, Policy, ResourceValidation, Severity, StackValidation } from "@pulumi/policy";
import type { Choice, PolicyLimits, PolicyName } from "./choices";
import { refuseUnknown } from "./configuration";
import { explain, type Finding, type RuleFinding } from "./finding";
import type { LimitSchema } from "./schema";
import type { Inputs } from "./stack/inputs";
import type { Resource, Resources } from "./stack/resource";

/** Limits of a rule by name: seconds, switches, lists of names. */
export type LimitValues = Readonly<Record<string, number | boolean | readonly string[]>>;

/** What a rule is, apart from its check. `Limits` are the settings that an importer may choose besides the level. */
interface Rule<Name extends string, Limits extends LimitValues> {
  readonly name: Name;
  /** What the rule wants, in a sentence. */
  readonly what: string;
  /** What happens otherwise. */
  readonly why: string;
  readonly severity: Severity;
  /** Default level. */
  readonly enforcementLevel: EnforcementLevel;
  /** Whether the rule also looks at resources of an account; false if it asks for what only a program says. */
  readonly onAccount: boolean;
  /** Default limits. */
  readonly limits: Limits;
  /** The values that each limit may have. */
  readonly schema: Readonly<Record<keyof Limits, LimitSchema>>;
}

/** A rule that looks at one resource, before it is made. */
export interface ResourceRule<Name extends string, Limits extends LimitValues> extends Rule<Name, Limits> {
  check(resource: Resource, limits: Limits): readonly Finding[];
  /** Finds violations that only the whole stack shows. */
  checkStack?(resources: Resources, limits: Limits): readonly Finding[];
}

/** A rule that looks at all resources together, at the end of a preview or an update. */
export interface StackRule<Name extends string, Limits extends LimitValues> extends Rule<Name, Limits> {
  check(resources: Resources, limits: Limits): readonly Finding[];
}

/** What an importer chooses about a rule by its name; the level of `all` applies to rules that are not named. */
export type ChoiceOf<Name extends string, Limits extends LimitValues> = {
  readonly [Key in Name]?: Choice<Limits>;
} & { readonly all?: EnforcementLevel };

/** A policy that looks at each resource before it is made, and at all of them together at the end. */
export interface GracefulPolicy extends Policy {
  /** Looks at a resource before it is made. */
  readonly validateResource: ResourceValidation;
  /** Looks at all resources at the end of a preview or an update. */
  readonly validateStack: StackValidation;
}

/** A rule as a policy of Pulumi's. */
export interface PolicyOf<Name extends string, Limits extends LimitValues> {
  readonly name: Name;
  /** Names of the limits that an importer may choose besides the level. */
  readonly limits: readonly (keyof Limits & string)[];
  /** Whether the rule also looks at resources of an account. */
  readonly onAccount: boolean;
  /** Whether the limits among some members have the types of the default limits. */
  takes(choice: Readonly<Record<string, unknown>>): boolean;
  /** @param inputs the inputs of resources, which all policies of a pack share */
  policy(choices: ChoiceOf<Name, Limits>, inputs: Inputs): GracefulPolicy;
  /** What the rule finds in resources whose properties are all known; nothing where it is disabled. */
  find(resources: Resources, choices: ChoiceOf<Name, Limits>): readonly RuleFinding[];
}

export function resourcePolicy<const Name extends PolicyName>(
  rule: ResourceRule<Name, PolicyLimits[Name]>,
): PolicyOf<Name, PolicyLimits[Name]> {
  return policyOf(rule, rule.check, rule.checkStack ?? (() => []));
}

export function stackPolicy<const Name extends PolicyName>(
  rule: StackRule<Name, PolicyLimits[Name]>,
): PolicyOf<Name, PolicyLimits[Name]> {
  return policyOf(rule, () => [], rule.check);
}

/** Each policy looks at every resource before the whole stack, because the stack lacks the inputs of the resources. */
export function policyOf<const Name extends string, Limits extends LimitValues>(
  rule: Rule<Name, Limits>,
  check: ResourceRule<Name, Limits>["check"],
  checkStack: StackRule<Name, Limits>["check"],
): PolicyOf<Name, Limits> {
  const allowed = Object.keys(rule.limits);
  return {
    name: rule.name,
    limits: allowed,
    onAccount: rule.onAccount,
    takes: (choice) =>
      Object.entries(rule.limits).every(([name, limit]) => !(name in choice) || isLike(choice[name], limit)),
    find: (resources, choices) => {
      const { described, limits } = describe(rule, choices);
      if (described.enforcementLevel === "disabled") return [];
      const found = [
        ...resources.flatMap((resource) => check(resource, limits)),
        ...checkStack(resources, limits),
      ];
      return found.map((finding) => ({ rule: rule.name, severity: rule.severity, ...finding }));
    },
    policy: (choices, inputs) => {
      const { described, limits } = describe(rule, choices);
      const chosen = (config: Partial<Limits>): Limits => {
        refuseUnknown("limit", Object.keys(config), allowed, `policy "${rule.name}"`);
        return { ...limits, ...config };
      };
      return {
        ...described,
        validateResource: (args, report) => {
          inputs.remember(args);
          // Only a stack's resources know what their properties were computed from.
          const resource = { ...args, propertyDependencies: {}, isRead: false };
          for (const finding of check(resource, chosen(args.getConfig<Partial<Limits>>()))) {
            report(explain(finding));
          }
        },
        validateStack: ({ getConfig, resources }, report) => {
          const limitsOfStack = chosen(getConfig<Partial<Limits>>());
          for (const finding of checkStack(inputs.complete(resources), limitsOfStack)) {
            report(explain(finding), finding.urn);
          }
        },
      };
    },
  };
}

function describe<Name extends string, Limits extends LimitValues>(
  rule: Rule<Name, Limits>,
  choices: ChoiceOf<Name, Limits>,
) {
  const given: Choice<Limits> | undefined = choices[rule.name];
  const choice = typeof given === "object" ? given : { enforcementLevel: given };
  const limits: Limits = { ...rule.limits, ...choice };
  const properties = Object.entries<LimitSchema>(rule.schema).map(([key, schema]): [string, LimitSchema] => [
    key,
    { ...schema, default: limits[key] },
  ]);
  const described: Policy = {
    name: rule.name,
    description: `${rule.what} ${rule.why}`,
    severity: rule.severity,
    enforcementLevel: choice.enforcementLevel ?? choices.all ?? rule.enforcementLevel,
    ...(properties.length > 0 ? { configSchema: { properties: Object.fromEntries(properties) } } : {}),
  };
  return { described, limits };
}

/** Whether a value has the type of a limit; a list holds texts. */
function isLike(value: unknown, limit: LimitValues[string]): boolean {
  return Array.isArray(limit)
    ? Array.isArray(value) && value.every((one) => typeof one === "string")
    : typeof value === typeof limit;
}
