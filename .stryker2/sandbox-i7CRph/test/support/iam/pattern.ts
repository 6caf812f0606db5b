/** A part of a pattern or of an ARN's format: one character, any text, any character, or the value of a variable. */
// @ts-nocheck

type Token =
  { readonly kind: "character"; readonly value: string } | { readonly kind: "any" | "one" | "name" };

/**
 * Whether a pattern of a policy can match an ARN of a format, as in `arn:${Partition}:sqs:${Region}:${Account}:${Name}`.
 * The value of a variable has one character or more, and no colon.
 */
export function fits(pattern: string, format: string): boolean {
  return meet(ofPattern(pattern), ofFormat(format));
}

function ofPattern(pattern: string): Token[] {
  return Array.from(pattern, (value) =>
    value === "*" ? { kind: "any" } : value === "?" ? { kind: "one" } : { kind: "character", value },
  );
}

function ofFormat(format: string): Token[] {
  return format
    .split(/(\$\{\w+\})/)
    .flatMap((part): Token[] =>
      part.startsWith("${")
        ? [{ kind: "name" }]
        : Array.from(part, (value): Token => ({ kind: "character", value })),
    );
}

/** Whether there is a text that both a pattern and a format take. */
function meet(pattern: readonly Token[], format: readonly Token[]): boolean {
  const known = new Map<string, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = `${i},${j}`;
    const found = known.get(key) ?? step(pattern[i], format[j], i, j);
    known.set(key, found);
    return found;
  };
  const step = (one: Token | undefined, other: Token | undefined, i: number, j: number): boolean => {
    if (one === undefined) return other === undefined;
    if (one.kind === "any") return from(i + 1, j) || (other !== undefined && from(i, j + 1));
    if (other === undefined) return false;
    if (other.kind === "name") return !isColon(one) && (from(i + 1, j) || from(i + 1, j + 1));
    return (one.kind === "one" || isSame(one, other)) && from(i + 1, j + 1);
  };
  return from(0, 0);
}

function isColon(token: Token): boolean {
  return token.kind === "character" && token.value === ":";
}

function isSame(one: Token, other: Token): boolean {
  return one.kind === "character" && other.kind === "character" && one.value === other.value;
}
