import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BookingLetterKind } from '../../src/base/letters.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { saveHouse } from '../../src/house/save-house.ts'
import { write } from '../../src/mail/write.ts'
import type { TextOwner } from '../../src/messages/letter-text.ts'
import { dropLetterText, saveLetterText } from '../../src/messages/save-letter-text.ts'
import { as, lines, mayDo } from '../acts.ts'
import { booked, letters, mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost', MAIL_FROM: '窓口 <noreply@madoguchi.example>' } })
})
afterEach(() => w.close())

const YEAR: TextOwner = { scope: 'programme', id: 'fy2026' }
const SERIES: TextOwner = { scope: 'series', id: 'ibaraki' }
const DAY: TextOwner = { scope: 'session', id: MITO }

async function save(owner: TextOwner, text_ja: string, more: object = {}, kind: BookingLetterKind = 'booked') {
  const [revision = -1] = await w.column(
    'select revision from letter_text where owner = ?',
    `${owner.scope}:${owner.id}`,
  )
  return saveLetterText(as(w, 'secretariat'), owner, kind, { text_ja, text_en: '', revision, ...more })
}

/** The confirmation of a new booking, as it would leave now. */
async function confirmation(more: Record<string, unknown> = {}) {
  const { id } = await booked(w, application(more))
  const row = (await letters(w)).find(({ subject, kind }) => subject === id && kind === 'booked')
  const letter = row && (await write(w.ctx, row, 'send'))
  if (!letter) throw new Error('no letter')
  return letter
}

describe('a paragraph of the desk', () => {
  test('stands in letters of its kind after our words, with the data of the reader, and all else stays', async () => {
    const plain = (await confirmation()).text
    await save(SERIES, '{氏名} 様\n印鑑をお持ちください。')
    const { text, html } = await confirmation({ slot: `${MITO}-1100` })
    const [first = '', rest = ''] = text.split('髙橋 太郎 様\n印鑑をお持ちください。\n')
    expect([first.includes('株式会社髙﨑製作所'), rest.includes('受付番号')]).toEqual([true, true])
    expect(html).toContain('印鑑をお持ちください。')
    const ours = plain.split('\n').filter((line) => !/IB-1127|1[01]:|https?:/.test(line))
    expect(ours.filter((line) => !text.includes(line))).toEqual([])
    expect((await confirmation({ slot: `${MITO}-1300`, locale: 'en' })).text).not.toContain('印鑑')
  })

  test('of a session counts before that of its series, and that before the one of the year', async () => {
    await save(YEAR, '年度の文章')
    expect((await confirmation()).text).toContain('年度の文章')
    await save(SERIES, '定期開催の文章')
    expect((await confirmation({ slot: `${MITO}-1100` })).text).toContain('定期開催の文章')
    await save(DAY, 'この日の文章', { text_en: 'On this day' })
    const { text } = await confirmation({ slot: `${MITO}-1300` })
    expect([text.includes('この日の文章'), text.includes('年度'), text.includes('定期開催の')]).toEqual([
      true,
      false,
      false,
    ])
    expect((await confirmation({ slot: `${MITO}-1400`, locale: 'en' })).text).toContain('On this day')
  })

  test('is taken away by saving it empty or by going back to the standard, and the journal says so', async () => {
    await save(SERIES, '印鑑')
    expect(await save(SERIES, '')).toEqual({ ok: true })
    await save(SERIES, '印鑑')
    const back = () => dropLetterText(as(w, 'secretariat'), SERIES, 'booked')
    expect([await back(), await back()]).toEqual([
      { ok: true, again: false },
      { ok: true, again: true },
    ])
    expect(await w.column('select id from letter_text')).toEqual([])
    expect((await lines(w, 'ibaraki')).map(({ act }) => act).filter((act) => act.startsWith('letter_text'))).toEqual(
      expect.arrayContaining(['letter_text.dropped', 'letter_text.dropped', 'letter_text.saved', 'letter_text.saved']),
    )
  })

  test('is refused with a word that stands for nothing', async () => {
    expect(await save(SERIES, '{お名前}')).toEqual({ ok: false, why: 'invalid', errors: { text_ja: 'placeholder' } })
  })

  test('that somebody else saved or removed first is refused', async () => {
    const given = { text_ja: '先', text_en: '', revision: '-1' }
    const first = () => saveLetterText(w.system, SERIES, 'booked', given)
    const both = meanwhile(w, first)
    const later = { ...given, text_ja: '後' }
    expect(await saveLetterText(as(both, 'desk'), SERIES, 'booked', later)).toEqual({ ok: false, why: 'changed' })
    expect(await save(SERIES, '後', { revision: 7 })).toEqual({ ok: false, why: 'changed' })
    const gone = meanwhile(w, () => dropLetterText(w.system, SERIES, 'booked'))
    expect(await dropLetterText(as(gone, 'desk'), SERIES, 'booked')).toEqual({ ok: false, why: 'changed' })
  })

  test('is for the desk of the prefecture, and that of a year for the secretariat', async () => {
    const given = { text_ja: '印鑑', text_en: '', revision: -1 }
    const saving = (owner: TextOwner) => mayDo(w, (ctx) => saveLetterText(ctx, owner, 'booked', given))
    expect(await saving(SERIES)).toEqual(['desk', 'secretariat', 'system'])
    expect(await saving(YEAR)).toEqual(['secretariat', 'system'])
    expect(await mayDo(w, (ctx) => dropLetterText(ctx, DAY, 'booked'))).toEqual(['desk', 'secretariat', 'system'])
    await expect(save({ scope: 'session', id: 'none' }, '印鑑')).rejects.toThrow(NotFound)
  })
})

test('letters come from the name of the house, are signed by its lines, and answers go to its address', async () => {
  const given = {
    name_ja: '相談',
    name_en: 'Advice',
    sender_ja: '茨城の相談',
    reply: 'answers@example.jp',
    revision: 0,
  }
  await saveHouse(as(w, 'secretariat'), { ...given, signature_ja: '受付 9時〜17時\n土日休み' })
  const letter = await confirmation()
  expect(letter.from).toEqual({ name: '茨城の相談', address: 'noreply@madoguchi.example' })
  expect(letter.replyTo?.address).toBe('answers@example.jp')
  expect(letter.text).toContain('受付 9時〜17時\n土日休み\n')
})
