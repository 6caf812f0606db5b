import { decodeInstructions, encodeInstructions } from "../../../contract";
import {
  changed,
  isCommand,
  isHook,
  isSweep,
  noAnswer,
  outage,
  throttled,
  withCallErrors,
  withInstance,
  withOtherHook,
  type Chance,
  type Conduct,
  type HookSettings,
  type World,
} from "../../../simulator";
import { messages, minute, second, type Disturbance } from "./disturbance";
import { meddling } from "./meddling";
import { troubles } from "./troubles";

/** Disturbances by name. Those that put an instance beyond reach are rare, as P1 makes an exception for it. */
export const disturbances = {
  "lost hook events": {
    share: 12,
    conduct: (usual, chance) => messages(usual, chance, isHook, 0.6, () => []),
  },
  "late hook events": {
    share: 8,
    conduct: (usual, chance) =>
      messages(usual, chance, isHook, 0.6, (_, id) => [chance.between(`late/${id}`, second, 170 * second)]),
  },
  "repeated hook events": {
    share: 10,
    conduct: (usual, chance) =>
      messages(usual, chance, isHook, 0.7, ([first = 0], id) => [
        first,
        first + chance.between(`again/${id}`, 0, 40 * second),
        first + chance.between(`muchLater/${id}`, minute, 15 * minute),
      ]),
  },
  "lost command events": {
    share: 12,
    conduct: (usual, chance) => messages(usual, chance, isCommand, 0.6, () => []),
  },
  "late command events": {
    share: 8,
    conduct: (usual, chance) =>
      messages(usual, chance, isCommand, 0.6, (_, id) => [
        chance.between(`late/${id}`, second, 100 * second),
      ]),
  },
  "repeated command events": {
    share: 8,
    conduct: (usual, chance) =>
      messages(usual, chance, isCommand, 0.7, ([first = 0], id) => [
        first,
        first + chance.between(`again/${id}`, 0, 10 * second),
        first + chance.between(`muchLater/${id}`, minute, 10 * minute),
      ]),
  },
  "lost sweeps": {
    share: 6,
    conduct: (usual, chance) => messages(usual, chance, isSweep, 0.15, () => []),
  },
  "sweeps that overlap": {
    share: 4,
    conduct: (usual, chance) =>
      messages(usual, chance, isSweep, 0.5, ([first = 0], id) => [
        first,
        first + chance.between(`overlaps/${id}`, second, 20 * second),
      ]),
  },
  "repeated sweeps": {
    share: 5,
    conduct: (usual, chance) =>
      messages(usual, chance, isSweep, 0.5, ([first = 0], id) => [
        first,
        first + chance.between(`again/${id}`, 0, 2 * second),
      ]),
  },
  "throttled calls": {
    share: 10,
    conduct: (usual, chance) =>
      withCallErrors(usual, ({ action, caller, sequence }) =>
        chance.happens(`throttled/${caller}/${sequence}`, 0.35) ? throttled(action) : undefined,
      ),
  },
  "failing calls": {
    share: 8,
    conduct: (usual, chance) =>
      withCallErrors(usual, ({ caller, sequence }) =>
        chance.happens(`failing/${caller}/${sequence}`, 0.2) ? internalError : undefined,
      ),
  },
  "calls without an answer": {
    share: 5,
    conduct: (usual, chance) =>
      changed(usual, {
        isUnanswered: ({ caller, sequence }) => chance.happens(`unanswered/${caller}/${sequence}`, 0.1),
      }),
  },
  "hanging calls": {
    share: 4,
    conduct: (usual, chance) =>
      changed(usual, {
        isHanging: ({ caller, sequence }) => chance.happens(`hanging/${caller}/${sequence}`, 0.05),
      }),
  },
  "answers lost after their effect": {
    share: 5,
    conduct: (usual, chance) =>
      changed(usual, {
        lostAnswer: ({ caller, sequence }) =>
          chance.happens(`lostAnswer/${caller}/${sequence}`, 0.15) ? internalError : undefined,
      }),
  },
  "few calls of Auto Scaling a second": {
    share: 3,
    conduct: (usual) =>
      changed(usual, {
        serviceRate: (service) => (service === "autoscaling" ? 2 : usual.serviceRate(service)),
      }),
  },
  "few commands a second": {
    share: 4,
    conduct: (usual) =>
      changed(usual, { callRate: (action) => (action === "SendCommand" ? 2 : usual.callRate(action)) }),
  },
  "an outage of SSM": { share: 6, conduct: (usual, chance) => outageOf("ssm", usual, chance, 100) },
  "an outage of Auto Scaling": {
    share: 6,
    conduct: (usual, chance) => outageOf("autoscaling", usual, chance, 100),
  },
  "a long outage of SSM": { share: 0.4, conduct: (usual, chance) => outageOf("ssm", usual, chance, 1500) },
  "a long outage of Auto Scaling": {
    share: 0.4,
    conduct: (usual, chance) => outageOf("autoscaling", usual, chance, 1500),
  },
  "slow calls": {
    share: 6,
    conduct: (usual, chance) =>
      changed(usual, {
        callLatency: ({ caller, sequence }) => chance.between(`slow/${caller}/${sequence}`, 200, 2_500),
      }),
  },
  "slow lists": {
    share: 8,
    conduct: (usual, chance) =>
      changed(usual, { listingLag: (command) => chance.between(`lag/${command}`, second, 25 * second) }),
  },
  "crashing functions": {
    share: 8,
    conduct: (usual, chance) =>
      changed(usual, {
        invocation: (facts) => ({
          ...usual.invocation(facts),
          crashesAfter: chance.happens(`crash/${facts.id}`, 0.3)
            ? chance.between(`crashAt/${facts.id}`, 1, 400)
            : undefined,
        }),
      }),
  },
  "one function at a time": {
    share: 5,
    world: (world) => ({
      ...world,
      functions: world.functions.map((one) => ({ ...one, reservedConcurrency: 1 })),
    }),
  },
  "slow starts of functions": {
    share: 5,
    conduct: (usual, chance) =>
      changed(usual, {
        invocation: (facts) => ({
          ...usual.invocation(facts),
          coldStart: chance.between(`coldStart/${facts.id}`, second, 9 * second),
        }),
      }),
  },
  /** Where scripts' output goes to SSM alone, as by default: with `scriptLogs` no script would start in time. */
  "networks without CloudWatch Logs": {
    share: 5,
    world: withoutScriptLogs,
    conduct: (usual) => changed(usual, { scriptLogs: () => "unreachable" }),
  },
  "script output that CloudWatch Logs refuses": {
    share: 5,
    conduct: (usual) => changed(usual, { scriptLogs: () => "refused" }),
  },
  "failing scripts": { share: 12, conduct: (usual, chance) => failingScripts(usual, chance) },
  "endless scripts": {
    share: 8,
    conduct: (usual, chance) =>
      changed(usual, {
        script: (facts) =>
          chance.happens(`endless/${facts.instance}/${facts.transition}`, 0.5)
            ? {
                takes: 48 * 60 * minute,
                exitCode: 0,
                heedsTerm: chance.happens(`heeds/${facts.instance}`, 0.5),
              }
            : usual.script(facts),
      }),
  },
  "early drains": {
    share: 5,
    conduct: (usual, chance) =>
      changed(usual, { draining: (instance, delay) => chance.between(`drain/${instance}`, 0, delay) }),
  },
  "hooks of others": {
    share: 5,
    world: withOtherHook,
    conduct: (usual, chance) =>
      changed(usual, {
        otherHook: (hook, instance) => ({
          after: chance.between(`other/${hook}/${instance}`, second, 200 * second),
          result: "CONTINUE",
        }),
      }),
  },
  "hooks of others that abandon": {
    share: 0.8,
    world: withOtherHook,
    conduct: (usual, chance) =>
      changed(usual, {
        otherHook: (hook, instance) => ({
          after: chance.between(`other/${hook}/${instance}`, second, 60 * second),
          result: chance.happens(`abandons/${instance}`, 0.6) ? "ABANDON" : "CONTINUE",
        }),
      }),
  },
  "interrupted Spot instances": {
    share: 1.5,
    conduct: (usual, chance) =>
      withInstance(usual, (instance, id) =>
        chance.happens(`spot/${id}`, 0.5)
          ? { ...instance, interruptedAt: chance.between(`interruptedAt/${id}`, 1, 240) * second }
          : instance,
      ),
  },
  ...troubles,
  ...meddling,
} as const satisfies Record<string, Disturbance>;

