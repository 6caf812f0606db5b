import { by, edit, type Bug } from "../bug";

/** Mistakes of the commands on an account. */
export const accountBugs: readonly Bug[] = [
  {
    name: "silent agents counted as online",
    edits: edit(
      "cli/account/check/findings/instances.ts",
      'agents.value.get(id) !== "Online"',
      'agents.value.get(id) === "Inactive"',
    ),
    caughtBy: by("account/check", "shows a dead agent as people read it, and fails"),
  },
  {
    name: "denied reads not told",
    edits: edit("cli/account/check/read/reads.ts", "notChecked.add(", "notChecked.delete("),
    caughtBy: by("account/check", "works, and says which permission is missing: a group of ours"),
  },
  {
    name: "topic policies not read",
    edits: edit(
      "cli/account/check/findings/notifications.ts",
      "policy !== undefined && isDenied(policy, arn, role)",
      "policy === undefined && isDenied(arn, arn, role)",
    ),
    caughtBy: by("account/checkAccount", "finds a topic that denies the hook's role"),
  },
  {
    name: "rules of programs asked of an account",
    edits: edit("policy/onAccount.ts", "rules.filter(({ onAccount }) => onAccount).flatMap", "rules.flatMap"),
    caughtBy: by("policy/onAccount", "leave out the rules that ask for what only a program says"),
  },
];
