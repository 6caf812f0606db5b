import { referents, referentsOf } from "./reference";
import { ofKind, type Resource, type Resources } from "./resource";
import { member, stringAt } from "./value";

/** The launch templates of this stack that a group certainly launches its instances from. */
export function templatesOf(resources: Resources, group: Resource): Resources {
  const candidates = ofKind(resources, "launchTemplate");
  const mixed = member(member(group.props, "mixedInstancesPolicy"), "launchTemplate");
  const specification = member(mixed, "launchTemplateSpecification");
  return [
    ...named(group, "launchTemplate", member(group.props, "launchTemplate"), ["id", "name"], candidates),
    ...named(
      group,
      "mixedInstancesPolicy",
      specification,
      ["launchTemplateId", "launchTemplateName"],
      candidates,
    ),
  ];
}

/** The launch configurations of this stack that a group certainly launches its instances from. */
export function configurationsOf(resources: Resources, group: Resource): Resources {
  return referentsOf(group, "launchConfiguration", ofKind(resources, "launchConfiguration")).found;
}

function named(
  group: Resource,
  property: string,
  specification: unknown,
  keys: readonly string[],
  candidates: Resources,
): Resources {
  const values = keys.map((key) => stringAt(specification, key));
  return referents(group, property, values, candidates).found;
}

/**
 * Whether a group launches instances from its template as it is now, and not from an older version that is named by its
 * number.
 */
export function isNewestVersion({ props }: Resource): boolean {
  const mixed = member(member(props, "mixedInstancesPolicy"), "launchTemplate");
  return [member(props, "launchTemplate"), member(mixed, "launchTemplateSpecification")].every((one) => {
    const version = stringAt(one, "version");
    return typeof version !== "string" || version === "" || version.startsWith("$");
  });
}
