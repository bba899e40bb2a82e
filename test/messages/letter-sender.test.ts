import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { saveHouse } from '../../src/house/save-house.ts'
import { write } from '../../src/mail/write.ts'
import type { TextOwner } from '../../src/messages/letter-text.ts'
import { dropLetterSender, saveLetterSender } from '../../src/messages/save-letter-sender.ts'
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
const NONE = { sender_ja: '', sender_en: '', reply: '', signature_ja: '', signature_en: '' }

async function save(owner: TextOwner, words: Partial<typeof NONE> & { revision?: number }) {
  const [revision = -1] = await w.column<number>(
    'select revision from letter_sender where owner = ?',
    `${owner.scope}:${owner.id}`,
  )
  return saveLetterSender(as(w, 'secretariat'), owner, { ...NONE, revision, ...words })
}

/** The confirmation of a new booking, as it would leave now: from whom, where answers go, and its end. */
async function confirmation(slot: string, locale = 'ja') {
  const { id } = await booked(w, application({ slot: `${MITO}-${slot}`, locale }))
  const row = (await letters(w)).find(({ subject }) => subject === id)
  const letter = row && (await write(w.ctx, row, 'send'))
  if (!letter) throw new Error('no letter')
  return { from: letter.from, reply: letter.replyTo?.address, text: letter.text, html: letter.html }
}

describe('whom letters come from', () => {
  test('is what the session says, else its series, its programme, the house: each field for itself', async () => {
    const house = { name_ja: '相談', name_en: 'Advice', sender_ja: '家', reply: 'house@example.jp', revision: 0 }
    await saveHouse(as(w, 'secretariat'), { ...house, signature_ja: '家の署名' })
    await save(YEAR, { sender_ja: '年度', reply: 'year@example.jp', signature_ja: '年度の署名' })
    const year = await confirmation('1000')
    expect([year.from, year.reply]).toEqual([{ name: '年度', address: 'noreply@madoguchi.example' }, 'year@example.jp'])
    expect([year.text.includes('年度の署名'), year.text.includes('家の署名')]).toEqual([true, false])
    await save(SERIES, { sender_ja: '定期開催', signature_ja: '定期の署名\n二行目' })
    await save(DAY, { reply: 'day@example.jp' })
    const day = await confirmation('1100')
    expect([day.from.name, day.reply]).toEqual(['定期開催', 'day@example.jp'])
    expect(day.text).toContain('定期の署名\n二行目\n相談\n')
    expect(day.html).toContain('定期の署名<br/>二行目')
  })

  test('is said in English, or in Japanese if there is no English', async () => {
    await save(YEAR, { sender_ja: '年度', signature_ja: '署名' })
    const without = await confirmation('1000', 'en')
    expect([without.from.name, without.text.includes('署名')]).toEqual(['年度', true])
    await save(SERIES, { sender_en: 'Series', signature_en: 'Signed' })
    const english = await confirmation('1100', 'en')
    expect([english.from.name, english.text.includes('Signed')]).toEqual(['Series', true])
    expect((await confirmation('1300')).from.name).toBe('年度')
  })

  test('is as before without any', async () => {
    const { from, reply } = await confirmation('1000')
    expect(from).toEqual({ name: '窓口', address: 'noreply@madoguchi.example' })
    await save(SERIES, { sender_ja: '定期開催', reply: 'a@example.jp' })
    await save(SERIES, NONE)
    const again = await confirmation('1100')
    expect([again.from, again.reply]).toEqual([from, reply])
    expect(await w.column('select id from letter_sender')).toEqual([])
  })

  test('is refused if it is no name or no address', async () => {
    expect(await save(SERIES, { reply: 'nobody' })).toEqual({ ok: false, why: 'invalid', errors: { reply: 'email' } })
    expect(await save(SERIES, { sender_ja: '窓口 https://evil.example' })).toMatchObject({
      errors: { sender_ja: 'link' },
    })
    expect(await save(SERIES, { sender_ja: '窓口\nBcc: a@example.jp' })).toMatchObject({
      errors: { sender_ja: 'text' },
    })
  })

  test('that somebody else saved or removed first is refused', async () => {
    const given = { ...NONE, sender_ja: '先', revision: '-1' }
    const both = meanwhile(w, () => saveLetterSender(w.system, SERIES, given))
    expect(await saveLetterSender(as(both, 'desk'), SERIES, { ...given, sender_ja: '後' })).toEqual({
      ok: false,
      why: 'changed',
    })
    const gone = meanwhile(w, () => dropLetterSender(w.system, SERIES))
    expect(await dropLetterSender(as(gone, 'desk'), SERIES)).toEqual({ ok: false, why: 'changed' })
  })

  test('is for the desk of the prefecture, of a year for the secretariat, and in the journal', async () => {
    const saving = (owner: TextOwner) => mayDo(w, (ctx) => saveLetterSender(ctx, owner, { ...NONE, revision: -1 }))
    expect(await saving(DAY)).toEqual(['desk', 'secretariat', 'system'])
    expect(await saving(YEAR)).toEqual(['secretariat', 'system'])
    expect(await mayDo(w, (ctx) => dropLetterSender(ctx, SERIES))).toEqual(['desk', 'secretariat', 'system'])
    await save(SERIES, { sender_ja: '定期開催' })
    await dropLetterSender(as(w, 'desk'), SERIES)
    expect((await lines(w, 'ibaraki')).filter(({ act }) => act.startsWith('letter_sender'))).toEqual([
      { actor: 'desk', act: 'letter_sender.dropped', detail: { scope: 'series' } },
      { actor: 'secretariat', act: 'letter_sender.saved', detail: { scope: 'series', fields: ['sender_ja'] } },
    ])
  })
})
