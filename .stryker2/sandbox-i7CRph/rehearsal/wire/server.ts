// @ts-nocheck
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, Call } from "./call";
import { parseQuery, writeQueryError, writeQueryOutput } from "./query";
import { parseJson, writeJsonError, writeJsonOutput } from "./json";

/** A running server. */
export interface WireServer {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a server on the loopback that speaks the wire protocols of Auto Scaling and SNS (Query) and of SSM (JSON 1.1).
 * @param now the server's clock, which clients compare with theirs
 */
export async function startWireServer(
  respond: (call: Call) => Answer | Promise<Answer>,
  now: () => Date = () => new Date(),
): Promise<WireServer> {
  const server = createServer((request, response) => {
    void serve(request, response, respond, now);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  respond: (call: Call) => Answer | Promise<Answer>,
  now: () => Date,
): Promise<void> {
  const body = await readBody(request);
  const [, accessKey = "", service = ""] = credential.exec(request.headers.authorization ?? "") ?? [];
  const target = request.headers["x-amz-target"];
  const isJson = typeof target === "string";
  const { action, input } = isJson ? parseJson(target, body) : parseQuery(body);
  const answer = isService(service)
    ? await respond({ service, action, input, accessKey })
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

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
