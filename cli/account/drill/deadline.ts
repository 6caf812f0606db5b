import { completionRecovery, shutdownAllowance } from "../../../timing";
import { waitEnded, type Course } from "./course";
import { holdEndOf } from "./hold";
import type { Plan } from "./plan";
import type { Subject } from "./subject";

/** What says how long a drill may take. */
interface Watched {
  readonly began: number;
  readonly courses: readonly Course[];
  readonly plan: Plan;
  readonly subject: Subject;
}

/** Until when a drill is watched: for its worst case, or until what follows the hold of an operator should be over. */
export function latestEnd({ began, courses, plan, subject }: Watched): number {
  const holds = courses.flatMap((course) => {
    const hook = subject.hooks[course.transition];
    const end = hook && holdEndOf(course, hook);
    return end === undefined ? [] : Math.min(end.by, waitEnded(course)?.by ?? Infinity);
  });
  const held = Math.max(...holds) + afterHold;
  return Math.max(began + plan.whole * 1000, held) + patience;
}

/** From the end of a hold to the end of the machine at the latest, ms. */
const afterHold = (completionRecovery + shutdownAllowance) * 1000;

/** How much longer than the plan's worst case a drill is watched, ms. */
const patience = 120_000;
