import { createInterface } from "node:readline/promises";

/** Who runs a command, and may answer questions or leave. */
export interface Person {
  /** Whether somebody can answer. */
  readonly isThere: boolean;
  /** Whether the answer is yes; no answer is no. */
  confirm(question: string): Promise<boolean>;
  /** Aborted once the person presses Ctrl-C, or the process is told to end. */
  readonly leaves: AbortSignal;
}

/** The person at the terminal of this process. */
export function personAtConsole(): Person {
  const controller = new AbortController();
  const leave = () => {
    controller.abort();
  };
  // Only once, so that a second Ctrl-C ends the process.
  process.once("SIGINT", leave);
  process.once("SIGTERM", leave);
  return {
    isThere: process.stdin.isTTY && process.stdout.isTTY,
    leaves: controller.signal,
    confirm: async (question) => {
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      try {
        const closed = new Promise<undefined>((resolve) => {
          lines.once("close", () => {
            resolve(undefined);
          });
        });
        lines.once("SIGINT", leave);
        controller.signal.addEventListener("abort", () => {
          lines.close();
        });
        const asked = lines.question(question).catch(() => undefined);
        const answer = await Promise.race([asked, closed]);
        // Nobody has ended the line of the question.
        if (answer === undefined) process.stdout.write("\n");
        return /^y(es)?$/i.test((answer ?? "").trim());
      } finally {
        lines.close();
      }
    },
  };
}
