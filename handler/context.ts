import type { BusyInstance, ReplaceOn } from "../contract";
import type { AutoScaling } from "./aws/autoScaling";
import type { BusyChecks } from "./aws/busyChecks";
import type { Ec2 } from "./aws/ec2";
import type { RunCommand } from "./aws/runCommand";
import type { Clock } from "./clock";
import type { Log } from "./log";
import type { Memory } from "./memory";
import type { PutMetrics } from "./metrics";
import type { Tell } from "./outbox";
import type { Seal } from "./seal";

/** What the handler works with; everything outside of the handler comes in here. */
export interface Context {
  /** Name of the handler, as in the tag of its groups. */
  readonly handler: string;
  readonly autoScaling: AutoScaling;
  readonly runCommand: RunCommand;
  readonly ec2: Ec2;
  readonly busyChecks: BusyChecks;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly log: Log;
  readonly putMetrics: PutMetrics;
  /** Tells the event bus, if the handler has one, when everything else is done. */
  readonly tell: Tell;
  /** The user's probe; absent if there is none. Its answer is up to the user. */
  readonly isBusy: ((instance: BusyInstance) => Promise<unknown>) | undefined;
  /** What makes this handler replace an instance that is still in service. */
  readonly replaceOn: ReadonlySet<ReplaceOn>;
  /** When the last call of this invocation may begin, ms since 1970. */
  readonly until: number;
  /** What this process remembers of earlier invocations; may be empty at any time. */
  readonly memory: Memory;
}
