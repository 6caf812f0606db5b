import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";

/** Told by Node.js of each request that this process makes. */
const requestStarts = "http.client.request.start";

/** Turns of the event loop without a request after which there will be none: from an answer to the next request takes less. */
const quietTurns = 6;

/**
 * Watches what takes real, not virtual, time: requests on the loopback. Virtual time may go on only when none is open
 * and nothing that follows from an answer makes another.
 */
export class Activity {
  private open = 0;

  /** @param onGivenUp - Told the port of each request that ends without an answer, at the very moment that it counts no more. */
  constructor(private readonly onGivenUp: (port: number) => void) {}

  private readonly onStart = (message: unknown) => {
    this.open += 1;
    const { request } = message as { readonly request: ClientRequest };
    let port: number | undefined;
    let isAnswered = false;
    request.once("socket", (socket) => {
      const connected = () => {
        port = socket.localPort;
      };
      if (socket.connecting) socket.once("connect", connected);
      else connected();
    });
    request.once("response", () => {
      isAnswered = true;
    });
    request.once("close", () => {
      this.open -= 1;
      if (!isAnswered && port !== undefined) this.onGivenUp(port);
    });
  };

  start(): void {
    subscribe(requestStarts, this.onStart);
  }

  stop(): void {
    unsubscribe(requestStarts, this.onStart);
  }

  /** Waits until nothing happens, or until all that is open waits for an answer of the box. */
  async settle(waiting: () => number): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; quiet += 1) {
      await nextTurn();
      if (this.open > waiting()) quiet = -1;
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
