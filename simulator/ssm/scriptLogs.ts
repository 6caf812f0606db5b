import type { ScriptLogs } from "../behaviour";

/** How much longer a command takes when its agent uploads its output to CloudWatch Logs, ms. */
export interface Delays {
  /** How much later the first step starts. */
  readonly start: number;
  /** How much later the end is reported. */
  readonly end: number;
}

/** A command whose output goes to SSM alone. */
export const noDelays: Delays = { start: 0, end: 0 };

/**
 * Measured on the genuine agent, 3.3.987. The agent asks CloudWatch Logs for the log group before the first step, twice
 * with five retries each, which takes that long where nobody answers; it uploads in intervals, and repeats a denied
 * upload.
 */
export const logDelays: Readonly<Record<ScriptLogs, Delays>> = {
  taken: { start: 0, end: 3_000 },
  unreachable: { start: 363_000, end: 0 },
  refused: { start: 0, end: 60_000 },
};
