import { isFields, type Fields } from "../../contract";
import type { Happening } from "../event";

/**
 * What becomes of a line on the standard output of a function with a JSON log: CloudWatch takes metrics from a line in
 * its embedded metric format; Lambda makes every other line a message of its own. Source: CloudWatch, Specification:
 * Embedded metric format.
 * @param name - Name of the function
 */
export function readOutput(name: string, line: string): readonly Happening[] {
  const members = parse(line);
  const metadata = members?.["_aws"];
  const directives = isFields(metadata) ? metadata["CloudWatchMetrics"] : undefined;
  if (members === undefined || !Array.isArray(directives)) {
    return [{ kind: "log", function: name, level: "INFO", entry: line }];
  }
  return directives.flatMap((directive: unknown) => metricsOf(members, directive));
}

/** The metrics of a directive: one for each of its sets of dimensions. A member that is missing drops its metric. */
function metricsOf(members: Fields, directive: unknown): Happening[] {
  if (!isFields(directive) || typeof directive["Namespace"] !== "string") return [];
  const { Namespace: namespace } = directive;
  return listOf(directive["Dimensions"]).flatMap((names) =>
    listOf(directive["Metrics"]).flatMap((metric): Happening[] => {
      const { Name: name = "", Unit: unit = "None" } = isFields(metric) ? metric : {};
      const value = members[String(name)];
      const dimensions = dimensionsOf(members, listOf(names));
      if (typeof value !== "number" || dimensions === undefined) return [];
      return [{ kind: "metric", namespace, name: String(name), unit: String(unit), value, dimensions }];
    }),
  );
}

/** The values of dimensions; undefined if a member is no text, or is empty. */
function dimensionsOf(members: Fields, names: readonly unknown[]): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const name of names.map(String)) {
    const value = members[name];
    if (typeof value !== "string" || value === "") return undefined;
    found[name] = value;
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parse(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
