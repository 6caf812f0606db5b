/** A change of one place of a text. */
export interface Mutant {
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** What a mistake would make of a line: a pattern, and what comes in its place. */
const mistakes: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/ -eq /g, " -ne "],
  [/ -ne /g, " -eq "],
  [/ -lt /g, " -le "],
  [/ -le /g, " -lt "],
  [/ -gt /g, " -ge "],
  [/ -ge /g, " -gt "],
  [/ = /g, " != "],
  [/ != /g, " = "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/\bif ! /g, "if "],
  [/\bif (?!!)/g, "if ! "],
  [/\bTERM\b/g, "KILL"],
  [/\bKILL\b/g, "TERM"],
  [/\bsetsid "\$@"/g, '"$@"'],
  [/\bumask 0\d\d\b/g, "umask 000"],
  [/\breturn 0\b/g, "return 1"],
  [/\breturn 1\b/g, "return 0"],
  [/ \+ 1\b/g, ""],
  [/ - 1\b/g, ""],
  [/ >> /g, " > "],
];

/** Commands without which a text is still a text; each is left out once. */
const dropped =
  /^ *(?:say|flush|relay|last_words|own_line|end_line|nap|rm|mv|wait|kill|export|sleep|trap|drain|await_sessions|cd|umask|exit|uptime|signal_all|signal_below)\b.*$/;

/** Every change of a text of the guard, line by line; comments are left alone. */
export function mutantsOf(text: string): Mutant[] {
  return text.split("\n").flatMap((before, index) => {
    if (/^ *(?:#|$)/.test(before)) return [];
    const changed = mistakes.flatMap(([pattern, replacement]) =>
      [...before.matchAll(pattern)].map(
        ({ 0: found, index: at }) => before.slice(0, at) + replacement + before.slice(at + found.length),
      ),
    );
    if (dropped.test(before) && !/[{(\\]$/.test(before)) changed.push(":");
    return changed.map((after) => ({ line: index, before, after }));
  });
}

/** A text with a change in it. */
export function apply(text: string, { after, line }: Mutant): string {
  const lines = text.split("\n");
  lines[line] = after;
  return lines.join("\n");
}
