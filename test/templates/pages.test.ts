import { describe, expect, it } from 'vitest'
import { LOCALES } from '../../src/base/locale.ts'
import { NO_EXTRAS, NOTHING_ASKED } from '../../src/base/questions.ts'
import { SESSION_STATUSES } from '../../src/base/vocabulary.ts'
import { page } from '../../templates/layout.tsx'
import { ConfirmPage } from '../../templates/public/book/confirm.tsx'
import { BookForm } from '../../templates/public/book/form.tsx'
import { DonePage } from '../../templates/public/booking/done.tsx'
import { Queue } from '../../templates/public/booking/facts.tsx'
import { ManagePage } from '../../templates/public/booking/manage.tsx'
import { SessionPage } from '../../templates/public/session.tsx'
import { SubscribePage } from '../../templates/public/subscribe.tsx'
import { texts } from '../../templates/text/index.ts'
import { momentText } from '../../templates/text/when.ts'
import * as f from './fixtures.ts'
import { pages } from './pages.ts'

/** Markup without the marks of what stays on one line. */
const joined = (html: string) => html.replaceAll(/<span class="nowrap">([^<]*)<\/span>/g, '$1')

/** Every opening tag of a page with its attributes, so that text between tags cannot be taken for one. */
function tags(html: string): string[] {
  return [...html.matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag)
}

function ids(html: string): string[] {
  return [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id)
}

function links(html: string): string[] {
  return [...html.matchAll(/\shref="([^"]*)"/g)].map(([, to = '']) => to)
}

/** Every id that a link, label or description names. */
function named(html: string): string[] {
  return [
    ...links(html).flatMap((to) => (to.startsWith('#') ? [to.slice(1)] : [])),
    ...[...html.matchAll(/\s(?:for|aria-labelledby)="([^"]+)"/g)].map(([, id = '']) => id),
    ...[...html.matchAll(/\saria-describedby="([^"]+)"/g)].flatMap(([, list = '']) => list.split(' ')),
  ]
}

it.each(LOCALES)('a lottery says that it takes entries, never how many places are left (%s)', (locale) => {
  const t = texts(locale)
  const lot = f.session({ acceptance: 'lottery', status: 'open', remaining: 3 })
  const html = page(SessionPage({ frame: f.frame(locale), session: lot, nearest: [lot] }))
  expect(html).toContain(t.entriesOpen)
  expect([t.left(3), t.left(1), t.free, t.status.open].filter((word) => html.includes(`>${word}<`))).toEqual([])
})

it.each(LOCALES)('a lottery and its entries name the deadline of entries, and no time of the draw (%s)', (locale) => {
  const lot = f.session({ acceptance: 'lottery', status: 'open', draw: null, closes_at: '2026-11-25T06:00:00.000Z' })
  const { entriesUntil, entriesClosed } = texts(locale).wait
  const at = momentText(locale, '2026-11-25T06:00:00.000Z')
  const entry = f.booking({ status: 'waiting', session: lot })
  const entered = (now: string) => {
    const part = Queue({ frame: { ...f.frame(locale), now }, booking: entry })
    return part === null ? '' : page(part)
  }
  const early = { ...f.frame(locale), now: '2026-11-25T05:59:00.000Z' }
  const shown = (session: typeof lot) => joined(page(SessionPage({ frame: early, session, nearest: [] })))
  expect(shown(lot)).toContain(entriesUntil(at))
  // If all times close together, the facts of the session have it, and it is not said twice.
  const together = lot.slots.map((slot) => ({ ...slot, closes_at: lot.closes_at ?? '' }))
  expect(shown({ ...lot, slots: together }).split(at)).toHaveLength(2)
  expect(entered('2026-11-25T05:59:00.000Z')).toContain(entriesUntil(at))
  expect(entered('2026-11-25T06:00:00.000Z')).toContain(entriesClosed(at))
})

const all = LOCALES.flatMap((locale) =>
  Object.entries(pages(locale)).map(([name, html]) => ({ name: `${name} (${locale})`, locale, html })),
)

/** The names of the pages for which something holds, so that a failure names them. */
function pagesWhere(holds: (one: (typeof all)[number]) => boolean): string[] {
  return all.filter(holds).map(({ name }) => name)
}

