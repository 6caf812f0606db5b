import type { AlarmSettings, LogMetricSettings } from "../simulator/world";
import { asTexts, number, object, text, type All } from "./fields";

/** Alarms that add their metric up and ring when it reaches a threshold. */
export function alarmsIn(all: All): AlarmSettings[] {
  return all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(
      ({ comparisonOperator, evaluationPeriods, statistic }) =>
        statistic === "Sum" &&
        comparisonOperator === "GreaterThanOrEqualToThreshold" &&
        number(evaluationPeriods, 1) === 1,
    )
    .map((alarm) => ({
      name: text(alarm["name"]),
      description: text(alarm["alarmDescription"]),
      namespace: text(alarm["namespace"]),
      metricName: text(alarm["metricName"]),
      dimensions: asTexts(alarm["dimensions"]),
      threshold: number(alarm["threshold"], Infinity),
      period: number(alarm["period"], 300),
    }));
}

/** Metrics that are counted from logs, where their filter has the form of alternatives. */
export function logMetricsIn(all: All): LogMetricSettings[] {
  return all("aws:cloudwatch/logMetricFilter:LogMetricFilter").flatMap((filter) => {
    const alternatives = alternativesIn(text(filter["pattern"]));
    if (alternatives === undefined) return [];
    const { defaultValue, name, namespace } = object(filter["metricTransformation"]);
    return [
      {
        namespace: text(namespace),
        metricName: text(name),
        alternatives,
        defaultValue: defaultValue === undefined ? undefined : Number(defaultValue),
      },
    ];
  });
}

const comparison = /\(?\s*\$\.([\w.]+)\s*=\s*"([^"]*)"\s*\)?/;

/** Reads `{ ($.a.b = "x") || ($.c = "y") }`; undefined for a pattern of another form. */
function alternativesIn(pattern: string): LogMetricSettings["alternatives"] | undefined {
  const [, inner] = /^\{(.*)\}$/s.exec(pattern.trim()) ?? [];
  if (inner === undefined) return undefined;
  const alternatives = inner.split("||").map((part) => {
    const [whole, path, value] = comparison.exec(part) ?? [];
    return whole?.trim() === part.trim() && path !== undefined && value !== undefined
      ? { path: path.split("."), value }
      : undefined;
  });
  return alternatives.includes(undefined) ? undefined : alternatives.filter((one) => one !== undefined);
}
