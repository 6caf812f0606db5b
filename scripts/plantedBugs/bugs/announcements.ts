import { by, edit, type Bug } from "../bug";

/** Mistakes in telling instances that they were chosen. */
export const announcementBugs: readonly Bug[] = [
  {
    name: "announcement to an instance that launches into the warm pool",
    edits: edit(
      "handler/sweep/announce.ts",
      "if (group.repeats && actionSince === undefined) return [];",
      "",
    ),
    caughtBy: by("handler/announce", "tells an instance on its way into a warm pool only where"),
  },
  {
    name: "announcement that is sent again and again",
    edits: edit("handler/sweep/announce.ts", "return isTold ? [] : [", "return ["),
    caughtBy: by("handler/announce", "sends none to an instance that was sent one"),
  },
  {
    name: "announcement of an earlier action that counts for this one",
    edits: edit("handler/sweep/announce.ts", "requestedAt >= (actionSince ?? -Infinity)", "true"),
    caughtBy: by("handler/announce", "counts only commands of this action"),
  },
  {
    name: "end of an announcement taken for the end of the stop script",
    edits: edit(
      "handler/sweep/cases.ts",
      "if (announce !== undefined && ended?.document === announce.document) return undefined;",
      "",
    ),
    caughtBy: by("promises/announcing", "completes nothing, though somebody sends its document"),
  },
  {
    name: "announcement that joins the run of the stop script",
    edits: edit(
      "components/documents/source.ts",
      'announces ? "graceful-asg-announce" : "graceful-asg"',
      'announces ? "graceful-asg" : "graceful-asg"',
    ),
    caughtBy: by("documents/dash", "neither joins a run of the stop script"),
  },
  {
    name: "failure of an announcement that nobody logs",
    edits: edit("handler/announcementEnded.ts", 'failed: "announceFailed"', "failed: undefined"),
    caughtBy: by("promises/announcing", "changes nothing where it fails or hangs"),
  },
  {
    name: "policy that takes two documents of a hook for none",
    edits: edit("policy/stack/document.ts", "instructionsOf(hook)?.document ?? metadata", "metadata"),
    caughtBy: by("policy/systemd", "knows the stop document though the hook of ours names another"),
  },
];
