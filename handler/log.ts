/** One structured line of the log. Metric filters count by `outcome` and by level. */
export interface LogEntry {
  readonly message: string;
  readonly group?: string;
  readonly hook?: string;
  readonly instance?: string;
  readonly transition?: string;
  readonly decision?: string;
  /** Whether the action is extended before the document is sent. */
  readonly extends?: boolean;
  readonly outcome?: string;
  /** The code of the reason. */
  readonly code?: string;
  readonly reason?: string;
  /** Seconds since the wait began, where that is known. */
  readonly elapsed?: number | undefined;
  readonly error?: string;
  /** Why Auto Scaling asks which instances go. */
  readonly cause?: string;
  /** How many instances are idle, busy, or have not answered. */
  readonly standings?: Readonly<Record<string, number>>;
  /** The end of the output of a script that failed. */
  readonly output?: string;
}

/** Where log lines go. */
export interface Log {
  info(entry: LogEntry): void;
  warn(entry: LogEntry): void;
  error(entry: LogEntry): void;
}

/** Lambda's own JSON log: the runtime adds time, level and request id. */
export const consoleLog: Log = {
  info: (entry) => {
    console.info(entry);
  },
  warn: (entry) => {
    console.warn(entry);
  },
  error: (entry) => {
    console.error(entry);
  },
};
