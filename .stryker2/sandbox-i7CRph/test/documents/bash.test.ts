// @ts-nocheck
import { describeGuardIn } from "./guard";

describeGuardIn({ name: "bash", interpreter: "/bin/bash" });
