/**
 * The resources that a component has kept. They are not a property, because the analyzer that derives the schema of
 * components for other languages treats each property as an output.
 */
export function getNodes<Component extends object, Nodes>(
  kept: WeakMap<Component, Nodes>,
  component: Component,
): Nodes {
  const nodes = kept.get(component);
  if (nodes === undefined) throw new Error("The nodes of a component are there once it is made.");
  return nodes;
}
