import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { materialsIn, outlineOf } from '../../../src/planning/outlines/outline.ts'
import { archive, outlineFor, outlineRow } from '../../../src/planning/outlines/queries.ts'
import { saveOutline } from '../../../src/planning/outlines/save-outline.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { mito } from '../../booking/fixtures.ts'
import { seminar } from '../../schedule/fixtures.ts'
import { MITO, type World } from '../../world.ts'

const AGENDA = '13:00 開会のあいさつ\n13:10〜14:00　講演「はじめてのテレワーク」\n質疑応答'
const GIVEN = {
  target_ja: '中小企業の経営者、人事・労務の担当者',
  hosts_ja: '総務省\n共催：茨城県',
  speakers_ja: '髙﨑 𠮷子（社会保険労務士）',
  agenda_ja: AGENDA,
  materials: '講演資料 https://www.example.jp/slides.pdf\nhttps://www.example.jp/',
  revision: 0,
}

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

describe('an outline', () => {
  test('is saved once, changed by one of two, and the same again changes nothing', async () => {
    const desk = as(w, 'desk')
    expect(await saveOutline(desk, MITO, GIVEN)).toEqual({ ok: true, session: MITO })
    expect(await saveOutline(desk, MITO, GIVEN)).toEqual({ ok: false, why: 'changed' })
    expect(await saveOutline(desk, MITO, { ...GIVEN, revision: 1 })).toEqual({ ok: true, session: MITO, same: true })
    const both = await Promise.all(
      ['a', 'b'].map((target_ja) => saveOutline(desk, MITO, { ...GIVEN, target_ja, revision: 1 })),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await outlineRow(w.ctx, MITO))?.revision).toBe(2)
    expect((await lines(w, MITO)).filter(({ act }) => act === 'session.outlined')).toHaveLength(2)
  })

  test('first saved by two at once is saved by one', async () => {
    const both = await Promise.all(
      ['a', 'b'].map((target_ja) => saveOutline(as(w, 'desk'), MITO, { ...GIVEN, target_ja })),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('is refused at its field, and only staff of the prefecture save it', async () => {
    const done = await saveOutline(as(w, 'desk'), MITO, { ...GIVEN, materials: '講演資料', target_ja: 'x'.repeat(301) })
    expect(done).toEqual({ ok: false, why: 'invalid', errors: { materials: 'choice', target_ja: 'long' } })
    expect(await mayDo(w, (ctx) => saveOutline(ctx, MITO, GIVEN))).toEqual(['desk', 'secretariat', 'system'])
    await expect(saveOutline(as(w, 'desk'), 'nowhere', GIVEN)).rejects.toThrow('session')
  })

  test('is read in each language, with the times of its agenda', async () => {
    await saveOutline(as(w, 'desk'), MITO, { ...GIVEN, target_en: 'Owners of small firms' })
    const outline = await outlineFor({ ...w.ctx, locale: 'en' }, MITO)
    expect(outline).toEqual({
      target: 'Owners of small firms',
      hosts: ['総務省', '共催：茨城県'],
      speakers: ['髙﨑 𠮷子（社会保険労務士）'],
      agenda: [
        { time: '13:00', text: '開会のあいさつ' },
        { time: '13:10〜14:00', text: '講演「はじめてのテレワーク」' },
        { time: null, text: '質疑応答' },
      ],
      materials: [
        { title: '講演資料', url: 'https://www.example.jp/slides.pdf' },
        { title: 'https://www.example.jp/', url: 'https://www.example.jp/' },
      ],
    })
    expect(await outlineFor(w.ctx, 'nowhere')).toBeNull()
  })
})

test('no address but one of the web is a link', () => {
  const bad = ['javascript:alert(1)', '資料 ftp://example.jp/a', '資料 http://', '資料']
  expect(bad.map(materialsIn)).toEqual(bad.map(() => null))
  expect(materialsIn('')).toEqual([])
  const empty = { target_ja: '', target_en: '', hosts_ja: '', hosts_en: '', speakers_ja: '', speakers_en: '' }
  const row = { ...empty, agenda_ja: '', agenda_en: '', materials: bad[0] ?? '' }
  expect(outlineOf(row, 'ja').materials).toEqual([])
})

test('materials stand in the archive once their session is over, the newest first, and never before', async () => {
  await publishSession(w.system, seminar({ id: 'first', date: '2026-11-24' }))
  await publishSession(w.system, seminar({ id: 'second', date: '2026-11-25' }))
  for (const id of ['first', 'second', MITO]) await saveOutline(w.system, id, GIVEN)
  await saveOutline(w.system, 'ibaraki-2026-12-04', { ...GIVEN, materials: '' })
  expect(await archive(w.ctx, 1)).toEqual({ found: [], more: false })
  w.at('2026-11-25T12:00:00.000Z')
  const { found, more } = await archive(w.ctx, 1)
  expect([found.map(({ session }) => session.id), more]).toEqual([['second', 'first'], false])
  expect(await archive(w.ctx, 2)).toEqual({ found: [], more: false })
})
