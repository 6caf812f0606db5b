import type { Clock } from "../../handler/clock";

/** A clock that only the handler's own pauses move on. Instants are milliseconds. */
export class PassingTime implements Clock {
  constructor(private at: number) {}
  now(): number {
    return this.at;
  }
  sleep(milliseconds: number): Promise<void> {
    this.at += milliseconds;
    return Promise.resolve();
  }
  within<T>(_: number, promise: Promise<T>): Promise<T> {
    return promise;
  }
}
