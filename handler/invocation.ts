import type { BusyInstance } from "../contract";

/** The user's callbacks. */
export interface HandlerOptions {
  /** Whether an instance is busy, so that its stop script has to wait. */
  readonly isBusy?: ((instance: BusyInstance) => Promise<boolean>) | undefined;
}

/** What Lambda hands to an invocation, as far as the handler uses it. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}
