import type { Answer, Call, Service } from "../wire";
import type { CallFacts } from "../behaviour";
import { isAllowed, type Statement } from "../iam";
import { noAnswer, ServiceError } from "../errors";
import { elapsed, type Context } from "../context";
import { Input } from "./input";
import type { Operation, Output } from "./operation";

/** The record's error for a call that hangs, or whose answer is never sent. */
const unanswered = { code: noAnswer };

/** A caller of the API. */
export interface Caller {
  readonly name: string;
  /** ARN of the caller. */
  readonly principal: string;
  /** Statements of its policies; undefined for a caller that may do everything. */
  readonly statements: readonly Statement[] | undefined;
  /** False once its environment is gone; its calls have no effect. */
  isAlive(): boolean;
}

/** What is answered, by service and action. */
export type Services = Readonly<Partial<Record<Service, Readonly<Record<string, Operation>>>>>;

/** A call that has arrived and is not answered. */
interface Arrival {
  readonly call: Call;
  /** Port of its client; undefined if the connection is closed already. */
  readonly port: number | undefined;
  readonly answer: (answer: Answer) => void;
  /** Whether it is never answered. */
  isSilent: boolean;
}

/** What a service answers to too many calls, and to a caller who may not do it. */
interface Refusals {
  readonly throttling: string;
  readonly denial: string;
  /** HTTP status of the denial. */
  readonly status: number;
}

const ofQuery: Refusals = { throttling: "Throttling", denial: "AccessDenied", status: 403 };
const ofJson: Refusals = { throttling: "ThrottlingException", denial: "AccessDeniedException", status: 400 };

const refusals: Readonly<Record<Service, Refusals>> = {
  autoscaling: ofQuery,
  ec2: { throttling: "RequestLimitExceeded", denial: "UnauthorizedOperation", status: 403 },
  elasticloadbalancing: ofQuery,
  events: ofJson,
  iam: ofQuery,
  lambda: { throttling: "TooManyRequestsException", denial: "AccessDeniedException", status: 403 },
  logs: ofJson,
  monitoring: ofJson,
  sns: { throttling: "Throttling", denial: "AuthorizationError", status: 403 },
  sqs: { throttling: "RequestThrottled", denial: "AccessDenied", status: 403 },
  ssm: ofJson,
  sts: ofQuery,
};

/** What puts calls in order: who makes them, then what they ask for. */
function placeOf({ accessKey, action, input, service }: Call): string {
  return JSON.stringify([accessKey, service, action, input]);
}

