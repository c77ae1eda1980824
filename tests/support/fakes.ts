import type { Clock, Ids, Logger } from '../../electron/ports.ts'

/** A clock that moves only when told to. */
export class FakeClock implements Clock {
  #nowMs: number
  constructor(iso: string) {
    this.#nowMs = Date.parse(iso)
  }
  now(): number {
    return this.#nowMs
  }
  advance(ms: number): void {
    this.#nowMs += ms
  }
  set(iso: string): void {
    this.#nowMs = Date.parse(iso)
  }
}

/** Ids in a fixed order: the same test gives the same rows. */
export class FakeIds implements Ids {
  #count = 0
  uuidv7(): string {
    this.#count += 1
    return `01900000-0000-7000-8000-${this.#count.toString(16).padStart(12, '0')}`
  }
  token(): string {
    this.#count += 1
    return `token-${this.#count}`
  }
}

/** Keeps every line, so that a test can search the log for what must not be in it. */
export class MemoryLogger implements Logger {
  readonly lines: string[] = []
  info(event: string, fields = {}): void {
    this.lines.push(JSON.stringify({ level: 'info', event, ...fields }))
  }
  warn(event: string, fields = {}): void {
    this.lines.push(JSON.stringify({ level: 'warn', event, ...fields }))
  }
  error(event: string, fields = {}): void {
    this.lines.push(JSON.stringify({ level: 'error', event, ...fields }))
  }
}
