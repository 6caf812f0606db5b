import {
  budgetOf,
  decodeInstructions,
  encodeInstructions,
  hooksTag,
  lifecycleTransitions,
  revisionsOf,
  type Instructions,
} from "../../contract";
import { joinWindow } from "../../timing";
import type { Group } from "../autoScaling/model";
import type { Simulator } from "../simulator";
import type { GroupSettings, HookSettings, World } from "../world";
import type { Draw } from "./draw";
import { second } from "./fault";

/** Puts each hook again with another timeout, with its document and the tag, as an update of the stack would. */
export function changeHooks(simulator: Simulator, draw: Draw): void {
  const { clock } = simulator.context;
  for (const group of simulator.autoScaling.groups.values()) {
    const { name } = group.settings;
    clock.after(draw.number(name, 5, [1, 400]) * second, () => {
      for (const hook of group.hooks.values()) {
        const share = draw.pick(`${name}/${hook.name}`, [0.5, 0.3, 1]);
        simulator.autoScaling.putHook(group, changedHook(simulator, hook, share));
      }
      clock.after(draw.number(`${name}/tag`, 1, [0, 5]) * second, () => {
        retag(group);
      });
    });
  }
}

/** The hook with a script timeout that is a share of what it was, and a longer heartbeat timeout. */
function changedHook(simulator: Simulator, hook: HookSettings, share: number): HookSettings {
  const heartbeatTimeout = Math.min(7200, hook.heartbeatTimeout + 60);
  const instructions = decodeInstructions(hook.notificationMetadata);
  const document = simulator.runCommand.documents.get(instructions?.document ?? "");
  if (instructions === undefined || document?.guard === undefined) return { ...hook, heartbeatTimeout };
  const { guard } = document;
  const timeout = Math.max(5, Math.floor(guard.timeout * share));
  const shorter = guard.timeout - timeout;
  const changed: Instructions = {
    ...instructions,
    execution: instructions.execution - shorter,
    heartbeatTimeout,
  };
  const { agentTimeout, deregistrationDelay } = changed;
  const joinFor = joinWindow({ agentTimeout, budget: budgetOf(changed) }, deregistrationDelay);
  simulator.runCommand.documents.set(document.name, {
    ...document,
    totalTimeout: document.totalTimeout - shorter,
    stepTimeout: document.stepTimeout - shorter,
    guard: { ...guard, timeout, joinFor },
  });
  return { ...hook, heartbeatTimeout, notificationMetadata: encodeInstructions(changed) };
}

/** The tags of revisions follow the hooks, as in a deployment: each tag the hooks of its own component. */
function retag(group: Group): void {
  const hooks = [...group.hooks.values()];
  for (const key of Object.keys(group.tags).filter((one) => one.startsWith(hooksTag))) {
    const own = hooks.filter(({ name }) => name.endsWith(ofSecond) === (key === secondTag));
    group.tags = { ...group.tags, [key]: revisionsIn(own) };
  }
}

/** The mark of a second component's hook, and the key of its tag. */
const ofSecond = "-2";
const secondTag = `${hooksTag}:2`;

function revisionsIn(hooks: readonly HookSettings[]): string {
  return revisionsOf(
    hooks.flatMap(({ lifecycleTransition, notificationMetadata: metadata }) =>
      decodeInstructions(metadata) === undefined || metadata === undefined
        ? []
        : [
            {
              transition: lifecycleTransition === lifecycleTransitions.launch ? "launch" : "terminate",
              metadata,
            },
          ],
    ),
  );
}

/** Mistakes that people make in the metadata of a hook. */
const mistakes: readonly Readonly<Record<string, unknown>>[] = [
  { execution: 1e13 },
  { execution: "10" },
  { delivery: -5 },
  { maxWait: null },
  { onFailure: "explode" },
  { document: "AWS-RunShellScript" },
  { agentTimeout: 1e9 },
  { transport: ["sns"] },
];

/** Somebody edits the metadata of one hook, and may correct it later. */
export function editMetadata(simulator: Simulator, draw: Draw): void {
  const { clock } = simulator.context;
  const groups = [...simulator.autoScaling.groups.values()];
  const group = groups[draw.between("group", 0, groups.length - 1)];
  clock.after(draw.between("at", 1, 300) * second, () => {
    const hooks = [...(group?.hooks.values() ?? [])];
    const hook = hooks[draw.between("hook", 0, Math.max(0, hooks.length - 1))];
    if (group === undefined || hook?.notificationMetadata === undefined) return;
    const metadata = JSON.parse(hook.notificationMetadata) as object;
    const mistake = mistakes[draw.between("mistake", 0, mistakes.length - 1)];
    const edited = JSON.stringify({ ...metadata, ...mistake });
    simulator.autoScaling.putHook(group, { ...hook, notificationMetadata: edited });
    if (!draw.strikes("back", 0.5)) return;
    clock.after(draw.between("backAt", 60, 400) * second, () => {
      simulator.autoScaling.putHook(group, hook);
    });
  });
}

/** A second hook of ours for terminations on every group, with a document of its own, as of another component. */
export function withSecondHook(world: World): World {
  const documents = new Map(world.documents);
  const withSecond = (group: GroupSettings): GroupSettings => {
    const first = group.hooks.find(
      ({ lifecycleTransition }) => lifecycleTransition === lifecycleTransitions.terminate,
    );
    const instructions = decodeInstructions(first?.notificationMetadata);
    const content = documents.get(instructions?.document ?? "");
    if (first === undefined || instructions === undefined || content === undefined) return group;
    const document = `${instructions.document}${ofSecond}`;
    documents.set(document, content);
    const notificationMetadata = encodeInstructions({ ...instructions, document });
    const second = { ...first, name: `${first.name}${ofSecond}`, notificationMetadata };
    const tags = { ...group.tags, [secondTag]: revisionsIn([second]) };
    return { ...group, hooks: [...group.hooks, second], tags };
  };
  const groups = world.groups.map(withSecond);
  return { ...world, groups, documents };
}
