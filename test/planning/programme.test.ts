import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from '../../src/base/fingerprint.ts'
import { addLetterFile } from '../../src/messages/add-letter-file.ts'
import { contentsOf, type FileOwner } from '../../src/messages/letter-file.ts'
import type { TextOwner } from '../../src/messages/letter-text.ts'
import { saveLetterSender } from '../../src/messages/save-letter-sender.ts'
import { copyFields, copyProgramme, previewCopy } from '../../src/planning/copy-programme.ts'
import { endSeries } from '../../src/planning/ending/end-series.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { plan } from '../../src/planning/plan.ts'
import { endingProgramme } from '../../src/planning/queries.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { JPEG, PNG, pdf } from '../messages/files.ts'
import { emptySchedule, series } from '../schedule/fixtures.ts'
import { NOW, type World } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await emptySchedule()
})
afterAll(() => w.close())
beforeEach(async () => {
  for (const table of ['series_date', 'series', 'journal', 'chore']) await w.run(`delete from ${table}`)
})

const ids = () => w.column<string>('select id from series order by id')
const day = (date: string) => ({ date, printed_weekday: null })

describe('opening a programme', () => {
  test('makes it from April to March, once', async () => {
    const name = { ja: '2030年度', en: 'Fiscal year 2030' }
    expect(await openProgramme(as(w, 'system'), { fiscalYear: 2030, name })).toEqual({ ok: true, programme: 'fy2030' })
    const other = { ja: '別の名', en: 'Another name' }
    expect(await openProgramme(as(w, 'system'), { fiscalYear: 2030, name: other })).toMatchObject({ ok: true })
    expect(await w.rows("select * from programme where id = 'fy2030'")).toEqual([
      {
        id: 'fy2030',
        fiscal_year: 2030,
        name_ja: '2030年度',
        name_en: 'Fiscal year 2030',
        starts_on: '2030-04-01',
        ends_on: '2031-03-31',
        retention_years: null,
        visits: 3,
        experts_until: null,
        revision: 0,
      },
    ])
    expect(await lines(w, 'fy2030')).toContainEqual({ actor: 'cli', act: 'programme.opened', detail: {} })
  })

  test('is for the seed and the command line', async () => {
    const input = { fiscalYear: 2031, name: { ja: '2031年度', en: 'Fiscal year 2031' } }
    expect(await mayDo(w, (ctx) => openProgramme(ctx, input))).toEqual(['system'])
  })
})

describe('the end of the last programme', () => {
  const TOLD = '2026-12-30T15:00:00.000Z'
  const last = async (now = TOLD) => {
    w.at(now)
    await w.run("delete from programme where starts_on > '2027-03-31'")
    const found = await endingProgramme(w.ctx)
    w.at(NOW)
    return found
  }

  test('is told from 90 days before, also afterwards, with how many series would go on', async () => {
    await importSeries(w.system, series({ id: 'goes-on' }))
    await importSeries(w.system, series({ id: 'goes-beyond', until: '2027-12-31' }))
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31' }))
    await importSeries(w.system, series({ id: 'sample', sample: true }))
    await importSeries(w.system, series({ id: 'listed', rule: null, dates: [day('2026-11-27')] }))
    expect(await last('2026-12-30T14:59:59.999Z')).toBeNull()
    expect(await last()).toEqual({ ends_on: '2027-03-31', series: 2 })
    expect(await last('2027-04-02T01:00:00.000Z')).toEqual({ ends_on: '2027-03-31', series: 2 })
  })

  test('is not told if no series would go on', async () => {
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31' }))
    expect(await last()).toBeNull()
  })

  test('is not told once the next programme is open', async () => {
    await importSeries(w.system, series({ id: 'goes-on' }))
    await copyProgramme(as(w, 'secretariat'))
    w.at(TOLD)
    expect(await endingProgramme(w.ctx)).toBeNull()
    w.at(NOW)
  })
})

