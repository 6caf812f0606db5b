import type { IllegalCall } from "./illegalCall";

/** Calls of EventBridge that AWS refuses. */
export const eventsCalls = {
  "more events than PutEvents takes": {
    service: "events",
    action: "PutEvents",
    input: {
      Entries: Array.from({ length: 11 }, () => ({ Source: "mine", DetailType: "Said", Detail: "{}" })),
    },
    code: "ValidationException",
  },
} as const satisfies Record<string, IllegalCall>;
