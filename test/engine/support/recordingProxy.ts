import type { IncomingMessage, ServerResponse } from "node:http";
import { openServer, type LoopbackServer } from "../../../simulator/wire";
import { handOn } from "./handOn";

/** A stand-in for AWS that hands every call on and remembers it. */
export interface RecordingProxy extends LoopbackServer {
  /** The calls since the last `takeCalls`, as in `DeleteTopic` or `DELETE /2015-03-31/functions/web`. */
  takeCalls(): string[];
  /** The parameters of all calls of an action to a service that takes them as a form, Auto Scaling for one. */
  sent(action: string): Readonly<Record<string, string>>[];
  /** All calls, with their parameters. */
  readonly all: readonly ServiceCall[];
}

/** A call of an API. */
export interface ServiceCall {
  /** Name of the service in signatures, as in `autoscaling`. */
  readonly service: string;
  /** Name of the operation; method and path where the service has REST. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Starts a proxy in front of an endpoint. */
export async function startRecordingProxy(endpoint: string): Promise<RecordingProxy> {
  let calls: string[] = [];
  const forms: Readonly<Record<string, string>>[] = [];
  const all: ServiceCall[] = [];
  const server = await openServer((incoming, outgoing) => {
    void forward(endpoint, incoming, outgoing).then(({ form, name, ...call }) => {
      calls.push(name);
      all.push(call);
      if (form["Action"] !== undefined) forms.push(form);
    });
  });
  return {
    ...server,
    takeCalls: () => {
      const taken = calls;
      calls = [];
      return taken;
    },
    all,
    sent: (action) => forms.filter((form) => form["Action"] === action),
  };
}

/** A call that was answered. */
interface Call extends ServiceCall {
  /** The operation, with an addition where its arguments make a difference. */
  readonly name: string;
  readonly form: Readonly<Record<string, string>>;
}

/** Hands a call on and returns once it is answered. */
async function forward(endpoint: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Call> {
  const body = await handOn(endpoint, incoming, outgoing);
  const { headers, method, url = "/" } = incoming;
  const service = serviceOf(headers.authorization ?? "");
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const operation = target.slice(target.lastIndexOf(".") + 1);
    return { service, operation, name: operation, parameters: jsonOf(body), form: {} };
  }
  const form = Object.fromEntries(new URLSearchParams(body.toString()));
  const name = nameOf(form);
  if (name !== undefined) return { service, operation: form["Action"] ?? "", name, parameters: form, form };
  const rest = `${method ?? ""} ${url}`;
  return { service, operation: rest, name: rest, parameters: jsonOf(body), form };
}

/** The scope of a signature names the service. */
function serviceOf(authorization: string): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? "";
}

function jsonOf(body: Buffer): Readonly<Record<string, unknown>> {
  const text = body.toString();
  return text.startsWith("{") ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {};
}

/** Scaling in shows only in the arguments. */
function nameOf({ Action, MaxSize }: Readonly<Record<string, string>>): string | undefined {
  return Action === "UpdateAutoScalingGroup" && MaxSize === "0" ? `${Action} to 0` : Action;
}
