import {
  encodeInstructions,
  lifecycleTransitions,
  resultOf,
  revisionsOf,
  type LifecycleActionResult,
} from "../../../contract";
import type { AutoScaling, LifecycleAction } from "../../../handler/aws/autoScaling";
import type { HookAction } from "../../../handler/trigger";
import { schedule, type Schedule } from "../../../timing";
import { ids, instructionsFor } from "../payloads";
import type { Call } from "./course";
import { causes, type History } from "./history";
import type { Timeline } from "./timeline";

/** One wait at the hook. Instants are milliseconds of the timeline. */
export interface Wait {
  readonly token: string;
  readonly began: number;
  /** When Auto Scaling applies the default result. */
  deadline: number;
  end: End | undefined;
  readonly heartbeats: number[];
  /** Completions that Auto Scaling accepted. */
  accepted: number;
}

/** How a wait ended. */
export interface End {
  readonly at: number;
  readonly by: "completion" | "default";
  readonly result: LifecycleActionResult;
}

const name = "graceful-sns";

/** Auto Scaling, as far as it concerns one hook and one instance, which waits there again after it was retained. */
export class Hook {
  readonly waits: Wait[] = [];
  readonly times: Schedule;

  /** @param publish - Called for every wait that begins. */
  constructor(
    private readonly history: History,
    private readonly timeline: Timeline,
    private readonly publish: (action: HookAction) => void,
    /** Whether Auto Scaling has not noticed yet that the machine is gone. */
    private readonly isHealthy: () => boolean,
  ) {
    this.times = schedule(history.times);
  }

  /** The instance begins to wait. */
  begin(): void {
    const { now } = this.timeline;
    const token = `00000000-0000-4000-8000-00000000000${this.waits.length}`;
    const deadline = now + this.times.heartbeatTimeout * 1000;
    const wait: Wait = { token, began: now, deadline, end: undefined, heartbeats: [], accepted: 0 };
    this.waits.push(wait);
    this.expire(wait);
    this.publish({
      kind: "hookAction",
      group: ids.group,
      hook: name,
      transition: this.history.transition,
      instance: ids.instance,
      token,
      time: this.timeline.instant(now),
      route:
        this.history.transition === "launch"
          ? { origin: "EC2", destination: "AutoScalingGroup" }
          : { origin: "AutoScalingGroup", destination: "EC2" },
      metadata: this.metadata,
    });
  }

  /** The wait that goes on. */
  get active(): Wait | undefined {
    return this.waits.find(({ end }) => end === undefined);
  }

  /** Whether no wait goes on or is to come. */
  get isOver(): boolean {
    return this.active === undefined && !(this.isRetained && this.waits.length === 1);
  }

  /** The calls of Auto Scaling that the handler makes. */
  autoScaling(call: Call): AutoScaling {
    const { cause, deregistrationDelay, hasWarmPool, onFailure, transition } = this.history;
    const repeats = hasWarmPool || onFailure === "retain";
    const { group, instance: id } = ids;
    const find = ({ token }: LifecycleAction) =>
      token === undefined || token === this.active?.token ? this.active : undefined;
    const found = () => ({
      name: group,
      instances: [{ id, isProtected: false, ...this.state }],
      hasUnreadPool: false,
      repeats,
      busy: undefined,
      revisions: this.revisions,
    });
    return {
      groups: () => call(() => [found()]),
      group: () => call(found),
      protect: () => Promise.resolve(),
      describe: () => call(() => new Map([[id, { group, ...this.state }]])),
      hooks: () =>
        call(() => [
          {
            name,
            lifecycleTransition: lifecycleTransitions[transition],
            heartbeatTimeout: this.times.heartbeatTimeout,
            metadata: this.metadata,
          },
        ]),
      pool: () => call(() => []),
      launches: () => call(() => new Map()),
      activities: (_group, _transition, _instances, history) =>
        call(() => {
          if (this.active === undefined) return new Map();
          const startedAt = this.timeline.instant(this.active.began - deregistrationDelay * 1000);
          const retainedBefore = history && this.waits.length > 1;
          return new Map([[id, { startedAt, cause: causes[cause], retainedBefore }]]);
        }),
      replace: () => Promise.reject(new Error("not to be called")),
      complete: (asked, result) =>
        call(() => {
          const wait = find(asked);
          if (wait) this.end(wait, "completion", result);
          return wait !== undefined;
        }),
      heartbeat: (asked) =>
        call(() => {
          const wait = find(asked);
          if (wait) this.extend(wait);
          return wait !== undefined;
        }),
    };
  }

  private get isRetained(): boolean {
    return this.waits.at(-1)?.end?.result === "ABANDON" && this.history.onFailure === "retain";
  }

  private get state() {
    return { lifecycleState: this.lifecycleState, isHealthy: this.isHealthy() };
  }

  /** Revisions in the tags of the group; half of the groups have no revisions. */
  private get revisions(): string[] {
    const { hasWarmPool, transition } = this.history;
    return hasWarmPool ? [] : [revisionsOf([{ transition, metadata: this.metadata }])];
  }

  private get lifecycleState(): string {
    const isLaunch = this.history.transition === "launch";
    if (this.active) return isLaunch ? "Pending:Wait" : "Terminating:Wait";
    if (this.isRetained) return "Terminating:Retained";
    return isLaunch ? "InService" : "Terminating:Proceed";
  }

  private get metadata(): string {
    const { deregistrationDelay, onFailure, times, transition } = this.history;
    const { agentTimeout, delivery, execution, heartbeatTimeout } = this.times;
    const { maxWait = 0 } = times;
    return encodeInstructions(
      instructionsFor(transition, {
        ...{ agentTimeout, deregistrationDelay, delivery, execution, heartbeatTimeout, maxWait, onFailure },
      }),
    );
  }

  /** A heartbeat starts the heartbeat timeout anew, within the global timeout. */
  private extend(wait: Wait): void {
    const { now } = this.timeline;
    const { globalTimeout, heartbeatTimeout } = this.times;
    wait.heartbeats.push(now);
    wait.deadline = Math.min(now + heartbeatTimeout * 1000, wait.began + globalTimeout * 1000);
  }

  private expire(wait: Wait): void {
    this.timeline.at(wait.deadline, () => {
      if (wait.end !== undefined) return;
      if (this.timeline.now < wait.deadline) this.expire(wait);
      else this.end(wait, "default", resultOf(this.history.onFailure));
    });
  }

  private end(wait: Wait, by: End["by"], result: LifecycleActionResult): void {
    const { now } = this.timeline;
    wait.end = { at: now, by, result };
    if (by === "completion") wait.accepted += 1;
    if (!this.isRetained || this.waits.length > 1) return;
    this.timeline.at(now + this.history.again * 1000, () => {
      this.begin();
    });
  }
}
