import { by, edit, type Bug } from "../bug";

/** Mistakes in the words that stand for a script, and in scripts that become known later. */
export const wordBugs: readonly Bug[] = [
  {
    name: "unit that systemd killed counts as stopped",
    edits: edit(
      "components/documents/words/systemdUnit.sh",
      "        success) ;;\n",
      "        success | timeout) ;;\n",
    ),
    caughtBy: by(
      "documents/systemdUnit",
      "has failed where systemd killed it at its own TimeoutStopSec, though systemctl stop returns 0",
    ),
  },
  {
    name: "socket left to start its unit again",
    edits: edit(
      "components/documents/words/systemdUnit.sh",
      "systemctl stop --no-ask-password -- $starters $running",
      "systemctl stop --no-ask-password -- $running",
    ),
    caughtBy: by("documents/systemdUnit", "is not started again by its socket, which is stopped with it"),
  },
  {
    name: "container that was killed counts as stopped",
    edits: edit("components/documents/words/container.sh", "    137) say", "    138) say"),
    caughtBy: by(
      "documents/words",
      "has failed where it was killed, and not where it ended with another code",
    ),
  },
  {
    name: "any answer means ready",
    edits: edit("components/documents/words/httpReady.sh", ' && is_right "$code"; then', "; then"),
    caughtBy: by("documents/httpReady", "is no answer of where a redirect leads"),
  },
  {
    name: "value of a user not quoted",
    edits: edit(
      "components/documents/words/word.ts",
      "`'${text.replaceAll(\"'\", \"'\\\\''\")}'`",
      '`"${text}"`',
    ),
    caughtBy: by("documents/words", "keep all that a user gives a text in sh, whatever is in it"),
  },
  {
    name: "script that becomes known later not checked",
    edits: edit(
      "components/checks/script.ts",
      "if (violations.length > 0) throw",
      "if (violations.length > 99) throw",
    ),
    caughtBy: by("components/laterScripts", "is checked as soon as it is known, like a stop script"),
  },
];
