// @ts-nocheck
import type { Clock } from "../../handler/context";

/** A clock that nothing moves on but the handler's own pauses. Instants are milliseconds. */
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
