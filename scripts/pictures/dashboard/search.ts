import type { MetricIdentity } from "../../../simulator";

/** A search for metrics. */
export interface Search {
  readonly namespace: string;
  /** Names of the dimensions that a metric has, and has no others. */
  readonly dimensions: readonly string[];
  readonly metricName: string;
  /** Values that dimensions have. */
  readonly values: Readonly<Record<string, string>>;
  readonly stat: string;
  /** Seconds. */
  readonly period: number;
  /** Whether the metrics that are found become one line, their sum. */
  readonly isSummed: boolean;
}

/**
 * Reads an expression of the form `SEARCH('{Namespace,Dimension} MetricName="Name" Dimension="Value"', 'Sum', 300)`, or
 * `SUM` of such a search. Source: CloudWatch, search expression syntax.
 * @throws Error for an expression of any other form
 */
export function readSearch(expression: string): Search {
  const [, inner] = /^SUM\((.*)\)$/.exec(expression) ?? [];
  const [, schema, terms, stat, period] =
    /^SEARCH\('\{([^{}]+)\}((?: \w+="[^"]*")+)', '(\w+)', (\d+)\)$/.exec(inner ?? expression) ?? [];
  const [namespace, ...dimensions] = (schema ?? "").split(",").map((one) => one.replace(/^"(.*)"$/, "$1"));
  const { MetricName: metricName, ...values } = Object.fromEntries(
    [...(terms ?? "").matchAll(/ (\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const isStrange = Object.keys(values).some((name) => !dimensions.includes(name));
  if (namespace === undefined || metricName === undefined || stat === undefined || isStrange)
    throw new Error(
      `The expression ${expression} is not a search that the picture can evaluate. Teach scripts/pictures/dashboard/search.ts its form.`,
    );
  return {
    namespace,
    dimensions,
    metricName,
    values,
    stat,
    period: Number(period),
    isSummed: inner !== undefined,
  };
}

/** The metrics that a search finds. */
export function find(search: Search, metrics: readonly MetricIdentity[]): readonly MetricIdentity[] {
  const { metricName, namespace } = search;
  return metrics.filter(
    ({ dimensions, ...one }) =>
      one.namespace === namespace &&
      one.metricName === metricName &&
      Object.keys(dimensions).length === search.dimensions.length &&
      search.dimensions.every((name) => name in dimensions) &&
      Object.entries(search.values).every(([name, value]) => dimensions[name] === value),
  );
}

/**
 * The name of a line, from the label of its search, as in `${PROP('Dim.Transition')}`. Source: CloudWatch, dynamic
 * labels.
 * @throws Error for anything else that a label takes from its metric
 */
export function labelOf(label: string, { dimensions }: MetricIdentity): string {
  return label.replace(/\$\{(.*?)\}/g, (whole, what: string) => {
    const [, name = ""] = /^PROP\('Dim\.(\w+)'\)$/.exec(what) ?? [];
    const value = dimensions[name];
    if (value === undefined)
      throw new Error(`The label ${label} has ${whole}, which the picture cannot replace.`);
    return value;
  });
}
