import { paginateGetMetricData, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { chunks, found, type Look, type Reads } from "./reads";

/** How often a function failed and was throttled. */
export interface FunctionCounts {
  readonly Errors: number;
  readonly Throttles: number;
}

const metrics = ["Errors", "Throttles"] as const satisfies readonly (keyof FunctionCounts)[];

/** Queries in a call. Source: CloudWatch API, GetMetricData. */
const queriesAtOnce = 500;

/** How far back the counts go, seconds: a day. */
const countedSeconds = 86_400;

/** An hour, ms. */
const hour = 3_600_000;

/** Counts of the last day by the function's name. */
export async function readCounts(
  { account, look }: Reads,
  names: readonly string[],
): Promise<Look<ReadonlyMap<string, FunctionCounts>>> {
  const wanted = [...new Set(names)].sort().flatMap((name) => metrics.map((metric) => ({ name, metric })));
  // CloudWatch keeps a sum for each hour.
  const end = Math.ceil(account.clock.now() / hour) * hour;
  const answers = await Promise.all(
    chunks(wanted, queriesAtOnce).map((some) =>
      look({
        what: "errors of functions",
        action: "cloudwatch:GetMetricData",
        key: JSON.stringify(some),
        make: async () => {
          const pages = paginateGetMetricData(
            { client: account.clients.cloudWatch },
            {
              StartTime: new Date(end - countedSeconds * 1000),
              EndTime: new Date(end),
              MetricDataQueries: some.map(({ metric, name }, index) => queryOf(`m${index}`, name, metric)),
            },
          );
          const sums = new Map<string, number>();
          for await (const { MetricDataResults = [] } of pages)
            for (const { Id = "", Values = [] } of MetricDataResults)
              sums.set(
                Id,
                Values.reduce((sum, value) => sum + value, sums.get(Id) ?? 0),
              );
          return some.map((one, index) => ({ ...one, sum: sums.get(`m${index}`) ?? 0 }));
        },
      }),
    ),
  );
  if (answers.some(({ kind }) => kind !== "found")) return { kind: "unread" };
  const counts = new Map<string, FunctionCounts>();
  for (const { metric, name, sum } of answers.flatMap((answer) => found(answer) ?? []))
    counts.set(name, { Errors: 0, Throttles: 0, ...counts.get(name), [metric]: sum });
  return { kind: "found", value: counts };
}

function queryOf(Id: string, name: string, MetricName: keyof FunctionCounts): MetricDataQuery {
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: "AWS/Lambda", MetricName, Dimensions: [{ Name: "FunctionName", Value: name }] },
      Period: hour / 1000,
      Stat: "Sum",
    },
  };
}
