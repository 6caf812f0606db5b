import type { TestBed } from "../support/testBed";

/** Statuses of commands, in their order. */
export function statusesOf(bed: TestBed): string[] {
  return bed.of("command").map(({ status }) => status);
}

/** What became of scripts, with the codes that they ended with. */
export function scriptsOf(bed: TestBed): string[] {
  return bed.of("script").map(({ code, phase }) => (code === undefined ? phase : `${phase} ${code}`));
}
