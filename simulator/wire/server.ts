import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, Call } from "./call";
import { parseQuery, writeQueryError, writeQueryOutput } from "./query";
import { parseJson, writeJsonError, writeJsonOutput } from "./json";
import { openServer, readBody, type LoopbackServer } from "./loopback";

/** Answers a call; the port of its client tells the call from all other open calls. */
export type Respond = (call: Call, port: number | undefined) => Answer | Promise<Answer>;

/**
 * Starts a server on the loopback that speaks the wire protocols of Auto Scaling and SNS (Query) and of SSM (JSON 1.1).
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
  const { action, input } = isJson ? parseJson(target, body) : parseQuery(body);
  const answer = isService(service)
    ? await respond({ service, action, input, accessKey }, request.socket.remotePort)
    : { error: { code: "UnknownService", message: `there is no service ${service} here` } };
  const status = "error" in answer ? (answer.error.status ?? 400) : 200;
  response.statusCode = status;
  response.setHeader("content-type", isJson ? "application/x-amz-json-1.1" : "text/xml");
  response.setHeader("date", now().toUTCString());
  response.end(write(answer, action, isJson));
}

/** Access key, day, Region and service of a signature. */
const credential = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//;

function isService(name: string): name is Call["service"] {
  return name === "autoscaling" || name === "ssm" || name === "sns";
}

function write(answer: Answer, action: string, isJson: boolean): string {
  if ("error" in answer) return isJson ? writeJsonError(answer.error) : writeQueryError(answer.error);
  return isJson ? writeJsonOutput(answer.output) : writeQueryOutput(action, answer.output);
}
