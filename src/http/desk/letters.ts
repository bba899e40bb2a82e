import { type Context, Hono } from 'hono'
import { LetterPage, LettersPage } from '../../../templates/desk/letters.tsx'
import { page } from '../../../templates/layout.tsx'
import { NotFound } from '../../base/outcome.ts'
import { letterById, letters } from '../../mail/queries.ts'
import { write } from '../../mail/write.ts'
import type { Env } from '../env.ts'

async function written(c: Context<Env>) {
  const { ctx } = c.var
  const row = await letterById(ctx, c.req.param('id') ?? '')
  const letter = row && (await write(ctx, row))
  if (!letter) throw new NotFound('letter')
  return letter
}

/** `/desk/letters`, in development only: whoever can open it reads everybody's letters. */
export const letterDoors = new Hono<Env>()
  .use(async (c, next) => {
    if (c.var.ctx.config.environment === 'production') throw new NotFound('page')
    c.header('Cache-Control', 'no-store')
    await next()
  })
  .get('/', async (c) => c.html(page(LettersPage({ frame: c.var.frame, letters: await letters(c.var.ctx, 200) }))))
  .get('/:id', async (c) => {
    const letter = await written(c)
    const { subject, text, from, to, calendar } = letter
    const html = `/desk/letters/${c.req.param('id')}/html`
    const address = (one: typeof to) => (one.name === '' ? one.address : `${one.name} <${one.address}>`)
    const view = { subject, text, html, from: address(from), to: address(to), calendar: calendar?.content ?? null }
    return c.html(page(LetterPage({ frame: c.var.frame, ...view })))
  })
  .get('/:id/html', async (c) => c.html((await written(c)).html))
