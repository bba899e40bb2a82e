import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancel } from '../../../src/booking/cancel.ts'
import { saveConsultation } from '../../../src/consultation/save.ts'
import { exportLedger } from '../../../src/figures/exports/ledger.ts'
import { exportById } from '../../../src/figures/exports/list.ts'
import { askForExport } from '../../../src/figures/exports/request.ts'
import { countLedger, type ExportFilter, type LedgerRow, ledgerPages } from '../../../src/figures/exports/rows.ts'
import { exportAsked } from '../../../src/figures/exports/run.ts'
import { ledgerSheet } from '../../../templates/desk/ledger-sheet.ts'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { booked, forSeminar, mito } from '../../booking/fixtures.ts'
import { application, MITO, NOW, type World } from '../../world.ts'
import { asStaff, doubled, YEAR } from '../fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const ALL: ExportFilter = { ...YEAR, prefecture: null, kind: null, status: null, channel: null, way: null }
const WANTED = { ...YEAR, format: 'csv' }

async function read(pages: AsyncIterable<LedgerRow[]>): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

const lines = async () => {
  const rows = await w.rows<{ act: string; actor: string; detail: string }>(
    "select act, actor, detail from journal where act like 'export.%' order by at, id",
  )
  return rows.map(({ act, actor, detail }) => ({ act, actor, detail: JSON.parse(detail) }))
}

describe('the ledger', () => {
  test('has each booking with its session, by day', async () => {
    await booked(w, forSeminar({ seats: 2 }))
    await booked(w, application({ slot: null, waitlist: true, topics: ['ict', 'subsidy'] }))
    const any = await booked(w, application({ slot: `${MITO}-1300` }))
    await w.run("update booking set status = 'waiting', slot = null where id = ?", any.id)
    const rows = await read(ledgerPages(w.system, ALL))
    // Bookings of one moment have no order within their day.
    const byNumber = rows.toSorted((a, b) => a.number.localeCompare(b.number))
    expect(byNumber).toMatchObject([
      {
        number: 'IB-1127-01',
        session_prefecture: '08',
        date: '2026-11-27',
        seats: 1,
        topics: 'ict,subsidy',
        starts_at: '2026-11-27T01:00:00.000Z',
        ends_at: '2026-11-27T01:50:00.000Z',
        kind: 'consultation',
      },
      { number: 'IB-1127-02', starts_at: null, ends_at: null },
      { number: 'TT-1210-01', starts_at: '2026-12-10T04:00:00.000Z', ends_at: '2026-12-10T07:00:00.000Z' },
    ])
    expect(rows.at(-1)?.number).toBe('TT-1210-01')
    expect(await countLedger(w.system, ALL)).toBe(3)
  })

  test('has what is recorded of a consultation, but nothing of a draft', async () => {
    const { id } = await booked(w, application({ slot: `${MITO}-1000` }))
    w.at('2026-11-27T02:00:00.000Z')
    const words = { advised: '規程の見直し', next_step: '次回は12月', minutes: '45' }
    const recorded = async () => {
      const sheet = ledgerSheet('ja', NOW, ledgerPages(w.system, ALL))
      const rows: unknown[][] = []
      for await (const page of sheet.pages) rows.push(...page)
      const { columns } = figuresTexts('ja').export
      const heads = [columns.minutes, columns.advised, columns.next_step]
      return rows.map((row) => heads.map((one) => row[sheet.columns.findIndex(({ head }) => head === one)]))
    }
    await saveConsultation(w.system, id, { ...words, state: 'draft' })
    expect(await recorded()).toEqual([[null, null, null]])
    await saveConsultation(w.system, id, { ...words, state: 'final', revision: 1 })
    expect(await recorded()).toEqual([[45, '規程の見直し', '次回は12月']])
  })

  test('names the venue of those who come there, and of no others', async () => {
    const hall = "('hall', '08', '水戸市民会館', 'Mito City Hall', 0, 0)"
    await w.run(`insert into venue (id, prefecture, name_ja, name_en, area_only, revision) values ${hall}`)
    await w.run("update session set venue = 'hall' where id = ?", MITO)
    await booked(w, application({ format: 'onsite' }))
    await booked(w, application({ format: 'online', slot: `${MITO}-1300` }))
    const sheet = ledgerSheet('ja', NOW, ledgerPages(w.system, ALL))
    const rows: unknown[][] = []
    for await (const page of sheet.pages) rows.push(...page)
    const at = (name: 'venue' | 'format') =>
      sheet.columns.findIndex(({ head }) => head === figuresTexts('ja').export.columns[name])
    const venues = new Map(rows.map((row) => [row[at('format')], row[at('venue')]]))
    expect(venues).toEqual(
      new Map([
        ['WEB', null],
        ['現地', '水戸市民会館'],
      ]),
    )
  })

  test('is narrowed by period, prefecture, kind, state, door, form and reach', async () => {
    const { token } = await booked(w)
    await booked(w, forSeminar())
    await cancel(w.ctx, { token })
    const numbers = async (more: Partial<ExportFilter>, ctx = w.system) => {
      const rows = await read(ledgerPages(ctx, { ...ALL, ...more }))
      expect(await countLedger(ctx, { ...ALL, ...more })).toBe(rows.length)
      return rows.map((row) => row.number)
    }
    expect(await numbers({ status: 'cancelled' })).toEqual(['IB-1127-01'])
    expect(await numbers({ kind: 'seminar' })).toEqual(['TT-1210-01'])
    expect(await numbers({ prefecture: '08' })).toEqual(['IB-1127-01'])
    expect(await numbers({ from: '2026-11-28' })).toEqual(['TT-1210-01'])
    await w.run("update booking set channel = 'phone', format = 'visit' where number = 'IB-1127-01'")
    expect(await numbers({ channel: 'phone' })).toEqual(['IB-1127-01'])
    expect(await numbers({ way: 'visit' })).toEqual(['IB-1127-01'])
    expect(await numbers({ channel: 'mail' })).toEqual([])
    expect(await numbers({}, asStaff(w, 'desk', '31'))).toEqual(['TT-1210-01'])
    await expect(numbers({ prefecture: '08' }, asStaff(w, 'desk', '31'))).rejects.toThrow('only for staff')
  })

  test('of thousands is read in pages of a thousand, each booking once', async () => {
    await booked(w)
    await booked(w, forSeminar())
    await doubled(w, 11)
    w.reads()
    const sizes: number[] = []
    const ids = new Set<string>()
    for await (const page of ledgerPages(w.system, ALL)) {
      sizes.push(page.length)
      for (const row of page) ids.add(row.id)
    }
    expect(sizes).toEqual([1000, 1000, 1000, 1000, 96])
    expect(ids.size).toBe(4096)
    expect(w.reads()).toBe(5)
  })
})

