import { request, type IncomingMessage, type ServerResponse } from "node:http";
import { readBody } from "../../../simulator/wire";

/** Hands a request on to an endpoint, and its answer back. Returns the request's body once it is answered. */
export async function handOn(
  endpoint: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Buffer> {
  const body = await readBody(incoming);
  const { headers, method, url = "/" } = incoming;
  await new Promise<void>((resolve, reject) => {
    const onward = request(new URL(url, endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing).on("finish", resolve);
    });
    onward.on("error", reject);
    onward.end(body);
  });
  return body;
}
