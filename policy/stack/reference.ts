import { nameIn, regionOf } from "./arn";
import { isKind, type Resource } from "./resource";
import { known, listAt, notYetKnown, stringAt } from "./value";

/** The resources to which a property refers, as far as we can tell. */
export interface Referents {
  readonly found: readonly Resource[];
  /** Whether the property may refer to more resources, which only the update shows. */
  readonly isOpen: boolean;
}

/**
 * Finds out to which of the candidates a property of another resource refers. A value that is known is compared with
 * the names, ids and ARNs of the candidates. A value that is not yet known refers to the candidate from which it was
 * computed, unless there are more such candidates than values.
 * @param property the outermost property, by which Pulumi keeps dependencies
 * @param values the text, or texts, that refer
 */
export function referents(
  from: Resource,
  property: string,
  values: readonly unknown[],
  candidates: readonly Resource[],
): Referents {
  const byValue = candidates.filter((one) =>
    values.some((value) => typeof value === "string" && isNamed(one, from, value)),
  );
  const open = values.filter((value) => value === notYetKnown).length;
  if (open === 0) return { found: byValue, isOpen: false };
  const computedFrom = sourcesOf(from, property, candidates).filter((one) => !byValue.includes(one));
  const isClear = computedFrom.length <= open;
  return {
    found: isClear ? [...byValue, ...computedFrom] : byValue,
    isOpen: !isClear || computedFrom.length < open,
  };
}

/** The candidates from which a property was computed, known or not. */
export function sourcesOf(from: Resource, property: string, candidates: readonly Resource[]): Resource[] {
  const sources = from.propertyDependencies[property] ?? [];
  return candidates.filter((one) => sources.includes(one));
}

/** The referents of a property that holds one text. */
export function referentsOf(from: Resource, property: string, candidates: readonly Resource[]): Referents {
  return referents(from, property, [stringAt(from.props, property)], candidates);
}

/** The referents of a property that holds a list of texts. */
export function referentsOfList(
  from: Resource,
  property: string,
  candidates: readonly Resource[],
): Referents {
  return referents(from, property, listAt(from.props, property), candidates);
}

/**
 * Names are unique in a Region only. The ARN of a version or an alias begins with its function's ARN. An ARN that is
 * written by hand is known before the resource's own ARN.
 */
function isNamed(one: Resource, from: Resource, value: string): boolean {
  const region = known(stringAt(one.props, "region"));
  const other = value.startsWith("arn:") ? regionOf(value) : known(stringAt(from.props, "region"));
  if (region !== undefined && other !== undefined && region !== other) return false;
  // The name of an alias says nothing without the name of its function.
  if (!isKind(one, "alias") && ["name", "id"].some((key) => stringAt(one.props, key) === value)) return true;
  const arn = known(stringAt(one.props, "arn"));
  if (arn !== undefined && value.startsWith("arn:")) return value === arn || value.startsWith(`${arn}:`);
  const name = nameIn(value, one);
  return name !== undefined && stringAt(one.props, "name") === name;
}
