import type { BusyAnswer } from "../../contract";

/** What an instance said last, and when it was asked, ms since 1970. */
export interface Said {
  readonly answer: BusyAnswer;
  readonly askedAt: number;
}

/** What instances have said, by their ids; an instance that has not said anything is not there. */
export type Answers = ReadonlyMap<string, Said>;
