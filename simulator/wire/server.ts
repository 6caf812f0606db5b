import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, AwsError, Call } from "./call";
import { parseEc2, writeEc2Error, writeEc2Output } from "./ec2";
import { parseQuery, writeQueryError, writeQueryOutput } from "./query";
import { parseJson, writeJsonError, writeJsonOutput } from "./json";
import { openServer, readBody, type LoopbackServer } from "./loopback";

/** Answers a call; the port of its client tells the call from all other open calls. */
export type Respond = (call: Call, port: number | undefined) => Answer | Promise<Answer>;

/**
 * Starts a server on the loopback that speaks the wire protocols of Auto Scaling and SNS (Query), of EC2 (a
 * Query protocol of its own) and of SSM (JSON 1.1).
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
  const [, accessKey = "", service = ""] = credential.exec(request.headers.authorization ?? "") ?? [];
  const target = request.headers["x-amz-target"];
  const isJson = typeof target === "string";
  const protocol = isJson ? protocols.json : service === "ec2" ? protocols.ec2 : protocols.query;
  const { action, input } = isJson ? parseJson(target, body) : protocol.parse(body);
  const answer = isService(service)
    ? await respond({ service, action, input, accessKey }, request.socket.remotePort)
    : { error: { code: "UnknownService", message: `there is no service ${service} here` } };
  const status = "error" in answer ? (answer.error.status ?? 400) : 200;
  response.statusCode = status;
  response.setHeader("content-type", protocol.contentType);
  response.setHeader("date", now().toUTCString());
  response.end("error" in answer ? protocol.error(answer.error) : protocol.output(action, answer.output));
}

/** Access key, day, Region and service of a signature. */
const credential = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//;

function isService(name: string): name is Call["service"] {
  return name === "autoscaling" || name === "ec2" || name === "ssm" || name === "sns";
}

/** How the calls of a protocol are read and answered. */
interface Protocol {
  readonly contentType: string;
  parse(body: string): { action: string; input: Record<string, unknown> };
  output(action: string, output: Readonly<Record<string, unknown>>): string;
  error(error: AwsError): string;
}

const protocols: Readonly<Record<"json" | "query" | "ec2", Protocol>> = {
  json: {
    contentType: "application/x-amz-json-1.1",
    parse: (body) => parseJson("", body),
    output: (_, output) => writeJsonOutput(output),
    error: writeJsonError,
  },
  query: { contentType: "text/xml", parse: parseQuery, output: writeQueryOutput, error: writeQueryError },
  ec2: { contentType: "text/xml", parse: parseEc2, output: writeEc2Output, error: writeEc2Error },
};
