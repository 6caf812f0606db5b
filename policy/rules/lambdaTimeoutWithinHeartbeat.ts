import type { Finding } from "../finding";
import { stackPolicy } from "../rule";
import { seconds } from "../schema";
import { hooksOf } from "../stack/group";
import { functionsOf } from "../stack/handlers";
import { heartbeatTimeoutOf, type Hook } from "../stack/hook";
import type { Resource, Resources } from "../stack/resource";
import { notYetKnown, numberAt } from "../stack/value";

/** Timeout of a function that gives none, seconds. Source: Lambda, CreateFunction. */
const defaultFunctionTimeout = 3;

/** No function runs longer than the wait at the hook that invoked it. */
export const lambdaTimeoutWithinHeartbeat = stackPolicy({
  name: "lambda-timeout-within-heartbeat",
  what: "The function behind a lifecycle hook ends before the hook does.",
  why: "When the heartbeat timeout is over, Auto Scaling goes on with the default result, whatever the function is still doing.",
  severity: "high",
  enforcementLevel: "mandatory",
  onAccount: true,
  limits: { margin: 0 },
  schema: {
    margin: seconds("Seconds that have to be left between the two.", { minimum: 0 }),
  },
  check: (resources, { margin }) => {
    const served = hooksOf(resources).flatMap((hook) => servedBy(resources, hook));
    return [...new Set(served.map(({ handler }) => handler))].flatMap((handler) => {
      const hooks = served.filter((one) => one.handler === handler);
      return findingOn(handler, hooks, margin);
    });
  },
});

/** A function and the time that a hook gives it. */
interface Served {
  readonly handler: Resource;
  readonly hook: Hook;
  readonly heartbeatTimeout: number;
}

function servedBy(resources: Resources, hook: Hook): Served[] {
  const heartbeatTimeout = heartbeatTimeoutOf(hook);
  if (heartbeatTimeout === undefined) return [];
  return functionsOf(resources, hook).map((handler) => ({ handler, hook, heartbeatTimeout }));
}

/** The hook with the shortest heartbeat timeout decides. */
function findingOn(handler: Resource, hooks: readonly Served[], margin: number): Finding[] {
  const [shortest] = [...hooks].sort((one, other) => one.heartbeatTimeout - other.heartbeatTimeout);
  const given = numberAt(handler.props, "timeout");
  const timeout = given === notYetKnown ? undefined : (given ?? defaultFunctionTimeout);
  if (shortest === undefined || timeout === undefined) return [];
  const { heartbeatTimeout, hook } = shortest;
  const most = heartbeatTimeout - margin;
  if (timeout <= most) return [];
  return [
    {
      urn: handler.urn,
      subject: `Function "${handler.name}"`,
      what: "timeout",
      actual: `${timeout} s`,
      allowed: `at most ${most} s, as heartbeatTimeout of ${hook.label} is ${heartbeatTimeout} s${margin > 0 ? ` and ${margin} s have to be left` : ""}`,
      cure: `Shorten it, or raise that heartbeatTimeout to ${timeout + margin} s or more.`,
    },
  ];
}