describe('every page', () => {
  it('is a whole document in its language', () => {
    expect(pagesWhere(({ html, locale }) => !html.startsWith(`<!doctype html><html lang="${locale}">`))).toEqual([])
  })

  it('has one h1', () => {
    expect(pagesWhere(({ html }) => html.match(/<h1[ >]/g)?.length !== 1)).toEqual([])
  })

  it('has a title of its own', () => {
    const titled = ({ html, locale }: (typeof all)[number]) =>
      new RegExp(`<title>[^<]+ \\| ${texts(locale).site}</title>`).test(html)
    expect(pagesWhere((one) => !titled(one))).toEqual([])
  })

  it('keeps to a strict content security policy', () => {
    const bare = (tag: string) => tag.replaceAll(/="[^"]*"/g, '=')
    expect(pagesWhere(({ html }) => tags(html).some((tag) => /\s(?:style|on[a-z]+)=/.test(bare(tag))))).toEqual([])
    expect(pagesWhere(({ html }) => /<script(?![^>]* src="\/assets\/)|<style/.test(html))).toEqual([])
    expect(pagesWhere(({ html }) => /(?:href|action)="javascript:/.test(html))).toEqual([])
  })

  it('uses no id twice, and leads only to ids that exist', () => {
    expect(pagesWhere(({ html }) => new Set(ids(html)).size !== ids(html).length)).toEqual([])
    expect(pagesWhere(({ html }) => named(html).some((id) => !ids(html).includes(id)))).toEqual([])
  })

  it('says nothing undefined', () => {
    expect(pagesWhere(({ html }) => /undefined|NaN|\[object|null</.test(html))).toEqual([])
  })

  it('offers the same page in the other language, and takes along what was typed', () => {
    const ja = pages('ja')
    expect(ja.home).toContain('href="/?lang=en" lang="en" hreflang="en"')
    expect(pages('en').home).toContain('href="/?lang=ja" lang="ja" hreflang="ja"')
    for (const [name, form] of [
      ['confirm', 'edit'],
      ['book-errors', 'form'],
      ['book', 'form'],
    ] as const) {
      expect(ja[name]).not.toContain('hreflang')
      expect(ja[name]).toContain(`form="${form}" formaction="`)
    }
  })

  it('does not pose as a government site', () => {
    expect(pages('ja').home).toContain('官公庁のサイトではありません')
    expect(pages('en').home).toContain('not a website of the Ministry')
  })
})

describe('a form with mistakes', () => {
  const { 'book-errors': html = '' } = pages('ja')

  it('lists them on top in the order of the fields, each a link to its field', () => {
    const [, summary = ''] = /role="alert"[^>]*>(.*?)<\/div>/s.exec(html) ?? []
    expect(links(summary)).toEqual([
      '#slot',
      '#format',
      '#seats',
      '#name_kana',
      '#email',
      '#phone',
      '#industry',
      '#corporate_number',
      '#topics',
      '#consent',
      '#form',
    ])
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/)
  })

  it('says each again at its field, tied to it', () => {
    expect(html).toMatch(/id="name_kana"[^>]*aria-describedby="name_kana-help name_kana-error" aria-invalid="true"/)
    expect(html).toContain('id="name_kana-error"')
    expect(html).toContain('フリガナを入力してください')
  })

  it('says so in the title first', () => {
    expect(html).toContain('<title>入力エラー: お申し込み')
  })
})

describe('the booking form', () => {
  const none = { asked: NOTHING_ASKED, errors: {}, refusal: null, nearest: [] }
  const form = (over: Partial<Parameters<typeof BookForm>[0]> = {}) =>
    page(BookForm({ frame: f.frame('ja'), session: f.session(), values: {}, ...none, ...over }))

  it('says 必須 or 任意 in words at every field and leaves consent unticked', () => {
    const html = form()
    expect(html.match(/class="need">必須</g)).toHaveLength(10)
    expect(html.match(/class="opt">任意</g)).toHaveLength(7)
    expect(html).toMatch(/id="consent" type="checkbox" name="consent" value="true" required=""\/>/)
  })

  it('shows full times, but they cannot be chosen', () => {
    expect(form()).toMatch(/value="slot-1000" disabled=""/)
    expect(form({ values: { slot: 'slot-1000' } })).not.toContain('checked')
    expect(form({ values: { slot: 'slot-1100' } })).toMatch(/value="slot-1100" checked=""/)
  })

  it('does not let a time be chosen whose deadline has passed', () => {
    const past = f.slot('2026-11-27', '11:00', '11:50', { closes_at: f.NOW })
    expect(form({ session: f.session({ slots: [past] }) })).toMatch(/value="slot-1100" disabled=""/)
  })

  it('asks for the format and the number of people only where there is a choice', () => {
    const single = f.session({ formats: ['online'], capacity: 1 })
    expect(form({ session: single })).toContain('<input type="hidden" name="format" value="online"/>')
    expect(form({ session: single })).toContain('<input type="hidden" name="seats" value="1"/>')
    const odd = form({ session: single, errors: { format: 'choice', seats: 'seats' } })
    expect(odd).toContain('id="format"')
    expect(odd).toContain('id="seats"')
  })

  it('proposes the prefecture of the session until another is chosen', () => {
    expect(form()).toContain('<option value="08" selected="">')
    expect(form({ values: { prefecture: '13' } })).toContain('<option value="13" selected="">')
    expect(form({ values: { prefecture: '' } })).not.toContain('selected')
  })

  it('escapes all that was typed', () => {
    const hostile = Object.fromEntries(Object.keys(f.values).map((name) => [name, `"'>${f.HOSTILE}`]))
    const typed = { ...hostile, topics: [f.HOSTILE] }
    const nearest = [f.online]
    const confirm = {
      frame: f.frame('ja'),
      session: f.session(),
      slot: null,
      waits: false,
      values: typed,
      asked: NOTHING_ASKED,
      extras: NO_EXTRAS,
      idempotencyKey: f.HOSTILE,
      ...f.asShown,
      after: '/',
    }
    for (const html of [
      form({ values: typed, refusal: 'changed', nearest }),
      form({ values: typed, refusal: 'full', nearest, session: f.full }),
      page(ConfirmPage(confirm)),
    ]) {
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script>')
      expect(html).not.toContain(`"'>`)
    }
  })

  it('takes what was typed along to another session, but not the time', () => {
    const html = form({ session: f.full, values: f.values, refusal: 'full', nearest: [f.online] })
    const [, other = ''] = /<form method="post" action="\/sessions\/05hokkaido\/book">(.*?)<\/form>/s.exec(html) ?? []
    expect(other).toContain('name="step" value="edit"')
    expect(other).toContain('name="company" value="有限会社 水戸納豆"')
    expect(other.match(/name="topics"/g)).toHaveLength(2)
    expect(other).not.toContain('name="slot"')
    expect(html).not.toContain('id="form"')
  })

  it('keeps the form after a refusal while the session has room', () => {
    expect(form({ values: f.values, refusal: 'full', nearest: [f.online] })).toContain('id="form"')
    expect(form({ values: f.values, refusal: 'twice' })).not.toContain('id="form"')
  })
})

describe('the confirm page', () => {
  const { confirm = '' } = pages('ja')

  it('says that nothing is booked yet, and offers to book or to go back', () => {
    expect(confirm).toContain('確認')
    expect(confirm).toContain('まだ予約は完了していません')
    expect(confirm.match(/name="idempotency_key"/g)).toHaveLength(1)
    expect(confirm).toContain('name="step" value="book"')
    expect(confirm).toContain('name="step" value="edit"')
    expect(confirm.match(/name="message" value="パソコンを家に持ち帰ってよいか\n教えてください。"/g)).toHaveLength(2)
    expect(confirm.match(/class="btn wide"/g)).toHaveLength(1)
  })
})

describe('the page of a session', () => {
  const show = (session = f.session(), locale: 'ja' | 'en' = 'ja') =>
    joined(page(SessionPage({ frame: f.frame(locale), session, nearest: [] })))

  it('carries a word with every mark, whatever the status', () => {
    const wordless = LOCALES.flatMap((locale) =>
      SESSION_STATUSES.filter((status) => {
        const html = show(f.session({ status, remaining: status === 'full' ? 0 : 3 }), locale)
        return !/<span class="mark-word">(?:<span aria-hidden="true">. <\/span>)?[^<]{2,}/.test(html)
      }),
    )
    expect(wordless).toEqual([])
  })

  it('never links a damaged address', () => {
    for (const locale of LOCALES) {
      const html = show(f.toyota, locale)
      expect(html).toContain(f.DAMAGED)
      expect(links(html).some((to) => to.includes('city.toyota'))).toBe(false)
      expect(html).toContain('href="tel:+81565346774"')
    }
  })

  it('links an address of the web, and no other', () => {
    const apply = { kind: 'elsewhere', name: 'x', phone: null, url: 'javascript:alert(1)', url_printed: null } as const
    expect(links(show(f.session({ status: 'elsewhere', apply }))).join(' ')).not.toContain('javascript')
    const url = 'https://example.jp/apply'
    expect(links(show(f.session({ status: 'elsewhere', apply: { ...apply, url } })))).toContain(url)
  })

  it('shows the printed text, and flags a weekday that does not fit the date', () => {
    const html = show(f.saitama)
    expect(html).toContain('R3年 1月14日（火）時間未定 埼玉県')
    expect(html).toContain('公表資料の曜日は「火」ですが、暦ではこの日は「木」です')
    expect(show(f.session({ printed: 'x', printed_weekday: '金' }))).not.toContain('公表資料の曜日は')
  })

  it('has one filled button to book, and none where nothing can be booked', () => {
    expect(show().match(/class="btn wide"/g)).toHaveLength(1)
    const bookable = f.sessions.filter((session) => show(session).includes(`action="/sessions/${session.id}/book"`))
    expect(new Set(bookable.map((session) => session.status))).toEqual(new Set(['open', 'few']))
  })

  it('gives the year of the era beside the date in Japanese', () => {
    expect(show()).toContain('2026年11月27日(金)')
    expect(show()).toContain('令和8年')
    expect(show(f.session(), 'en')).not.toContain('令和')
  })

  it('says when cancelling ends: at the start of the slot, hours before, or one moment for all', () => {
    expect(show()).toContain('ご予約の開始時刻まで')
    const early = f.session().slots.map((slot) => {
      return { ...slot, cancels_at: new Date(Date.parse(slot.starts_at) - 86_400_000).toISOString() }
    })
    expect(show(f.session({ slots: early }))).toContain('ご予約の開始時刻の24時間前まで')
    expect(show(f.seminar)).toContain('11月27日(金) 15:00')
  })
})

describe('the calendar', () => {
  const ja = pages('ja')

  it('names weekdays, holidays and today in words', () => {
    expect(ja.month).toContain('<th scope="col" class="d0"><abbr title="日曜日">日</abbr></th>')
    expect(ja.month).toContain('勤労感謝の日')
    expect(ja.month).toMatch(/aria-current="date"[^>]*>.{0,200}今日/s)
  })

  it('lists what is ahead under each month, and leads to the page that follows and to the first', () => {
    const html = ja.ahead ?? ''
    expect(html).toContain('これからの日程')
    expect(html.match(/<h2 id="m-\d{4}-\d\d">/g)?.length).toBeGreaterThan(1)
    expect(html).toContain('href="/calendar?view=list&amp;prefecture=08&amp;after=2026-12-04"')
    expect(html).toContain('href="/calendar?view=list&amp;prefecture=08"')
    expect(ja['ahead-empty']).toContain('今から予約できる近くの日程')
  })

  it('shows the chosen filters, each with a link that takes it away', () => {
    const html = ja['month-filtered'] ?? ''
    expect(html).toContain('<option value="08" selected="">')
    const [, chips = ''] = /<ul class="chips".*?>(.*?)<\/ul>/s.exec(html) ?? []
    expect(links(chips)).toEqual([
      '/calendar?month=2026-12&amp;kind=consultation&amp;format=online&amp;status=open',
      '/calendar?month=2026-12&amp;prefecture=08&amp;format=online&amp;status=open',
      '/calendar?month=2026-12&amp;prefecture=08&amp;kind=consultation&amp;status=open',
      '/calendar?month=2026-12&amp;prefecture=08&amp;kind=consultation&amp;format=online',
    ])
    expect(html).toContain('/calendar.ics?prefecture=08&amp;kind=consultation&amp;format=online"')
  })

  it('gives a way on where there is nothing', () => {
    expect(ja['month-empty']).toContain('この条件に合う日程は、この月にはありません')
    expect(ja['month-empty']).toContain('条件をすべて外す')
  })

  it('lists undated sessions last', () => {
    const html = ja['list-december'] ?? ''
    expect(html.indexOf('日程未定</h2>')).toBeGreaterThan(html.indexOf('豊田市 テレワーク相談'))
  })

  it('links all 47 prefectures on the map', () => {
    const codes = new Set(links(ja.home ?? '').flatMap((to) => /^\/calendar\?prefecture=(\d\d)$/.exec(to)?.[1] ?? []))
    expect(codes.size).toBe(47)
  })
})

describe("one's own booking", () => {
  const own = { frame: f.frame('ja'), token: 'tok', qr: null, mailed: true, ...f.links, ...f.asShown }

  it('shows the number, all details and ways into a calendar when done', () => {
    const html = page(DonePage({ ...own, booking: f.booking() }))
    expect(html).toContain('受付番号')
    expect(html).toContain('IB-1127-03')
    expect(html).toContain('<bdi>﨑山 花子</bdi> 様')
    expect(html).toContain('受付番号は当日必要です。')
    expect(links(html)).toEqual(expect.arrayContaining(['/b/tok', '/b/tok/booking.ics', f.links.google]))
    expect(html).toContain('name="robots" content="noindex"')
  })

  it('speaks of no day of a visit while nothing is booked', () => {
    for (const status of ['requested', 'waiting'] as const) {
      const html = page(DonePage({ ...own, booking: f.booking({ status }) }))
      expect(html).toContain('受付番号は、確認やお問い合わせのときに必要です。')
      expect(html).not.toContain('当日')
    }
  })

  it('promises no mail if no letter leaves', () => {
    for (const status of ['booked', 'requested', 'waiting', 'cancelled'] as const) {
      const ended = status === 'cancelled' ? ('cancelled' as const) : null
      const booking = f.booking({ status, ended, position: status === 'waiting' ? 1 : null, email: null })
      const silent = { ...own, mailed: false }
      const managed = ['moved', 'accepted', 'saved', 'cancelled', 'left'].map((done) =>
        ManagePage({ ...silent, ...f.nothing, booking, done, acts: new Set() }),
      )
      for (const html of [DonePage({ ...silent, booking }), ...managed]) expect(page(html)).not.toContain('メール')
    }
    const mailed = ManagePage({ ...own, ...f.nothing, booking: f.booking(), done: 'moved', acts: new Set() })
    expect(page(mailed)).toContain('確認のメールをお送りします')
  })

  it('promises no offer once booking is closed, except to reserves of a draw', () => {
    const t = texts('ja').wait
    const waits = { status: 'waiting', position: 1 } as const
    const shown = (of: Parameters<typeof f.session>[0]) =>
      page(
        ManagePage({
          ...own,
          ...f.nothing,
          booking: f.booking({ ...waits, session: f.session(of) }),
          done: null,
          acts: new Set(),
        }),
      )
    expect(shown({ status: 'full' })).toContain(t.how.offer(t.byMail))
    expect(shown({ status: 'closed' })).toContain(t.how.call())
    expect(shown({ status: 'closed' })).not.toContain(t.how.offer(t.byMail))
    expect(shown({ status: 'closed', acceptance: 'lottery', draw: 'announced' })).not.toContain(t.how.call())
  })

  it('leaves out the calendars that have nothing to add', () => {
    const html = page(DonePage({ ...own, google: null, outlook: null, outlook365: null, booking: f.booking() }))
    expect(html).not.toContain('calendar.google.com')
  })

  it('changes nothing by a link, and once cancelled offers no change', () => {
    const view = { ...own, ...f.nothing, done: null }
    const live = page(
      ManagePage({ ...view, booking: f.booking(), acts: new Set(['move', 'amend', 'cancel', 'erase']) }),
    )
    expect(links(live)).toContain('/b/tok/cancel')
    expect(live).toContain('method="post" action="/b/tok/amend"')
    const gone = page(
      ManagePage({
        ...view,
        booking: f.booking({ status: 'cancelled', ended: 'cancelled' }),
        acts: new Set(['erase']),
      }),
    )
    expect(gone).toContain('キャンセル済みです')
    expect(links(gone).filter((to) => to.startsWith('/b/tok/'))).toEqual(['/b/tok/erase'])
  })

  it('escapes what was typed', () => {
    const booking = f.booking({ company: f.HOSTILE, name: f.HOSTILE, message: f.HOSTILE })
    const html = page(DonePage({ ...own, booking }))
    expect(html).not.toContain('<script>')
  })
})

describe('the other pages', () => {
  it('show a damaged e-mail address as text only', () => {
    for (const locale of LOCALES) {
      const { desks = '' } = pages(locale)
      expect(desks).toContain('kanto-kekaku@sofcom.go.jp')
      expect(desks).not.toContain('mailto:')
      expect(desks).toContain('href="tel:+81362301693"')
    }
  })

  it('give the address of the feed with the chosen filters', () => {
    const html = page(
      SubscribePage({
        frame: f.frame('ja'),
        publicUrl: 'https://x.example.jp',
        filter: { prefecture: '08', kind: 'seminar' },
      }),
    )
    expect(html).toContain('value="https://x.example.jp/calendar.ics?prefecture=08&amp;kind=seminar"')
    expect(links(html)).toContain('webcal://x.example.jp/calendar.ics?prefecture=08&amp;kind=seminar')
    const address = encodeURIComponent('https://x.example.jp/calendar.ics?prefecture=08&kind=seminar')
    for (const app of [
      'calendar.google.com/calendar/render?cid=webcal',
      `outlook.live.com/calendar/0/addfromweb?url=${address}`,
    ])
      expect(html).toContain(app)
    expect(html).toContain('8時間から24時間')
  })

  it('show a letter in a sandbox without script', () => {
    const { letter = '' } = pages('ja')
    expect(letter).toMatch(/<iframe [^>]*sandbox="allow-popups" src="\/desk\/outbox\/1\/html"/)
  })
})
