import type { ScriptLogs } from "../behaviour";

/** What it costs an agent to bring the output of a command to CloudWatch Logs, ms. */
export interface Delays {
  /** How much later the first step starts. */
  readonly start: number;
  /** How much later the end is reported. */
  readonly end: number;
}

/** A command whose output goes nowhere but to SSM. */
export const noDelays: Delays = { start: 0, end: 0 };

/**
 * Measured on the genuine agent, 3.3.987. It asks CloudWatch Logs for the log group before the first step, twice with five
 * retries each, which takes that long where nobody answers; it uploads in intervals, and tries again what is denied.
 */
export const logDelays: Readonly<Record<ScriptLogs, Delays>> = {
  taken: { start: 0, end: 3_000 },
  unreachable: { start: 363_000, end: 0 },
  refused: { start: 0, end: 60_000 },
};
