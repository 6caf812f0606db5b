import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for AWS that hands every call on and remembers it. */
export interface RecordingProxy {
  readonly url: string;
  /** The calls since the last time that somebody asked, as in `DeleteTopic` or `DELETE /2015-03-31/functions/web`. */
  takeCalls(): string[];
  close(): Promise<void>;
}

/** Starts a proxy in front of an endpoint. */
export async function startRecordingProxy(endpoint: string): Promise<RecordingProxy> {
  let calls: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void forward(endpoint, incoming, outgoing).then((call) => calls.push(call));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    takeCalls: () => {
      const taken = calls;
      calls = [];
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Hands a call on and returns its name once it is answered. */
async function forward(
  endpoint: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { headers, method, url = "/" } = incoming;
  await new Promise<void>((resolve, reject) => {
    const onward = request(new URL(url, endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing).on("finish", resolve);
    });
    onward.on("error", reject);
    onward.end(body);
  });
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.slice(target.lastIndexOf(".") + 1);
  const text = body.toString();
  const action = new URLSearchParams(text).get("Action");
  return action === null ? `${method ?? ""} ${url}` : describe(action, text);
}

/** Scaling in shows only in the arguments. */
function describe(action: string, body: string): string {
  const parameters = new URLSearchParams(body);
  return action === "UpdateAutoScalingGroup" && parameters.get("MaxSize") === "0" ? `${action} to 0` : action;
}
