/** The outcome of an act: done, or refused for a typed reason. */
export type Ok<T> = { ok: true } & T
export type Refused<Why extends string, More = unknown> = { ok: false; why: Why } & More

export function ok<T extends object>(value: T): Ok<T> {
  return { ok: true, ...value }
}

export function refused<Why extends string>(why: Why): Refused<Why>
export function refused<Why extends string, More extends object>(why: Why, more: More): Refused<Why, More>
export function refused<Why extends string>(why: Why, more: object = {}) {
  return { ok: false as const, why, ...more }
}

/** Thrown if the requested row does not exist. Routes answer 404. */
export class NotFound extends Error {
  override name = 'NotFound'
}
