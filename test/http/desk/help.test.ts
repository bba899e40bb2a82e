import { expect, test } from 'vitest'
import { HELP, helpFor } from '../../../templates/text/desk/help/pages.ts'
import { ofSessionActs } from '../../../templates/text/desk/help/sessions.ts'
import { MITO } from '../../world.ts'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'

/** Addresses that answer with something else than a page of the console, and the manual, which is help itself. */
const NOT_PAGES = [
  '/desk/bookings/places',
  '/desk/feeds/:file{[^/]+\\.ics}',
  '/desk/outbox/:id/html',
  '/desk/manual',
  '/desk/sessions/:id/:act',
  '/desk/texts/files/:id',
  '/desk/texts/sample',
]

/** Pages that only a form leads to. */
const OF_FORMS = [
  '/desk/bookings/ticked',
  '/desk/exports',
  '/desk/sessions/:id/open',
  '/desk/sign-in/code',
  '/desk/suspensions/:id/lift',
  ...Object.keys(ofSessionActs).map((act) => `/desk/sessions/:id/${act}`),
]

test('every page of the console has help, and no help is about a page that does not exist', async () => {
  const s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  const pages = s.app.routes
    .filter(({ path, method }) => method === 'GET' && /^\/desk(\/|$)/.test(path) && !NOT_PAGES.includes(path))
    .map(({ path }) => path.replace(/\/$/, ''))
  expect(Object.keys(HELP).toSorted()).toEqual([...new Set([...pages, ...OF_FORMS])].toSorted())
})

test('the help of an address is that of its route, whatever it is asked for', () => {
  expect(helpFor('ja', '/desk/bookings/new?session=a')).toEqual(HELP['/desk/bookings/new']?.ja)
  expect(helpFor('en', '/desk/bookings/0197a')).toEqual(HELP['/desk/bookings/:id']?.en)
  expect(helpFor('ja', '/desk/')).toEqual(HELP['/desk']?.ja)
  expect(helpFor('ja', '/desk/bookings/0197a/nothing')).toBeNull()
})

test('a page shows its three sentences in the language of the reader, a page that is refused shows none', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  for (const locale of ['ja', 'en'] as const) {
    const { main } = await desk.page(`/desk/sessions/${MITO}/call-off?lang=${locale}`)
    const said = main.querySelectorAll('.guide li').map(({ text }) => text)
    expect(said).toEqual(HELP['/desk/sessions/:id/call-off']?.[locale])
  }
  expect((await desk.page('/desk/people')).main.querySelector('.guide')).toBeNull()
})

test('where a day can be given up, the four ways stand side by side, and the one that is chosen has a mark', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const marked = {
    [`/desk/sessions/${MITO}`]: null,
    [`/desk/sessions/${MITO}/call-off`]: '中止',
    [`/desk/sessions/${MITO}/reschedule`]: '延期',
    [`/desk/sessions/${MITO}/skip`]: '休止',
    '/desk/closures': '休止',
    '/desk/suspensions': '停止',
  }
  for (const [path, here] of Object.entries(marked)) {
    const { main } = await desk.page(path)
    const heads = main.querySelectorAll('.stopping tbody th')
    expect([path, heads.map((head) => head.text.trim().slice(0, 2))]).toEqual([path, ['休止', '中止', '延期', '停止']])
    const chosen = heads.filter((head) => head.text.includes('この画面')).map((head) => head.text.trim().slice(0, 2))
    expect([path, chosen]).toEqual([path, here === null ? [] : [here]])
  }
})

test('a form whose act may take a moment has a sentence for it, and the place where it is said', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const path = `/desk/sessions/${MITO}/call-off`
  const look = await desk.submit(path, [['reason_ja', '大雪のため']])
  const form = look.main.querySelector(`form[action="${path}"]`)
  expect(form?.getAttribute('data-busy')).toBe('処理しています。しばらくお待ちください。')
  expect(form?.querySelectorAll('[role=status]')).toHaveLength(1)
})
