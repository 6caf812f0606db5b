import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";

/** Channel on which Node.js tells of each request that this process makes. */
const requestStarts = "http.client.request.start";

/** Turns of the event loop without a request after which none will come: a request follows an answer in fewer turns. */
const quietTurns = 6;

/**
 * Watches the requests on the loopback, which take real, not virtual, time. Virtual time may go on only when no request
 * is open and no answer leads to another request.
 */
export class Activity {
  private open = 0;

  /** @param onGivenUp - Called with the port of each request that ends without an answer, when it counts no more. */
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

  /** Waits until nothing happens, or until all open requests wait for an answer of the simulator. */
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