describe('exporting', () => {
  test('leaves a line that says who, what and how many, and nobody’s data', async () => {
    await booked(w)
    const done = await exportLedger(asStaff(w, 'desk', '08'), { ...WANTED, prefecture: '08', status: 'booked' })
    if (!done.ok) throw new Error(done.why)
    expect(done.rows).toBe(1)
    expect(await lines()).toEqual([
      {
        act: 'export.made',
        actor: 'desk-1',
        detail: {
          ...YEAR,
          format: 'csv',
          prefecture: '08',
          kind: null,
          status: 'booked',
          channel: null,
          way: null,
          support: null,
          searched: false,
          rows: 1,
        },
      },
    ])
    expect((await read(done.pages)).map((row) => row.number)).toEqual(['IB-1127-01'])
  })

  test.each([
    ['from', { from: '2026-02-30' }],
    ['to', { to: '' }],
    ['to', { from: '2026-12-01', to: '2026-11-01' }],
    ['format', { format: 'pdf' }],
    ['prefecture', { prefecture: '48' }],
    ['status', { status: 'gone' }],
  ])('is refused for a faulty %s', async (field, faulty) => {
    const done = await exportLedger(asStaff(w, 'secretariat'), { ...WANTED, ...faulty })
    expect(done).toMatchObject({ ok: false, why: 'invalid', errors: { [field]: expect.any(String) } })
    expect(await lines()).toEqual([])
  })

  test('is for the desk and the secretariat alone', async () => {
    for (const ctx of [w.ctx, asStaff(w, 'viewer', '08'), asStaff(w, 'expert', '08')]) {
      await expect(exportLedger(ctx, WANTED)).rejects.toThrow('only for who may export')
      await expect(askForExport(ctx, WANTED)).rejects.toThrow('only for who may export')
      await expect(exportAsked(ctx, 'x')).rejects.toThrow('only for who may export')
    }
    await expect(exportLedger(asStaff(w, 'desk', '31'), { ...WANTED, prefecture: '08' })).rejects.toThrow('only for')
    expect(await lines()).toEqual([])
  })
})

describe('a long export', () => {
  test('tells how far it has come, to who asked and within the hour', async () => {
    await booked(w)
    await doubled(w, 13)
    const desk = asStaff(w, 'desk', '08')
    const asked = await askForExport(desk, WANTED)
    if (!asked.ok) throw new Error(asked.why)
    const id = asked.export
    const state = () => exportById(desk, id)
    expect(await state()).toMatchObject({ rows: 8192, sent: 0, state: 'asked', wanted: { format: 'csv' } })
    expect(await exportById(asStaff(w, 'secretariat'), id)).toBeUndefined()

    w.at('2026-11-22T01:01:00.000Z')
    const { pages } = await exportAsked(desk, id)
    expect(await state()).toMatchObject({ sent: 0, state: 'sending' })
    for (let i = 0; i < 6; i++) await pages.next()
    expect(await state()).toMatchObject({ sent: 5000, state: 'sending' })
    w.at('2026-11-22T01:05:00.000Z')
    expect(await state()).toMatchObject({ sent: 5000, state: 'stopped' })
    await read(pages)
    expect(await state()).toMatchObject({ sent: 8192, state: 'finished' })
    const told = (await lines()).map((line) => `${line.act} ${line.detail.rows}`)
    expect(told.toSorted()).toEqual([
      'export.asked 8192',
      'export.finished 8192',
      'export.made 8192',
      'export.sent 5000',
    ])

    w.at('2026-11-22T02:00:00.001Z')
    expect(await state()).toBeUndefined()
    await expect(exportAsked(asStaff(w, 'desk', '08'), id)).rejects.toThrow(/^export$/)
    expect(await exportById(desk, 'no\0')).toBeUndefined()
  })
})
