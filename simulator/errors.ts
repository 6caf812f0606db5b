import type { AwsError } from "./wire";

/** An answer that is an error; the services of the simulator throw it, its server sends it. */
export class ServiceError extends Error implements AwsError {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** Auto Scaling's error for nearly everything. */
export function validationError(message: string): ServiceError {
  return new ServiceError("ValidationError", message);
}

/** Code in the record of a call that was never answered. */
export const noAnswer = "NoAnswer";
