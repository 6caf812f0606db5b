/**
 * Random numbers that are the same for the same seed, whatever else happens: each draw has the name of its subject, so
 * that a fault in one place does not change the draws of another fault.
 */
export class Random {
  constructor(private readonly seed: string) {}

  /** A number from 0 to below 1. */
  draw(about: string): number {
    return hash(`${this.seed}/${about}`) / 2 ** 32;
  }

  /** Whether something of this probability happens. */
  happens(about: string, probability: number): boolean {
    return probability > 0 && this.draw(about) < probability;
  }

  /** A whole number of a range, both ends included. */
  between(about: string, min: number, max: number): number {
    return min + Math.floor(this.draw(about) * (max - min + 1));
  }

  /** One of several choices. */
  pick<T>(about: string, choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.draw(about) * choices.length)] ?? choices[0];
  }

  /** Hexadecimal digits, for identifiers. */
  hex(about: string, length: number): string {
    let digits = "";
    for (let part = 0; digits.length < length; part += 1) {
      digits += hash(`${this.seed}/${about}/${part}`).toString(16).padStart(8, "0");
    }
    return digits.slice(0, length);
  }

  /** An identifier in the form of a UUID. */
  uuid(about: string): string {
    return this.hex(about, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}

/** FNV-1a with a final mix, so that texts that differ in their last digit differ everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
