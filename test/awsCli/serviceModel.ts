import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";

/** A shape of a service model. */
interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly error?: { readonly code?: string };
}

/** The model of a service, as the AWS CLI uses it. */
export interface ServiceModel {
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly input?: { readonly shape: string };
        readonly output?: { readonly shape: string };
        readonly errors?: readonly { readonly shape: string }[];
      }
    >
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Values that services return though their model does not list them; facts of captured traffic. */
const observed: Readonly<Record<string, readonly string[]>> = {
  ScalingActivityStatusCode: ["MidTerminatingLifecycleAction"],
};

/** Reads the model of a service from the botocore that the AWS CLI runs with. */
export function readServiceModel(service: string): ServiceModel {
  const script = `
import os
try:
    import botocore
except ImportError:
    from awscli import botocore # newer versions of the CLI bring their own
print(os.path.join(os.path.dirname(botocore.__file__), 'data'))
`;
  const folder = path.join(execFileSync("python3", ["-c", script]).toString().trim(), service);
  const version = readdirSync(folder).sort().at(-1) ?? "";
  const file = path.join(folder, version, "service-2.json");
  const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
  return JSON.parse(text.toString("utf8")) as ServiceModel;
}

/** Codes of the errors that the model lists for an operation. */
export function errorCodes(model: ServiceModel, operation: string): string[] {
  return (model.operations[operation]?.errors ?? []).map(
    ({ shape }) => model.shapes[shape]?.error?.code ?? shape,
  );
}

/** Where an answer differs from the model: members that are unknown, of another type, or required and missing. */
export function mismatches(model: ServiceModel, operation: string, output: unknown): string[] {
  const shape = model.operations[operation]?.output?.shape;
  if (shape === undefined)
    return Object.keys(output ?? {}).map((key) => `${operation} has no output, so no ${key}`);
  return compare(model, shape, output, operation);
}

function compare(model: ServiceModel, name: string, value: unknown, at: string): string[] {
  const shape = model.shapes[name];
  if (shape === undefined || value === undefined) return [];
  switch (shape.type) {
    case "structure": {
      if (typeof value !== "object" || value === null) return [`${at} is no structure`];
      const { members = {}, required = [] } = shape;
      const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
      return [
        ...required
          .filter((key) => !given.some(([one]) => one === key))
          .map((key) => `${at}.${key} is missing`),
        ...given.flatMap(([key, inner]) => {
          const member = members[key];
          return member
            ? compare(model, member.shape, inner, `${at}.${key}`)
            : [`${at}.${key} is not in the model`];
        }),
      ];
    }
    case "list":
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((item: unknown, index) =>
        compare(model, shape.member?.shape ?? "", item, `${at}[${index}]`),
      );
    case "map":
      return Object.entries(value ?? {}).flatMap(([key, inner]) =>
        compare(model, shape.value?.shape ?? "", inner, `${at}.${key}`),
      );
    case "timestamp":
      return value instanceof Date ? [] : [`${at} is no instant`];
    case "string": {
      if (typeof value !== "string") return [`${at} is no text`];
      const allowed = [...(shape.enum ?? []), ...(observed[name] ?? [])];
      return shape.enum === undefined || allowed.includes(value)
        ? []
        : [`${at} is ${value}, which the model does not list`];
    }
    case "boolean":
      return typeof value === "boolean" ? [] : [`${at} is not true or false`];
    default:
      return typeof value === "number" ? [] : [`${at} is no number`];
  }
}