describe('copying the programme', () => {
  const copy = () => copyProgramme(as(w, 'secretariat'))

  test('begins a series with an end again from April to March, and plans once more', async () => {
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31', printed: 'as printed' }))
    await w.run("insert into chore (name, done_on) values ('plan', '2026-11-22')")
    expect(await copy()).toEqual({ ok: true, series: 1, year: 2027, again: false })
    expect(
      await w.rows("select rule, starts_on, until, printed, revision from series where id = 'ends-fy2027'"),
    ).toEqual([
      { rule: 'FREQ=WEEKLY;BYDAY=FR', starts_on: '2027-04-01', until: '2028-03-31', printed: null, revision: 0 },
    ])
    expect(await w.column('select done_on from chore')).toEqual([''])
    expect(await w.column('select id from programme where fiscal_year = 2027')).toEqual(['fy2027'])
  })

  test('lists the dates of this year again at the same weekday', async () => {
    const dates = ['2026-03-31', '2026-11-27', '2027-01-15'].map(day)
    await importSeries(w.system, series({ id: 'listed', rule: null, dates }))
    await copy()
    expect(await w.column("select date from series_date where series = 'listed-fy2027' order by date")).toEqual([
      '2027-11-26',
      '2028-01-14',
    ])
    expect(await w.rows("select starts_on, until from series where id = 'listed-fy2027'")).toEqual([
      { starts_on: '2027-04-01', until: null },
    ])
  })

  test('keeps first Mondays first Mondays, and 1 April in the next year', async () => {
    const dates = ['2026-04-01', '2026-06-01', '2026-07-06'].map(day)
    await importSeries(w.system, series({ id: 'listed', rule: null, dates }))
    await copy()
    expect(await w.column("select date from series_date where series = 'listed-fy2027' order by date")).toEqual([
      '2027-04-07',
      '2027-06-07',
      '2027-07-05',
    ])
  })

  test.each([
    ['goes on by itself', {}],
    ['ended before this year', { until: '2026-03-31' }],
    ['begins after this year', { starts_on: '2027-04-01', until: '2027-12-31' }],
    ['is a sample', { until: '2027-03-31', sample: true }],
    ['lists no date of this year', { rule: null, dates: [day('2026-03-31')] }],
  ])('leaves a series that %s', async (_, changes) => {
    await importSeries(w.system, series({ id: 'one', ...changes }))
    expect(await copy()).toMatchObject({ ok: true, series: 0, year: 2027 })
    expect(await ids()).toEqual(['one'])
  })

  test('a second time makes nothing twice, and keeps what the desk changed in the copy', async () => {
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31' }))
    await copy()
    await w.run("update series set title_ja = '直した' where id = 'ends-fy2027'")
    expect(await copy()).toEqual({ ok: true, series: 0, year: 2027, again: true })
    expect(await w.column("select title_ja from series where id = 'ends-fy2027'")).toEqual(['直した'])
    expect(await ids()).toEqual(['ends', 'ends-fy2027'])
  })

  test('while somebody faster copies makes nothing twice', async () => {
    await importSeries(w.system, series({ id: 'listed', rule: null, dates: [day('2026-11-27')] }))
    const done = await copyProgramme(as(meanwhile(w, copy), 'secretariat'))
    expect(done).toMatchObject({ ok: true, year: 2027 })
    expect(await ids()).toEqual(['listed', 'listed-fy2027'])
    expect(await w.column("select date from series_date where series = 'listed-fy2027'")).toEqual(['2027-11-26'])
  })

  test('names what its desks have at the times of the new series, and needs a reason, also up to the commit', async () => {
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31' }))
    await importSeries(w.system, series({ id: 'day', rule: null, dates: [day('2026-11-26')] }))
    await plan(w.system)
    const [moved = ''] = await w.column<string>("select id from session where series = 'ends' order by date limit 1")
    const to = (date: string) =>
      w.run('update session set date = ?, starts_at = null, ends_at = null, series = null where id = ?', date, moved)
    await to('2027-03-05')
    expect((await previewCopy(as(w, 'secretariat'))).clashes).toEqual([])
    const late = await copyProgramme(
      as(
        meanwhile(w, () => to('2027-05-07')),
        'secretariat',
      ),
    )
    expect(late).toEqual({ ok: false, why: 'invalid', errors: { beside: 'required' } })
    expect((await previewCopy(as(w, 'secretariat'))).clashes).toMatchObject([{ id: moved, same: 'desk' }])
    const beside = '担当が二人いるため'
    expect(await copyProgramme(as(w, 'secretariat'), { beside })).toMatchObject({ ok: true })
    expect(await lines(w, 'fy2027')).toContainEqual(
      expect.objectContaining({ act: 'programme.copied', detail: { series: 2, beside } }),
    )
    for (const table of ['slot', 'session']) await w.run(`delete from ${table}`)
  })

  test('names the copies that clash with each other or with dates that are not made yet, and needs a reason', async () => {
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31' }))
    await importSeries(w.system, series({ id: 'day', rule: null, dates: [day('2026-11-27'), day('2026-12-03')] }))
    const named = async () =>
      (await previewCopy(as(w, 'secretariat'))).clashes.map(({ series: of, date, same }) => [of, date, same])
    const both = [['day', '2027-11-26', 'desk']]
    expect(await named()).toEqual(both)
    await w.run("update series set prefecture = '13' where id = 'day'")
    expect(await named()).toEqual([])
    await w.run(
      "insert into venue (id, prefecture, name_ja, name_en, area_only, revision) values ('hall', '08', '', '', 0, 0)",
    )
    await w.run("update series set venue = 'hall'")
    expect(await named()).toEqual([['ends', '2027-11-26', 'venue']])
    await w.run("update venue set area_only = 1 where id = 'hall'")
    expect(await named()).toEqual([])
    await w.run("update series set prefecture = '08', venue = null")
    await importSeries(
      w.system,
      series({ id: 'later', rule: null, starts_on: '2027-04-01', dates: [day('2027-12-02')] }),
    )
    expect(await named()).toEqual([...both, ['later', '2027-12-02', 'desk']])
    expect(await copyProgramme(as(w, 'secretariat'))).toMatchObject({ errors: { beside: 'required' } })
    const beside = '担当が二人いるため'
    expect(await copyProgramme(as(w, 'secretariat'), { beside })).toMatchObject({ ok: true, series: 2 })
    await w.run("delete from venue where id = 'hall'")
  })

  test('says row by row what each day becomes, what is left out, and why', async () => {
    await importSeries(w.system, series({ id: 'listed', rule: null, dates: ['2026-11-27', '2026-12-31'].map(day) }))
    await importSeries(w.system, series({ id: 'over', until: '2026-03-31' }))
    await importSeries(w.system, series({ id: 'later', starts_on: '2027-04-01', until: '2027-12-31' }))
    await importSeries(w.system, series({ id: 'sample', until: '2027-03-31', sample: true }))
    await importSeries(w.system, series({ id: 'dateless', rule: null, dates: [day('2026-03-31')] }))
    await w.run("update desk set ended_at = ? where id = 'mito'", NOW)
    const { copies, omitted } = await previewCopy(as(w, 'secretariat'))
    expect(copies).toMatchObject([{ series: { id: 'listed' }, ended: true, retired: false }])
    expect(copies[0]?.shifts).toMatchObject([
      { from: '2026-11-27', to: '2027-11-26', closed: null },
      { from: '2026-12-31', to: '2027-12-30', closed: { ja: '年末年始' } },
    ])
    expect(Object.fromEntries(omitted.map((one) => [one.series.id, one.why]))).toEqual({
      over: 'ended',
      later: 'later',
      sample: 'sample',
      dateless: 'dateless',
    })
    await w.run("update desk set ended_at = null where id = 'mito'")
  })

  test('is offered once: what the desk deleted since is not made again, and what it began since is', async () => {
    await importSeries(w.system, series({ id: 'first', until: '2027-03-31' }))
    await copy()
    await w.run("delete from series where id = 'first-fy2027'")
    const after = await previewCopy(as(w, 'secretariat'))
    expect([after.left, after.copies[0]?.passed]).toEqual([false, true])
    expect(await copy()).toMatchObject({ again: true, series: 0 })
    w.at('2026-11-23T01:00:00.000Z')
    await importSeries(w.system, series({ id: 'second', until: '2027-03-31' }))
    expect(await copyProgramme(as(w, 'secretariat'), { beside: '担当が二人いるため' })).toMatchObject({ series: 1 })
    expect(await ids()).toEqual(['first', 'second', 'second-fy2027'])
    w.at(NOW)
  })

  describe('and a series that ended early', () => {
    beforeEach(async () => {
      await importSeries(w.system, series({ id: 'full', until: '2027-03-26' }))
      await importSeries(w.system, series({ id: 'over', until: '2027-03-31', prefecture: '13' }))
      await importSeries(w.system, series({ id: 'soon', until: null, prefecture: '14' }))
      await importSeries(w.system, series({ id: 'past', until: '2026-11-13', prefecture: '15' }))
      for (const id of ['over', 'soon']) await endSeries(w.system, id, { until: '2026-12-04' })
      await w.run('delete from session where series is not null')
    })

    test('is left out, and its row says so', async () => {
      const { copies } = await previewCopy(as(w, 'secretariat'))
      expect(copies.map((one) => [one.series.id, one.early, one.taken])).toEqual([
        ['full', false, true],
        ['over', true, false],
        ['soon', true, false],
        ['past', true, false],
      ])
      expect(await copy()).toMatchObject({ series: 1 })
      expect(await ids()).toContain('full-fy2027')
      expect(await ids()).not.toContain('over-fy2027')
    })

    test('is taken over if it is ticked, and one that is not ticked is left out', async () => {
      const shown = await fingerprint(copyFields(await previewCopy(as(w, 'secretariat'))))
      const given = { shown, take: ['', 'over'] }
      expect(await copyProgramme(as(w, 'secretariat'), given)).toMatchObject({ ok: true, series: 1 })
      expect((await ids()).filter((id) => id.endsWith('-fy2027'))).toEqual(['over-fy2027'])
      const later = { take: ['', 'full'] }
      expect(await copyProgramme(as(w, 'secretariat'), later)).toMatchObject({ ok: true, series: 1, again: false })
      expect((await ids()).filter((id) => id.endsWith('-fy2027'))).toEqual(['full-fy2027', 'over-fy2027'])
    })

    test('is not taken over if it ended since the look', async () => {
      const shown = await fingerprint(copyFields(await previewCopy(as(w, 'secretariat'))))
      await endSeries(w.system, 'full', { until: '2026-12-11' })
      const given = { shown, take: ['', 'full'] }
      expect(await copyProgramme(as(w, 'secretariat'), given)).toEqual({ ok: false, why: 'changed' })
    })

    test('needs a reason only for what is beside the ticked ones', async () => {
      await w.run("update series set prefecture = '08' where id = 'over'")
      expect((await previewCopy(as(w, 'secretariat'), { take: ['', 'full'] })).clashes).toEqual([])
      const both = { take: ['', 'full', 'over'] }
      expect(await copyProgramme(as(w, 'secretariat'), both)).toMatchObject({ errors: { beside: 'required' } })
    })
  })

  test('takes the paragraphs of letters with it, of the year and of each series; what the next year has stays', async () => {
    await importSeries(w.system, series({ id: 'one', until: '2027-03-31' }))
    await copy()
    await importSeries(w.system, series({ id: 'two', until: '2027-03-31' }))
    const text = (owner: string, kind: string, ja: string) => {
      const [scope = '', id = ''] = owner.split(':')
      return w.run(
        `insert into letter_text (id, ${scope}, owner, kind, text_ja, text_en, revision, created_at, updated_at)
          values (?, ?, ?, ?, ?, '', 3, ?, ?)`,
        `${id}-${kind}`,
        id,
        owner,
        kind,
        ja,
        NOW,
        NOW,
      )
    }
    await text('programme:fy2026', 'booked', '年度の文')
    await text('programme:fy2026', 'reminder', '持ち物')
    await text('programme:fy2027', 'reminder', '来年度の文')
    await text('series:two', 'booked', '二つ目の文')
    await w.run("delete from journal where act = 'programme.copied'")
    expect(await copyProgramme(as(w, 'secretariat'), { beside: '担当が二人いるため' })).toMatchObject({ series: 1 })
    expect(
      await w.rows(
        "select owner, kind, text_ja, revision from letter_text where owner like '%2027' order by owner, kind",
      ),
    ).toEqual([
      { owner: 'programme:fy2027', kind: 'booked', text_ja: '年度の文', revision: 0 },
      { owner: 'programme:fy2027', kind: 'reminder', text_ja: '来年度の文', revision: 3 },
      { owner: 'series:two-fy2027', kind: 'booked', text_ja: '二つ目の文', revision: 0 },
    ])
    await w.run('delete from letter_text')
  })

  test('takes sender, logo and documents of letters with it; what the next year has stays', async () => {
    await importSeries(w.system, series({ id: 'one', until: '2027-03-31' }))
    await copy()
    await importSeries(w.system, series({ id: 'two', until: '2027-03-31' }))
    const [year, next] = ['fy2026', 'fy2027'].map((id): TextOwner & FileOwner => ({ scope: 'programme', id }))
    const own: TextOwner & FileOwner = { scope: 'series', id: 'two' }
    if (!year || !next) throw new Error('no year')
    const sender = (owner: TextOwner, sender_ja: string) =>
      saveLetterSender(w.system, owner, { sender_ja, revision: -1 })
    await sender(year, '年度')
    await sender(own, '二つ目')
    await addLetterFile(w.system, year, 'logo', { name: 'old.png', bytes: PNG })
    await addLetterFile(w.system, next, 'logo', { name: 'new.jpg', bytes: JPEG })
    await addLetterFile(w.system, year, 'document', { name: '年度.pdf', bytes: pdf(90_000) })
    await addLetterFile(w.system, own, 'document', { name: '二つ目.pdf', bytes: pdf(100, 'b') })
    await w.run("delete from journal where act = 'programme.copied'")
    expect(await copyProgramme(as(w, 'secretariat'), { beside: '担当が二人いるため' })).toMatchObject({ series: 1 })
    expect(await w.rows("select owner, sender_ja from letter_sender where owner like '%2027' order by owner")).toEqual([
      { owner: 'programme:fy2027', sender_ja: '年度' },
      { owner: 'series:two-fy2027', sender_ja: '二つ目' },
    ])
    const files = await w.rows<{ id: string; place: string; name: string }>(
      "select id, place, name from letter_file where owner like '%2027' order by place",
    )
    expect(files.map(({ place, name }) => [place, name])).toEqual([
      ['programme:fy2027/document/1', '年度.pdf'],
      ['programme:fy2027/logo/1', 'new.jpg'],
      ['series:two-fy2027/document/1', '二つ目.pdf'],
    ])
    const contents = await contentsOf(w.ctx, files)
    expect(Buffer.from(contents.get(files[0]?.id ?? '') ?? '', 'base64').equals(pdf(90_000))).toBe(true)
    await w.run('delete from letter_sender')
    await w.run('delete from letter_file')
  })

  test('leaves a line with how many series it began', async () => {
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31' }))
    await copy()
    expect(await lines(w, 'fy2027')).toEqual([{ actor: 'secretariat', act: 'programme.copied', detail: { series: 1 } }])
  })

  test('is looked at first, and nothing changes', async () => {
    await importSeries(w.system, series({ id: 'ends', until: '2027-03-31' }))
    await importSeries(w.system, series({ id: 'goes-on' }))
    const { year, copies } = await previewCopy(as(w, 'secretariat'))
    expect([year, copies.map((one) => [one.series.id, one.goes_on, one.dates])]).toEqual([
      2027,
      [
        ['ends', false, []],
        ['goes-on', true, []],
      ],
    ])
    expect(await ids()).toEqual(['ends', 'goes-on'])
  })

  test('is for the secretariat and the command line', async () => {
    expect(await mayDo(w, (ctx) => copyProgramme(ctx))).toEqual(['secretariat', 'system'])
    expect(await mayDo(w, (ctx) => previewCopy(ctx))).toEqual(['secretariat', 'system'])
  })
})
