import Ajv from "ajv";

/** A widget of a dashboard, as far as it can be drawn. Source: CloudWatch, dashboard body structure and syntax. */
export type Widget = AlarmWidget | MetricWidget;

/** Where a widget is, on a grid of 24 columns. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The states of alarms. */
export interface AlarmWidget extends Place {
  readonly type: "alarm";
  readonly properties: {
    readonly title: string;
    /** ARNs of the alarms. */
    readonly alarms: readonly string[];
  };
}

/** A graph of metrics. */
export interface MetricWidget extends Place {
  readonly type: "metric";
  readonly properties: {
    readonly title: string;
    readonly metrics: readonly MetricEntry[];
    /** Seconds. */
    readonly period: number;
    readonly region: string;
    readonly view: "timeSeries";
    readonly stat: string;
    readonly stacked?: boolean;
    readonly yAxis?: {
      readonly left: { readonly min: number; readonly label: string; readonly showUnits: false };
    };
  };
}

/** An entry of `metrics`: a namespace, a metric and its dimensions, with options at the end; or only an expression. */
export type MetricEntry = readonly (string | MetricOptions)[];

/** The options of a metric or of an expression. */
export interface MetricOptions {
  readonly expression?: string;
  readonly id?: string;
  readonly label?: string;
  readonly stat?: string;
  readonly color?: string;
}

/**
 * Reads the body of a dashboard.
 * @throws Error for a widget or a property that would not be drawn: a picture must not leave it out
 */
export function readBody(body: string): readonly Widget[] {
  const dashboard: unknown = JSON.parse(body);
  if (validate(dashboard)) return dashboard.widgets;
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ""} ${JSON.stringify(params)}`,
  );
  throw new Error(
    `The dashboard has something that the picture would not show: ${problems.join("; ")}. Teach scripts/pictures/dashboard to draw it.`,
  );
}

const [number, text] = [{ type: "number" }, { type: "string" }];

/** Nothing but the given properties; the optional properties may be absent. */
function only(properties: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) {
  return {
    type: "object",
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

function widget(type: Widget["type"], properties: object) {
  return only({ type: { const: type }, x: number, y: number, width: number, height: number, properties });
}

const options = only({}, { expression: text, id: text, label: text, stat: text, color: text });

const alarms = only({ title: text, alarms: { type: "array", items: text } });

const graph = only(
  {
    title: text,
    metrics: { type: "array", items: { type: "array", items: { anyOf: [text, options] } } },
    period: number,
    region: text,
    view: { const: "timeSeries" },
    stat: text,
  },
  {
    stacked: { type: "boolean" },
    yAxis: only({ left: only({ min: number, label: text, showUnits: { const: false } }) }),
  },
);

const validate = new Ajv({ discriminator: true }).compile<{ readonly widgets: readonly Widget[] }>(
  only({
    widgets: {
      type: "array",
      items: {
        type: "object",
        discriminator: { propertyName: "type" },
        required: ["type"],
        oneOf: [widget("alarm", alarms), widget("metric", graph)],
      },
    },
  }),
);
