import type { Context } from 'hono'
import type { ExpertView } from '../../../../templates/desk/experts/parts.tsx'
import { requireExpert } from '../../../base/actor.ts'
import { NotFound } from '../../../base/outcome.ts'
import type { Expert } from '../../../experts/expert.ts'
import { expertById } from '../../../experts/queries.ts'
import type { Env } from '../../env.ts'
import { deskView } from '../view.ts'

/** The expert of the address, for the expert and the secretariat. Throws `NotFound`, `Forbidden`. */
export async function askedExpert(c: Context<Env>): Promise<Expert> {
  const id = c.req.param('id') ?? ''
  requireExpert(c.var.ctx.actor, id)
  const expert = await expertById(c.var.ctx, id)
  if (!expert) throw new NotFound('expert')
  return expert
}

/** The data of every page of an expert. */
export function expertView(c: Context<Env>, expert: Expert): ExpertView {
  return {
    ...deskView(c),
    expert,
    isOwn: c.var.pass.account.id === expert.id,
    done: c.req.method === 'GET' ? c.req.query('done') : undefined,
  }
}
