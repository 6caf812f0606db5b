import { createHandler } from "../../handler/lambda";
import type { HandlerOptions } from "../../handler/invocation";
import { startWireServer, type Answer, type Call, type LoopbackServer } from "../../simulator/wire";
import { ids } from "./payloads";

/** Environment variables that Lambda sets for the function. */
const environment = {
  AWS_LAMBDA_FUNCTION_NAME: ids.handler,
  GRACEFUL_ASG_SEAL: "a secret",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
};

/** A call, and when it came, ms since 1970. */
export type CallAt = Call & { readonly at: number };

/** The handler in this process, with a fake AWS. Until it is closed, it changes environment and console. */
export class Invocations {
  readonly calls: CallAt[] = [];
  /** Lines of the log, level and message. */
  readonly lines: string[] = [];
  private readonly usual = { ...process.env };
  private readonly console = { error: console.error, info: console.info, warn: console.warn };
  private server: LoopbackServer | undefined;

  private constructor() {
    for (const level of ["info", "warn", "error"] as const) {
      // Node.js and the SDK log there, too, in plain text.
      console[level] = (entry: { message?: string }) => {
        if (entry.message !== undefined) this.lines.push(`${level} ${entry.message}`);
      };
    }
  }

  static async open(answer: (call: Call) => Answer | Promise<Answer>): Promise<Invocations> {
    const opened = new Invocations();
    opened.server = await startWireServer((call) => {
      opened.calls.push({ ...call, at: Date.now() });
      return answer(call);
    });
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: opened.server.url });
    return opened;
  }

  async close(): Promise<void> {
    for (const name of [...Object.keys(environment), "AWS_ENDPOINT_URL"]) {
      if (this.usual[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = this.usual[name];
    }
    Object.assign(console, this.console);
    await this.server?.close();
  }

  get actions(): string[] {
    return this.calls.map(({ action }) => action);
  }

  /** Invokes one function with some events, one after the other, each with so much time left, ms. */
  async invoke(events: readonly unknown[], options: HandlerOptions = {}, remaining = 60_000): Promise<void> {
    const handler = createHandler(options);
    for (const event of events) await handler(event, { getRemainingTimeInMillis: () => remaining });
  }
}
