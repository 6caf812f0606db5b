import { ServiceError } from "../errors";
import type { SimulationEvent } from "../event";
import { countedPhases } from "../metrics";
import type { Input } from "./input";
import type { Operation } from "./operation";

/**
 * Calls of CloudWatch that the simulator answers: how often functions failed.
 * @param events everything that has happened so far
 */
export function metricOperations(events: readonly SimulationEvent[]): Readonly<Record<string, Operation>> {
  return {
    GetMetricData: {
      requests: () => [{ action: "cloudwatch:GetMetricData", resource: "*" }],
      perform: (input) => {
        const [from, to] = ["StartTime", "EndTime"].map((name) => input.number(name, 0, Infinity) * 1000);
        return {
          MetricDataResults: input.inputs("MetricDataQueries", 500).map((query) => {
            const { counted, name } = metricOf(query);
            const count = events
              .filter((one) => one.kind === "invocation")
              .filter(({ at }) => at >= (from ?? 0) && at <= (to ?? Infinity))
              .filter((one) => one.function === name && counted.includes(one.phase)).length;
            return {
              Id: query.text("Id"),
              Label: name,
              Timestamps: count === 0 ? [] : [new Date(from ?? 0)],
              Values: count === 0 ? [] : [count],
              StatusCode: "Complete",
            };
          }),
        };
      },
    },
  };
}

/** @throws ServiceError for a metric that the simulator does not count, rather than to say that nothing happened */
function metricOf(query: Input) {
  const metric = query.optionalInput("MetricStat")?.optionalInput("Metric");
  const [dimension] = metric?.inputs("Dimensions") ?? [];
  const counted = metric?.text("Namespace") === "AWS/Lambda" ? countedPhases[metric.text("MetricName")] : undefined;
  if (counted === undefined || dimension?.text("Name") !== "FunctionName")
    throw new ServiceError("InvalidParameterValue", "The simulator does not count this metric");
  return { counted, name: dimension.text("Value") };
}