/** Name of a disturbance. */
export type DisturbanceName = keyof typeof disturbances;

const internalError = { code: "InternalFailure", message: "An internal error has occurred", status: 500 };

/** Codes of errors that come from nothing that the handler does. */
const undeserved: ReadonlySet<string> = new Set([
  throttled("SendCommand").code,
  throttled("CompleteLifecycleAction").code,
  internalError.code,
  outage.code,
  noAnswer,
]);

/** Whether a call failed through nothing that the handler does. */
export function isUndeserved({ error }: { readonly error: string | undefined }): boolean {
  return error !== undefined && undeserved.has(error);
}

/** A service answers nothing for a while, at most so many seconds. */
function outageOf(service: string, usual: Conduct, chance: Chance, longest: number): Conduct {
  const from = chance.between(`outage/${service}/from`, 0, 300) * second;
  const to = from + chance.between(`outage/${service}/length`, longest / 3, longest) * second;
  return withCallErrors(usual, (call) =>
    call.service === service && call.elapsed >= from && call.elapsed < to ? outage : undefined,
  );
}

function withoutScriptLogs(world: World): World {
  const changed = (hook: HookSettings): HookSettings => {
    const { scriptLogGroup: _, ...rest } = decodeInstructions(hook.notificationMetadata) ?? {};
    return "document" in rest ? { ...hook, notificationMetadata: encodeInstructions(rest) } : hook;
  };
  return {
    ...world,
    groups: world.groups.map((group) => ({ ...group, hooks: group.hooks.map(changed) })),
  };
}

function failingScripts(usual: Conduct, chance: Chance): Conduct {
  return changed(usual, {
    script: (facts) => ({
      ...usual.script(facts),
      exitCode: chance.happens(`fails/${facts.instance}/${facts.transition}`, 0.5) ? 3 : 0,
    }),
  });
}
