import type { Transition } from "../../contract";
import type { TransitionTimes } from "../../timing";

/** A user's script for one kind of machine. */
export interface Script {
  readonly platform: "Linux" | "Windows";
  readonly text: string;
}

/** What a document is made of. */
export interface DocumentSource {
  readonly transition: Transition;
  readonly script: Script;
  readonly times: TransitionTimes;
  /** Seconds that the target group drains before the wait begins. Defaults to 0. */
  readonly deregistrationDelay?: number;
  /** What the script waits for. Defaults to nothing. */
  readonly sessions?: { readonly ports?: readonly number[]; readonly sessionManager?: boolean };
}
