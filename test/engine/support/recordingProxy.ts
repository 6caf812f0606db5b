import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for AWS that hands every call on and remembers it. */
export interface RecordingProxy {
  readonly url: string;
  /** The calls since the last time that somebody asked, as in `DeleteTopic` or `DELETE /2015-03-31/functions/web`. */
  takeCalls(): string[];
  /** The parameters of all calls of an action to a service that takes them as a form, Auto Scaling for one. */
  sent(action: string): Readonly<Record<string, string>>[];
  close(): Promise<void>;
}

/** Starts a proxy in front of an endpoint. */
export async function startRecordingProxy(endpoint: string): Promise<RecordingProxy> {
  let calls: string[] = [];
  const forms: Readonly<Record<string, string>>[] = [];
  const server = createServer((incoming, outgoing) => {
    void forward(endpoint, incoming, outgoing).then(({ form, name }) => {
      calls.push(name);
      if (form["Action"] !== undefined) forms.push(form);
    });
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
    sent: (action) => forms.filter((form) => form["Action"] === action),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A call that was answered. */
interface Call {
  readonly name: string;
  readonly form: Readonly<Record<string, string>>;
}

/** Hands a call on and returns once it is answered. */
async function forward(endpoint: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Call> {
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
  if (typeof target === "string") return { name: target.slice(target.lastIndexOf(".") + 1), form: {} };
  const form = Object.fromEntries(new URLSearchParams(body.toString()));
  return { name: nameOf(form) ?? `${method ?? ""} ${url}`, form };
}

/** Scaling in shows only in the arguments. */
function nameOf({ Action, MaxSize }: Readonly<Record<string, string>>): string | undefined {
  return Action === "UpdateAutoScalingGroup" && MaxSize === "0" ? `${Action} to 0` : Action;
}
