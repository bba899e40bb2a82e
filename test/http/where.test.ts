import { expect, test } from 'vitest'
import { makeShort } from '../../src/planning/short/make-short.ts'
import { texts } from '../../templates/text/index.ts'
import { MITO } from '../world.ts'
import { site } from './app.ts'
import { signedIn } from './desk/fixtures.ts'

test('lists, prints and forms that name the prefecture of a session also say how it is held', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const { id, token } = await s.booked()
  await makeShort(s.system, { scope: 'series', id: 'ibaraki' })
  await s.run("update session set formats = 'online', revision = revision + 1 where series = 'ibaraki'")
  const pages = {
    sheet: await desk.page(`/desk/sessions/${MITO}/sheet`),
    list: await desk.page('/desk/schedule?view=list'),
    month: await desk.page('/desk/schedule'),
    today: await desk.page('/desk'),
    poster: await desk.page('/desk/series/ibaraki/poster'),
    'move at the desk': await desk.page(`/desk/bookings/${id}/move`),
    move: await s.page(`/b/${token}/move`),
    form: await s.page(`/sessions/${MITO}/book`),
    calendar: await s.page('/calendar'),
    week: await s.page('/calendar?view=week&week=2026-11-22'),
  }
  const { online } = texts('ja').format
  for (const [name, { main }] of Object.entries(pages)) {
    const said = main.text.replaceAll(/\s+/g, ' ')
    expect([
      name,
      said.includes(`茨城県 ${online}`) ||
        main.querySelectorAll('.ev-forms').some((one) => one.text === online) ||
        said.includes(texts('ja').formatLong.online),
    ]).toEqual([name, true])
  }
})
