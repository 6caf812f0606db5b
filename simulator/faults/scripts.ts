import { decodeInstructions, encodeInstructions } from "../../contract";
import { changed } from "../changes";
import type { Behaviour, ScriptBehaviour } from "../behaviour";
import type { HookSettings, World } from "../world";
import type { Draw } from "./draw";
import { forever, type Fault } from "./fault";

/** Faults of scripts and their output. */
export const scripts = {
  "no-logs-endpoint": {
    simulates: "the instances cannot reach CloudWatch Logs, as in a private subnet without its endpoint",
    share: 5,
    // With `scriptLogs` no script would start in time, which a rehearsal shows and no promise covers.
    world: (world, { mode }) => (mode === "chaos" ? withoutScriptLogs(world) : world),
    behaviour: (usual) => changed(usual, { scriptLogs: () => "unreachable" }),
  },
  "refused-script-logs": {
    simulates:
      "CloudWatch Logs refuses the output of the scripts, as the role of the instances lacks a permission",
    share: 5,
    behaviour: (usual) => changed(usual, { scriptLogs: () => "refused" }),
  },
  "script-fails": {
    simulates: "the script ends with exit code 1",
    share: 12,
    behaviour: (usual, draw) => withScript(usual, draw, { exitCode: 1 }),
  },
  "script-overruns": {
    simulates: "the script takes longer than it may, and ends when it is asked to",
    share: 4,
    behaviour: (usual, draw) => withScript(usual, draw, { takes: forever, heedsTerm: true }),
  },
  "script-hangs": {
    simulates: "the script takes longer than it may, and does not listen",
    share: 4,
    behaviour: (usual, draw) => withScript(usual, draw, { takes: forever, heedsTerm: false }),
  },
} as const satisfies Record<string, Fault>;

/** Changes what the scripts of some instances do. */
function withScript(usual: Behaviour, draw: Draw, changes: Partial<ScriptBehaviour>): Behaviour {
  return changed(usual, {
    script: (facts) => {
      const how = usual.script(facts);
      return draw.strikes(`${facts.instance}/${facts.transition}`, 0.5) ? { ...how, ...changes } : how;
    },
    announceScript: (facts) => {
      const how = usual.announceScript(facts);
      return draw.strikes(`${facts.instance}/announce`, 0.5) ? { ...how, ...changes } : how;
    },
  });
}

function withoutScriptLogs(world: World): World {
  const without = (hook: HookSettings): HookSettings => {
    const { scriptLogGroup: _, ...rest } = decodeInstructions(hook.notificationMetadata) ?? {};
    return "document" in rest ? { ...hook, notificationMetadata: encodeInstructions(rest) } : hook;
  };
  return {
    ...world,
    groups: world.groups.map((group) => ({ ...group, hooks: group.hooks.map(without) })),
  };
}
