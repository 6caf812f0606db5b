import pLimit from "p-limit";
import { openServer, type LoopbackServer } from "../../../simulator/wire";
import { handOn } from "./handOn";

let server: LoopbackServer | undefined;

/**
 * Lets the endpoint answer one request at a time, of all stacks together, before Mocha starts its processes. Moto's threads
 * share their state without locks: now and then a request fails with status 500 although it was carried out, and the
 * next try is refused because the resource exists already.
 */
export async function mochaGlobalSetup(): Promise<void> {
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  if (endpoint === undefined) return;
  const limit = pLimit(1);
  server = await openServer((incoming, outgoing) => {
    limit(() => handOn(endpoint, incoming, outgoing)).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  process.env["AWS_ENDPOINT_URL"] = server.url;
}

export async function mochaGlobalTeardown(): Promise<void> {
  await server?.close();
}
