import { describeIn, type Subject } from "../support/cases";
import type { Shell } from "../support/shells";
import { announcing } from "./announce";
import { cutOff } from "./cutOff";
import { meant } from "./meant";
import { once } from "./once";
import { output } from "./output";
import { places } from "./places";
import { pool } from "./pool";
import { sessions } from "./sessions";
import { step } from "./step";

/** All tests of the text that a document holds, by subject. */
export const guard = {
  step,
  sessions,
  once,
  cutOff,
  places,
  meant,
  output,
  pool,
  announcing,
} satisfies Record<string, Subject>;

/** The same tests in one of the shells that may run the text. */
export function describeGuardIn(shell: Shell): void {
  for (const subject of Object.values(guard)) describeIn(shell, subject);
}
