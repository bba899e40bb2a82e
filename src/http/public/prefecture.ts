import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { page } from '../../../templates/layout.tsx'
import { PrefecturePage } from '../../../templates/public/prefecture.tsx'
import { PREFECTURES } from '../../base/japan/prefecture.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { known, requireKnown } from '../filter.ts'
import { formValues, oneOf } from '../forms.ts'

const CODES = PREFECTURES.map(({ code }) => code)
const NAME = 'prefecture'
/** Browsers send the cookie to these pages alone. So no answer that is kept for many can depend on it. */
const PATH = '/prefecture'
const YEAR = 365 * 24 * 60 * 60

/** The prefecture that this browser remembers, undefined if there is none. */
function rememberedIn(c: Context<Env>): string | undefined {
  const given = getCookie(c, NAME)
  return CODES.find((code) => code === given)
}

/** How the cookie is set and deleted. */
function cookie(c: Context<Env>) {
  const secure = c.var.ctx.config.publicUrl.startsWith('https:')
  return { path: PATH, sameSite: 'Lax', httpOnly: true, secure } as const
}

/**
 * `/prefecture`: the prefecture that this browser remembers, to choose and to forget. `/prefecture/dates` leads to its
 * dates, or to the choice. Nothing keeps these answers.
 */
export const prefectureRoutes = new Hono<Env>()
  .get('/', (c) => {
    requireKnown(c)
    c.header('Cache-Control', 'no-store')
    return c.html(page(PrefecturePage({ frame: c.var.frame, chosen: rememberedIn(c) })))
  })
  .get('/dates', (c) => {
    requireKnown(c)
    const code = rememberedIn(c)
    c.header('Cache-Control', 'no-store')
    const path = code === undefined ? PATH : `/calendar?prefecture=${code}`
    return c.redirect(`${c.var.ctx.config.publicUrl}${path}`, 302)
  })
  .post('/', async (c) => {
    const code = known(CODES, oneOf(await formValues(c), NAME))
    c.header('Cache-Control', 'no-store')
    if (code === undefined) {
      const view = { frame: c.var.frame, chosen: rememberedIn(c), errors: { prefecture: 'unchosen' } } as const
      return c.html(page(PrefecturePage(view)), 422)
    }
    setCookie(c, NAME, code, { ...cookie(c), maxAge: YEAR })
    return seeOther(c, PATH)
  })
  .post('/forget', (c) => {
    deleteCookie(c, NAME, cookie(c))
    c.header('Cache-Control', 'no-store')
    return seeOther(c, PATH)
  })
