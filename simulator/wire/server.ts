import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, AwsError, Call, Service } from "./call";
import { parseEc2, writeEc2Error, writeEc2Output } from "./ec2";
import { parseQuery, writeQueryError, writeQueryOutput } from "./query";
import { parseJson, writeJsonError, writeJsonOutput } from "./json";
import { openServer, readBody, type LoopbackServer } from "./loopback";
import { parseRest, writeRestError } from "./rest";

/** Answers a call; the port of its client tells the call from all other open calls. */
export type Respond = (call: Call, port: number | undefined) => Answer | Promise<Answer>;

/**
 * Starts a server on the loopback that speaks the wire protocol of each service: Query, EC2's own Query protocol, JSON,
 * or REST with JSON.
 * @param now the server's clock, which clients compare with their own clock
 */
export function startWireServer(
  respond: Respond,
  now: () => Date = () => new Date(),
): Promise<LoopbackServer> {
  return openServer((request, response) => {
    void serve(request, response, respond, now);
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  respond: Respond,
  now: () => Date,
): Promise<void> {
  const body = (await readBody(request)).toString("utf8");
  const [, accessKey = "", region = "", service = ""] =
    credential.exec(request.headers.authorization ?? "") ?? [];
  const { action, input, protocol } = read(service, request, body);
  const answer = isService(service)
    ? await respond({ service, action, input, region, accessKey }, request.socket.remotePort)
    : { error: { code: "UnknownService", message: `there is no service ${service} here` } };
  const status = "error" in answer ? (answer.error.status ?? 400) : 200;
  response.statusCode = status;
  response.setHeader("content-type", protocol.contentType);
  if ("error" in answer) response.setHeader("x-amzn-errortype", answer.error.code);
  response.setHeader("date", now().toUTCString());
  response.end("error" in answer ? protocol.error(answer.error) : protocol.output(action, answer.output));
}

/** Access key, day, Region and service of a signature. */
const credential = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//;

function isService(name: string): name is Service {
  return name in protocolOf;
}

/** How the calls of a protocol are read and answered. */
interface Protocol {
  readonly contentType: string;
  parse(body: string, request: IncomingMessage): { action: string; input: Record<string, unknown> };
  output(action: string, output: Readonly<Record<string, unknown>>): string;
  error(error: AwsError): string;
}

const json: Protocol = {
  contentType: "application/x-amz-json-1.1",
  parse: (body, { headers }) => parseJson(String(headers["x-amz-target"] ?? ""), body),
  output: (_, output) => writeJsonOutput(output),
  error: writeJsonError,
};
const query: Protocol = {
  contentType: "text/xml",
  parse: parseQuery,
  output: writeQueryOutput,
  error: writeQueryError,
};
const ec2: Protocol = {
  contentType: "text/xml",
  parse: parseEc2,
  output: writeEc2Output,
  error: writeEc2Error,
};
const rest: Protocol = {
  contentType: "application/json",
  parse: (body, { method = "", url = "" }) => parseRest(method, url, body),
  output: (_, output) => writeJsonOutput(output),
  error: writeRestError,
};

/** The protocol of each service. Source: the service models of the SDK. */
const protocolOf: Readonly<Record<Service, Protocol>> = {
  autoscaling: query,
  ec2,
  elasticloadbalancing: query,
  events: json,
  iam: query,
  lambda: rest,
  logs: json,
  monitoring: json,
  sns: query,
  sqs: json,
  ssm: json,
  sts: query,
};

/** Reads a call of a service; a call of an unknown service is read as most services would. */
function read(service: string, request: IncomingMessage, body: string) {
  const protocol = isService(service) ? protocolOf[service] : query;
  return { ...protocol.parse(body, request), protocol };
}
