// @ts-nocheck
import { describeGuardIn } from "./guard";

describeGuardIn({ name: "busybox", interpreter: "/bin/busybox sh" });
