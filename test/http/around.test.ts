import { beforeAll, expect, test } from 'vitest'
import { addDays } from '../../src/base/japan/civil.ts'
import { monthsAround, pagesAround, scheduleSpan } from '../../src/schedule/span.ts'
import { type Page, type Site, site } from './app.ts'
import { signedIn } from './desk/fixtures.ts'

let s: Site
beforeAll(async () => {
  s = await site()
})

/** The pages from one on that each next (or previous) link leads to. Each is there. */
async function followed(path: string, rel: 'prev' | 'next', ask: (path: string) => Promise<Page>): Promise<string[]> {
  const seen: string[] = []
  for (let at: string | undefined = path; at !== undefined; ) {
    const page: Page = await ask(at)
    expect([at, page.status]).toEqual([at, 200])
    expect(seen, 'the links lead in a circle').not.toContain(at)
    seen.push(at)
    expect(seen.length, 'the links never end').toBeLessThan(150)
    at = page.main.querySelector(`a[rel=${rel}]`)?.getAttribute('href') ?? undefined
  }
  return seen
}

const VIEWS: [path: string, console: boolean][] = [
  ['/calendar', false],
  ['/calendar?view=week&week=', false],
  ['/calendar?view=list&month=2026-11', false],
  ['/calendar?view=week&prefecture=08&q=水戸&week=', false],
  ['/desk/schedule', true],
  ['/desk/schedule?view=week&date=', true],
  ['/desk/schedule?view=list', true],
  ['/desk/figures/report', true],
]

test.each(VIEWS)(
  'the links before and after %s lead to pages that are there, until they end',
  async (path, console) => {
    const staff = console ? await signedIn(s, 'secretariat') : null
    const ask = (at: string) => (staff ? staff.page(at) : s.page(at))
    const { first, last } = await scheduleSpan(s.ctx, '2026-11-22')
    // From today it is too many weeks.
    const near = { prev: addDays(first, 30), next: addDays(last, -30) }
    for (const rel of ['prev', 'next'] as const) {
      const seen = await followed(path.endsWith('=') ? path + near[rel] : path, rel, ask)
      expect(seen.length).toBeGreaterThan(path.includes('report') && rel === 'next' ? 0 : 1)
    }
  },
)

test.each(['/calendar?month=', '/calendar?view=week&week='])(
  'pages %s at the ends of what can be shown link to none that is not',
  async (path) => {
    for (const [month, rel] of [
      ['2000-02', 'prev'],
      ['2099-12', 'next'],
    ] as const) {
      const page = await s.page(path + month + (path.includes('week') ? '-01' : ''))
      expect([page.status, page.main.querySelectorAll(`a[rel=${rel}]`).length]).toEqual([200, 0])
    }
  },
)

test('the schedule reaches from the first to the last day of programmes and sessions, in one query', async () => {
  s.reads()
  const span = await scheduleSpan(s.ctx, '2026-11-22')
  expect(s.reads()).toBe(1)
  const ends = await s.column<string>(
    'select min(starts_on) from programme union all select max(ends_on) from programme',
  )
  expect(span.first <= (ends[0] ?? '') && (ends[1] ?? '') <= span.last).toBe(true)
  expect(monthsAround(span, span.first.slice(0, 7)).prev).toBe(null)
  expect(monthsAround(span, span.last.slice(0, 7)).next).toBe(null)
  expect([pagesAround(span, span.first, 7).prev, pagesAround(span, span.last, 7).next]).toEqual([null, null])
})
