import { Hono } from 'hono'
import * as z from 'zod'
import { texts } from '../../../templates/text/index.ts'
import { type Bytes, encoded } from '../../base/chunks.ts'
import { faultsOf } from '../../base/input.ts'
import { civilDate, isCivilDate } from '../../base/japan/civil.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { NotFound } from '../../base/outcome.ts'
import { fragments } from '../../base/recall.ts'
import { FORMATS, KINDS, SESSION_STATUSES } from '../../base/vocabulary.ts'
import { publicSessionById, sessions } from '../../schedule/queries.ts'
import { askedOf } from '../../schedule/questions.ts'
import type { Session } from '../../schedule/session.ts'
import type { Made, PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { problem } from '../problem.ts'
import { oneSessionShape, sessionShape } from './shapes.ts'

/** The first day of the first programme. Nothing is read before it. */
const FIRST_DAY = '2020-04-01'

const shapeBytes = fragments<Session, Bytes>()

/** The JSON of a list of sessions, of which each is written once. */
function listed(found: readonly Session[], next: string | null, publicUrl: string): Made {
  const body: (string | Bytes)[] = ['{"sessions":[']
  for (const [i, session] of found.entries()) {
    const write = () => encoded(JSON.stringify(sessionShape(session, publicUrl)))
    if (i > 0) body.push(',')
    body.push(shapeBytes(session, publicUrl, write))
  }
  body.push(`],"next":${JSON.stringify(next)}}`)
  return { body, type: 'application/json' }
}

const Day = z.string().refine(isCivilDate, 'choice')

/** A cursor is the key of the last session returned (it begins with a date), in base64url. */
const encode = (key: string) => btoa(key).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const Cursor = z
  .string()
  .regex(/^[\w-]+$/, 'choice')
  .transform((text, check) => {
    try {
      return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    } catch {
      check.addIssue({ code: 'custom', message: 'choice' })
      return z.NEVER
    }
  })
  .pipe(z.string().regex(/^\d{4}-\d\d-\d\d[\x20-\x7e]+$/, 'choice'))

/** The parameters of `GET /sessions`. `status` may list several, separated by commas. */
export const SessionsQuery = z.object({
  from: Day.optional(),
  to: Day.optional(),
  prefecture: z.string().refine(isPrefectureCode, 'choice').optional(),
  kind: z.enum(KINDS, 'choice').optional(),
  format: z.enum(FORMATS, 'choice').optional(),
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(SESSION_STATUSES, 'choice')))
    .optional(),
  desk: z
    .string()
    .max(64, 'long')
    .regex(/^[\w-]*$/, 'choice')
    .optional(),
  limit: z.coerce.number('number').int('number').min(1, 'number').max(500, 'number').default(100),
  cursor: Cursor.optional(),
})

/** Refuses a period that ends before it starts. */
const Ordered = SessionsQuery.refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'choice' })

/** `GET /sessions` and `GET /sessions/:id`. */
export function sessionRoutes(cached: PageCache) {
  const json = (body: unknown) => ({ body: JSON.stringify(body), type: 'application/json' })
  return new Hono<Env>()
    .get('/', async (c) => {
      const { locale } = c.var.ctx
      const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''))
      const query = Ordered.safeParse(given)
      const unknown = Object.keys(c.req.query()).filter(
        (name) => name !== 'lang' && !Object.hasOwn(SessionsQuery.shape, name),
      )
      if (!query.success || unknown.length > 0) {
        const names = [...unknown, ...Object.keys(query.error ? faultsOf(query.error) : {})]
        const { apiQuery } = texts(locale)
        return problem(c, 422, 'invalid', { errors: Object.fromEntries(names.map((name) => [name, apiQuery(name)])) })
      }
      const { limit, cursor, from, ...filter } = query.data
      const parameters = { ...filter, from, limit, cursor, status: filter.status?.toSorted().join() }
      return cached(c, parameters, async () => {
        const { ctx } = c.var
        const asked = from ?? civilDate(ctx.clock.now())
        const range = { ...filter, from: asked < FIRST_DAY ? FIRST_DAY : asked }
        const found = await sessions(ctx, range, { limit, after: cursor ?? null })
        return listed(found.sessions, found.next && encode(found.next), ctx.config.publicUrl)
      })
    })
    .get('/:id', async (c) => {
      return cached(c, {}, async () => {
        const { ctx } = c.var
        const session = await publicSessionById(ctx, c.req.param('id'))
        if (!session) throw new NotFound('session')
        return json(await oneSessionShape(session, await askedOf(ctx, session), ctx.config.publicUrl))
      })
    })
}
