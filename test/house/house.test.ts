import { afterEach, beforeEach, expect, test } from 'vitest'
import { isEmptyHouse } from '../../src/base/vocabulary.ts'
import { lastTrial, readHouse, readSetup } from '../../src/house/queries.ts'
import { saveHouse } from '../../src/house/save-house.ts'
import { tryLetter } from '../../src/house/try-letter.ts'
import { write } from '../../src/mail/write.ts'
import { as, lines, mayDo, withAccounts } from '../acts.ts'
import { booked } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, type World, world } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await withAccounts(await world())
})
afterEach(() => w.close())

const GIVEN = {
  name_ja: '相談の窓口',
  name_en: 'Advice Desk',
  operator_ja: '水戸市',
  phone: '029-000-0000',
  revision: 0,
}
const secretariat = () => as(w, 'secretariat')

test('a house that nobody has named has none, and is saved with what was given', async () => {
  expect(await readHouse(w.ctx)).toBeNull()
  expect(await saveHouse(secretariat(), GIVEN)).toEqual({ ok: true })
  expect(await readHouse(w.ctx)).toEqual({
    name: { ja: '相談の窓口', en: 'Advice Desk' },
    operator: { ja: '水戸市', en: '水戸市' },
    phone: '029-000-0000',
    email: '',
    address: '',
    privacy: { ja: '水戸市', en: '水戸市' },
    sender: { ja: '', en: '' },
    reply: '',
    signature: { ja: '', en: '' },
  })
  expect(await lines(w, 'house')).toEqual([
    { actor: 'secretariat', act: 'house.saved', detail: { fields: ['name_ja', 'name_en', 'operator_ja', 'phone'] } },
  ])
})

test('a word that was given can be taken back, and saving the same changes nothing', async () => {
  await saveHouse(secretariat(), GIVEN)
  const again = { ...GIVEN, phone: '', revision: 1 }
  expect(await saveHouse(secretariat(), again)).toEqual({ ok: true })
  expect(await readHouse(w.ctx)).toMatchObject({ phone: '' })
  expect(await saveHouse(secretariat(), { ...again, revision: 2 })).toEqual({ ok: true })
  expect(await w.column('select revision from house')).toEqual([2])
  expect(await lines(w, 'house')).toHaveLength(2)
})

test.each([
  ['no name', { name_ja: ' ' }, { name_ja: 'required' }],
  ['a telephone that is none', { phone: 'abc' }, { phone: 'phone' }],
  ['an address that is none', { email: 'abc' }, { email: 'email' }],
])('%s is refused', async (_, changes, errors) => {
  expect(await saveHouse(secretariat(), { ...GIVEN, ...changes })).toEqual({ ok: false, why: 'invalid', errors })
})

test.each([0, 1])('of two people who save at once, after %i changes, the second one is told', async (saved) => {
  if (saved === 1) await saveHouse(secretariat(), GIVEN)
  const other = { ...GIVEN, name_ja: 'もう1つの窓口', revision: saved }
  const slower = meanwhile(w, () => saveHouse(secretariat(), other))
  const mine = { ...GIVEN, name_ja: '3つめの窓口', revision: saved }
  expect(await saveHouse(as(slower, 'secretariat'), mine)).toEqual({ ok: false, why: 'changed' })
  expect(await saveHouse(secretariat(), mine)).toEqual({ ok: false, why: 'changed' })
  expect(await w.column('select name_ja from house')).toEqual(['もう1つの窓口'])
})

test('letters are signed by those who run the house', async () => {
  await booked(w, application())
  const [row] = await w.ctx.store.db.selectFrom('outbox').selectAll().execute()
  const signed = async () => (row && (await write(w.ctx, row, 'send')))?.text.trimEnd().split('\n').slice(-8).join('\n')
  expect(await signed()).toContain('テレワーク相談 窓口')
  await saveHouse(secretariat(), GIVEN)
  expect(await signed()).toContain('相談の窓口\n水戸市\nhttp://localhost:8787')
  expect(await signed()).not.toContain('テレワーク相談 窓口')
})

test('a letter on trial goes the way of every letter, once a minute, and its state is known', async () => {
  expect(await lastTrial(secretariat())).toBeUndefined()
  for (let i = 0; i < 2; i++) await tryLetter(secretariat())
  const rows = await w.ctx.store.db.selectFrom('outbox').selectAll().where('kind', '=', 'trial').execute()
  expect(rows.map(({ subject }) => subject)).toEqual(['secretariat'])
  const letter = rows[0] && (await write(w.ctx, rows[0], 'send'))
  expect([letter?.to.address, letter?.subject]).toEqual(['secretariat@example.jp', '【試し送信】窓口の管理画面'])
  expect(letter?.text).not.toContain('心当たり')
  expect(await lastTrial(secretariat())).toMatchObject({ state: 'kept', fault: null })
  w.at('2026-11-22T01:02:00.000Z')
  await tryLetter(secretariat())
  expect(await w.column("select id from outbox where kind = 'trial'")).toHaveLength(2)
})

test('the steps say what is there and what is missing', async () => {
  const here = await readSetup(secretariat())
  expect(here).toEqual({
    house: false,
    programme: true,
    desk: true,
    venue: true,
    session: true,
    people: true,
    mail: false,
    booking: false,
  })
  expect(isEmptyHouse(here)).toBe(false)
  await tryLetter(secretariat())
  await w.run("update outbox set state = 'sent', kind = 'factor'")
  expect(await readSetup(secretariat())).toMatchObject({ mail: false })
  await saveHouse(secretariat(), GIVEN)
  await booked(w, application())
  await w.run("update outbox set state = 'sent'")
  expect(Object.values(await readSetup(secretariat())).every(Boolean)).toBe(true)
  w.at('2030-01-01T00:00:00.000Z')
  expect(await readSetup(secretariat())).toMatchObject({ programme: false, session: false })
  expect(isEmptyHouse(await readSetup(secretariat()))).toBe(true)
})

test('all of it is for the secretariat, and the letter for whoever is signed in', async () => {
  expect(await mayDo(w, (ctx) => saveHouse(ctx, GIVEN))).toEqual(['secretariat', 'system'])
  expect(await mayDo(w, (ctx) => readSetup(ctx))).toEqual(['secretariat', 'system'])
  expect(await mayDo(w, (ctx) => tryLetter(ctx))).toEqual(['secretariat'])
})
