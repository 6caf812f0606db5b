import type {
  EnforcementLevel,
  Policy,
  PolicyConfigSchema,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import { explain, type Finding } from "./finding";
import type { Resource, Resources } from "./stack/resource";

/** Limits of a rule by name: seconds, switches, lists of names. */
export type LimitValues = Readonly<Record<string, number | boolean | readonly string[]>>;

type Schema = PolicyConfigSchema["properties"][string];

/** What a rule is, apart from how it looks. `Limits` is what an importer may choose besides its level. */
interface Rule<Name extends string, Limits extends LimitValues> {
  readonly name: Name;
  /** What the rule wants, in a sentence. */
  readonly what: string;
  /** What happens otherwise. */
  readonly why: string;
  readonly severity: Severity;
  /** The level if nobody chooses another. */
  readonly enforcementLevel: EnforcementLevel;
  /** The limits if nobody chooses others. */
  readonly limits: Limits;
  /** What each limit may be. */
  readonly schema: Readonly<Record<keyof Limits, Schema>>;
}

/** A rule that looks at one resource, before it is made. */
export interface ResourceRule<Name extends string, Limits extends LimitValues> extends Rule<Name, Limits> {
  check(resource: Resource, limits: Limits): readonly Finding[];
}

/** A rule that looks at all resources together, at the end of a preview or an update. */
export interface StackRule<Name extends string, Limits extends LimitValues> extends Rule<Name, Limits> {
  check(resources: Resources, limits: Limits): readonly Finding[];
}

/** What an importer chooses about a rule: its level, or its limits and its level. */
export type Choice<Limits extends LimitValues> =
  EnforcementLevel | ({ enforcementLevel?: EnforcementLevel } & Partial<Limits>);

/** What an importer chooses about a rule by its name; the level of `all` holds where nothing is said. */
export type ChoiceOf<Name extends string, Limits extends LimitValues> = {
  readonly [Key in Name]?: Choice<Limits>;
} & { readonly all?: EnforcementLevel };

/** A rule as a policy of Pulumi's. */
export interface PolicyOf<Name extends string, Limits extends LimitValues, Kind extends Policy> {
  readonly name: Name;
  policy(choices: ChoiceOf<Name, Limits>): Kind;
}

export function resourcePolicy<const Name extends string, Limits extends LimitValues>(
  rule: ResourceRule<Name, Limits>,
): PolicyOf<Name, Limits, ResourceValidationPolicy> {
  return {
    name: rule.name,
    policy: (choices) => {
      const { described, limits } = describe(rule, choices);
      return {
        ...described,
        validateResource: (args, report) => {
          // Only a stack's resources know what their properties were computed from.
          const resource = { ...args, propertyDependencies: {} };
          for (const finding of rule.check(resource, { ...limits, ...args.getConfig<Partial<Limits>>() })) {
            report(explain(finding));
          }
        },
      };
    },
  };
}

export function stackPolicy<const Name extends string, Limits extends LimitValues>(
  rule: StackRule<Name, Limits>,
): PolicyOf<Name, Limits, StackValidationPolicy> {
  return {
    name: rule.name,
    policy: (choices) => {
      const { described, limits } = describe(rule, choices);
      return {
        ...described,
        validateStack: ({ getConfig, resources }, report) => {
          for (const finding of rule.check(resources, { ...limits, ...getConfig<Partial<Limits>>() })) {
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
  const properties = Object.entries<Schema>(rule.schema).map(([key, schema]): [string, Schema] => [
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
