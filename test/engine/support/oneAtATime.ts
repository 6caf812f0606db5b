import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pLimit from "p-limit";
import { handOn } from "./handOn";

let server: Server | undefined;

/**
 * Lets the endpoint answer one request at a time, of all stacks together, before Mocha starts its processes. Moto's threads
 * share their state without locks: now and then a request fails with status 500 although it was carried out, and the try
 * that follows is refused because what it creates is there.
 */
export async function mochaGlobalSetup(): Promise<void> {
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  if (endpoint === undefined) return;
  const limit = pLimit(1);
  const opened = createServer((incoming, outgoing) => {
    limit(() => handOn(endpoint, incoming, outgoing)).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
  server = opened;
}

export function mochaGlobalTeardown(): void {
  server?.closeAllConnections();
  server?.close();
}
