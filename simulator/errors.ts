import type { AwsError } from "./wire";

/** An answer that is an error; thrown by the services of the simulator, sent by its server. */
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

/** Stands for the error of a call that was never answered. */
export const noAnswer = "NoAnswer";
