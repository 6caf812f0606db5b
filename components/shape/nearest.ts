import { distance } from "#arguments";
import type { Component } from "./component";
import { pathsTo } from "./schema";

/** The name that was probably meant; undefined if no name is near. Case, hyphens and underscores do not count. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const far = (one: string) => distance(folded(name), folded(one));
  const [nearest] = [...names].sort((one, other) => far(one) - far(other));
  return nearest !== undefined && far(nearest) <= Math.max(1, Math.floor(name.length / 3))
    ? nearest
    : undefined;
}

/** Paths of the arguments of this name that are nested least deep. */
export function placesOf(component: Component, name: string): string[] {
  const paths = pathsTo(component, (one) => folded(one) === folded(name));
  const depth = Math.min(...paths.map(({ length }) => length));
  return paths.filter(({ length }) => length === depth).map((path) => path.join("."));
}

/** deregistration_delay and DeregistrationDelay are the same name. */
function folded(name: string): string {
  return name.replaceAll(/[_-]/g, "").toLowerCase();
}
