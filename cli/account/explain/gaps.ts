import { budgetOf } from "../../../contract";
import type { Account } from "./tell";
import type { Facts } from "./facts";

/** What cannot be known, as sentences. */
export function gapsOf(facts: Facts, accounts: readonly Account[]): string[] {
  return [
    ...facts.gaps,
    ...accounts.flatMap((one) => changedHooks(facts, one)),
    ...silentLog(facts, accounts),
    ...never(facts),
  ];
}

/** The comment of a command has the budget that its hook had when the command was sent. */
function changedHooks({ settings }: Facts, { passage }: Account): string[] {
  const { commands, transition } = passage;
  return (settings?.hooks ?? []).flatMap(({ instructions, name, transition: its }) => {
    if (instructions === undefined || its !== transition) return [];
    const now = budgetOf(instructions);
    const other = commands.find(
      ({ budget, isAnnouncement }) => !isAnnouncement && budget !== undefined && budget !== now,
    );
    return other?.budget === undefined
      ? []
      : [
          `The hook ${name} has changed since: the command had ${other.budget} s, a command has ${now} s now.`,
        ];
  });
}

function silentLog({ handlers, hasLog }: Facts, accounts: readonly Account[]): string[] {
  const isSilent = accounts.some(({ passage }) => passage.commands.length > 0 && passage.log.length === 0);
  return hasLog && isSilent
    ? [
        `The log of ${handlers.join(" and ")} has no line about a transition for which a command was sent: its retention is over.`,
      ]
    : [];
}

/** What no source of AWS has. */
function never({ settings }: Facts): string[] {
  const hooks =
    settings === undefined || settings.hooks.length === 0
      ? []
      : ["The settings of the hooks are the present ones."];
  return [
    ...hooks,
    "No list of AWS tells when a hook fired, whether an event was lost, when the SSM agent came and went, and when the machine shut down.",
  ];
}
