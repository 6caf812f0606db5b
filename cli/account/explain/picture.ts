import { stripVTControlCharacters } from "node:util";
import { drawScene, limitsOf, settingsText, textPage, type Row, type Scene } from "../../picture";
import { ownHookOf, type OwnHook } from "../hooks";
import type { Facts } from "./facts";
import { explanationLines } from "./report";
import type { Account } from "./tell";

/** Draws the passages of an instance as a rehearsal is drawn, each from its own beginning. SVG. */
export function drawExplanation(facts: Facts, accounts: readonly Account[]): string {
  return drawScene(sceneOf(facts, accounts));
}

/** A page with the picture and the account in words. */
export function drawExplanationPage(facts: Facts, accounts: readonly Account[]): string {
  const scene = sceneOf(facts, accounts);
  const lines = explanationLines(facts, accounts).map(stripVTControlCharacters);
  return textPage(scene.title, drawScene(scene), lines);
}

function sceneOf(facts: Facts, accounts: readonly Account[]): Scene {
  const last = accounts.at(-1);
  const hook = last && hookOf(facts, last);
  const settings = settingsText(hook?.instructions, hook);
  return {
    title: `${facts.instance} of ${facts.group ?? "an unknown group"}`,
    subtitle: ["each transition from its own beginning", ...settings].join("; "),
    lanes: [],
    rows: accounts.flatMap((one) => rowOf(facts, one)),
    limits: [],
    note: "",
  };
}

function rowOf(facts: Facts, account: Account): Row[] {
  const { events, passage, way } = account;
  if (way === undefined) return [];
  const hook = hookOf(facts, account);
  const isBound = hook !== undefined && way.waited !== undefined;
  return [
    {
      name: passage.transition === "launch" ? "launch" : "termination",
      way,
      events,
      began: passage.began,
      limits: isBound ? limitsOf(hook, way.waited) : [],
    },
  ];
}

/** The handler's hook as it is now. */
function hookOf({ settings }: Facts, { passage }: Account): OwnHook | undefined {
  return settings && ownHookOf(settings.hooks, passage.transition);
}