/** Answers calls, each at its own virtual instant, in an order that does not depend on the network. */
export class ApiServer {
  /** Calls that wait for their turn. */
  private arrivals: Arrival[] = [];
  /** Calls whose clients wait for an answer. */
  private readonly unanswered = new Set<Arrival>();
  /** Called with each answer that is no error. */
  onAnswer: ((call: Call, output: Output) => void) | undefined;
  private readonly sequences = new Map<string, number>();
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly context: Context,
    private readonly operations: Services,
    private readonly callerOf: (accessKey: string) => Caller | undefined,
  ) {}

  /** Takes a call; it is answered once its time has come. */
  receive(call: Call, port: number | undefined): Promise<Answer> {
    return new Promise((answer) => {
      const arrival = { call, port, answer, isSilent: false };
      this.arrivals.push(arrival);
      this.unanswered.add(arrival);
    });
  }

  /** Names of the calls of a service that are answered. */
  actionsOf(service: Service): readonly string[] {
    return Object.keys(this.operations[service] ?? {});
  }

  /** Calls that have arrived and are not answered. */
  get waiting(): number {
    return this.unanswered.size;
  }

  /** Calls that will be answered. */
  get answerable(): number {
    return [...this.unanswered].filter(({ isSilent }) => !isSilent).length;
  }

  /** The client at a port has given up. If it asked another server, or none, there is nothing to give up here. */
  giveUp(port: number): void {
    for (const arrival of this.unanswered) if (arrival.port === port) this.unanswered.delete(arrival);
  }

  /**
   * Gives each arrived call its instant. Called when nothing else happens. The calls that one caller makes at once may
   * arrive in any order, so what they ask for orders them.
   */
  schedule(): void {
    const arrivals = this.arrivals
      .map((arrival) => ({ arrival, place: placeOf(arrival.call) }))
      .sort((one, other) => (one.place < other.place ? -1 : Number(one.place > other.place)));
    this.arrivals = [];
    for (const { arrival } of arrivals) {
      const { answer, call } = arrival;
      const sequence = (this.sequences.get(call.accessKey) ?? 0) + 1;
      this.sequences.set(call.accessKey, sequence);
      const { behaviour } = this.context;
      const sent = this.factsOf(call, sequence);
      const way = Math.ceil(behaviour.callLatency(sent) / 2);
      this.context.clock.after(way, () => {
        const facts = { ...sent, elapsed: elapsed(this.context) };
        const hangs = behaviour.isHanging(facts);
        const isSilent = hangs || behaviour.isUnanswered(facts);
        if (hangs) this.record(call, call.accessKey, facts.instances, unanswered);
        const made = hangs ? { output: {} } : this.perform(call, facts, isSilent);
        if (isSilent) {
          arrival.isSilent = true;
          return;
        }
        this.context.clock.after(way, () => {
          this.unanswered.delete(arrival);
          this.context.stir();
          answer(made);
        });
      });
    }
  }

  private factsOf(call: Call, sequence: number): CallFacts {
    const { accessKey: caller, action, service } = call;
    return {
      service,
      action,
      caller,
      sequence,
      instances: this.instancesIn(call),
      elapsed: elapsed(this.context),
    };
  }

  /** Instances that a call names. */
  private instancesIn({ action, input, service }: Call): readonly string[] {
    try {
      return this.operations[service]?.[action]?.instances?.(new Input(input, service)) ?? [];
    } catch {
      // The service refuses the call for exactly this error; its record names no instances.
      return [];
    }
  }

  private perform(call: Call, facts: CallFacts, isSilent: boolean): Answer {
    const { instances } = facts;
    const caller = this.callerOf(call.accessKey);
    if (caller && !caller.isAlive())
      return { error: { code: "ServiceUnavailable", message: "the caller is gone", status: 503 } };
    const input = new Input(call.input, call.service);
    const operation = this.operations[call.service]?.[call.action];
    try {
      if (caller === undefined)
        throw new ServiceError(
          "InvalidClientTokenId",
          "The security token included in the request is invalid.",
          403,
        );
      if (operation === undefined)
        throw new ServiceError(
          "InvalidAction",
          `The simulator does not answer ${call.service}:${call.action}`,
        );
      this.refuseAtRandom({ ...facts, service: call.service });
      this.authorize(call, caller, operation, input);
      const output = operation.perform(input, caller.name);
      const lost = this.context.behaviour.lostAnswer(facts);
      this.record(call, caller.name, instances, isSilent ? unanswered : lost);
      if (lost) return { error: lost };
      this.onAnswer?.(call, output);
      return { output };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.record(call, caller?.name ?? "", instances, isSilent ? unanswered : error);
      return { error };
    }
  }

  private refuseAtRandom(facts: CallFacts & Pick<Call, "service">): void {
    const { action, service } = facts;
    const { behaviour } = this.context;
    const error = behaviour.callError(facts);
    if (error) throw new ServiceError(error.code, error.message, error.status);
    const isTaken =
      this.takeToken(service, behaviour.serviceRate(service)) &&
      this.takeToken(action, behaviour.callRate(action));
    if (isTaken) return;
    throw new ServiceError(refusals[service].throttling, "Rate exceeded");
  }

  /** Takes a token for a call; the bucket of an action, or of a whole service, holds one second's worth and refills. */
  private takeToken(action: string, rate: number): boolean {
    if (rate === Infinity) return true;
    const now = this.context.clock.now();
    const bucket = this.buckets.get(action) ?? { tokens: rate, at: now };
    bucket.tokens = Math.min(rate, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    this.buckets.set(action, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Source of the words: IAM, Troubleshoot access denied error messages. */
  private authorize(call: Call, { principal, statements }: Caller, operation: Operation, input: Input): void {
    if (statements === undefined) return;
    for (const request of operation.requests(input)) {
      if (isAllowed(statements, request)) continue;
      const why = `because no identity-based policy allows the ${request.action} action`;
      const message = `User: ${principal} is not authorized to perform: ${request.action} on resource: ${request.resource} ${why}`;
      const { denial, status } = refusals[call.service];
      throw new ServiceError(denial, message, status);
    }
  }

  private record(
    { action, service }: Call,
    caller: string,
    instances: readonly string[],
    failure: { readonly code: string; readonly message?: string } | undefined,
  ): void {
    const { code: error, message } = failure ?? {};
    this.context.record({ kind: "call", service, action, caller, instances, error, message });
  }
}
