/** A change of one place of a text. */
export interface Mutant {
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

type Mistake = readonly [pattern: RegExp, replacement: string];

/** Comparisons the wrong way round. Those that are off by one differ by one look at a clock, which no test can tell. */
const comparisons: readonly Mistake[] = [
  [/ -eq /g, " -ne "],
  [/ -ne /g, " -eq "],
  [/ -lt /g, " -ge "],
  [/ -le /g, " -gt "],
  [/ -gt /g, " -le "],
  [/ -ge /g, " -lt "],
  [/ = /g, " != "],
  [/ != /g, " = "],
];

/** Conditions the wrong way round, where no comparison says so already. */
const conditions: readonly Mistake[] = [
  [/\b(if|until|while) ! /g, "$1 "],
  [/\b(if|until|while) (?![!:]|read)/g, "$1 ! "],
];

/** What else a mistake would make of a line. */
const others: readonly Mistake[] = [
  [/\] && \[/g, "] || ["],
  [/\] \|\| \[/g, "] && ["],
  [/\bTERM\b/g, "KILL"],
  [/\bKILL\b/g, "TERM"],
  [/\bsetsid "\$@"/g, '"$@"'],
  [/\bumask 0\d\d\b/g, "umask 000"],
  [/ \+ 1\b/g, ""],
  [/ - 1\b/g, ""],
  [/ >> /g, " > "],
];

/** What a mistake would make of the status of a function that somebody looks at. */
const statuses: readonly Mistake[] = [
  [/\breturn 0\b/g, "return 1"],
  [/\breturn 1\b/g, "return 0"],
];

/** Commands without which a text is still a text; each is left out once. */
const dropped =
  /^(?:say|flush|relay|last_words|own_line|end_line|rm|mv|wait|kill|export|sleep|trap|drain|await_sessions|cd|umask|exit|signal_all|signal_below)\b.*[^{(\\]$/;

/** Every change of a part of the guard's text, line by line. */
export function mutantsOf(part: string, whole: string): Mutant[] {
  let name = "";
  return part.split("\n").flatMap((before, line) => {
    name = /^(\w+)\(\) \{/.exec(before)?.[1] ?? name;
    const compared = changes(before, comparisons);
    const changed = [
      ...compared,
      ...(compared.length > 0 ? [] : changes(before, conditions)),
      ...changes(before, others),
      ...(isLookedAt(name, whole) ? changes(before, statuses) : []),
      ...(dropped.test(before) ? [":"] : []),
    ];
    return changed.map((after) => ({ line, before, after }));
  });
}

/** Whether anything depends on the status of a function. */
function isLookedAt(name: string, whole: string): boolean {
  return new RegExp(`(?:\\b(?:if|until|while)|!|&&|\\|\\|) ${name}\\b|^${name}\\b.*(?:&&|\\|\\|)`, "m").test(
    whole,
  );
}

function changes(before: string, mistakes: readonly Mistake[]): string[] {
  return mistakes.flatMap(([pattern, replacement]) =>
    [...before.matchAll(pattern)].map(
      ({ 0: found, index: at }) =>
        before.slice(0, at) +
        found.replace(new RegExp(pattern, ""), replacement) +
        before.slice(at + found.length),
    ),
  );
}

/** A text with a change in it. */
export function apply(text: string, { after, line }: Mutant): string {
  const lines = text.split("\n");
  lines[line] = after;
  return lines.join("\n");
}
