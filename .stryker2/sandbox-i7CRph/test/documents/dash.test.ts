// @ts-nocheck
import { describeGuardIn } from "./guard";

describeGuardIn({ name: "dash", interpreter: "/bin/dash" });
