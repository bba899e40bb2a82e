import type { Context } from 'hono'
import { requireSecretariat } from '../../../base/actor.ts'
import { searchable } from '../../../base/input.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { NotFound } from '../../../base/outcome.ts'
import { TEXT_SCOPES, type TextOwner } from '../../../messages/letter-text.ts'
import { programmeOn } from '../../../schedule/place-queries.ts'
import type { Env } from '../../env.ts'

type Given = (name: string) => string

/** Whose letters an address or a form is about. Throws `NotFound` without one. */
export function ownerIn(given: Given): TextOwner {
  const scope = TEXT_SCOPES.find((one) => searchable(given(one)) !== '')
  if (!scope) throw new NotFound('letter text')
  return { scope, id: searchable(given(scope)) }
}

/** The programme that runs today. Throws `NotFound` if none does, `Forbidden` for others than the secretariat. */
async function thisYear(c: Context<Env>): Promise<TextOwner> {
  const { ctx } = c.var
  requireSecretariat(ctx.actor)
  const programme = await programmeOn(ctx, civilDate(ctx.clock.now()))
  if (!programme) throw new NotFound('programme')
  return { scope: 'programme', id: programme.id }
}

/** Whose letters the address of a page is about. Without any, it is about all letters of this year. */
export async function ownerAsked(c: Context<Env>): Promise<TextOwner> {
  const given: Given = (name) => c.req.query(name) ?? ''
  return TEXT_SCOPES.every((scope) => given(scope) === '') ? thisYear(c) : ownerIn(given)
}
