import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unchanged } from '../../src/store/expectation.ts'
import { orThrow, type Write } from '../../src/store/store.ts'
import { type World, world } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await world({ seeded: false })
  orThrow(await w.ctx.store.commit(w.ctx.store.db.insertInto('venue').values(VENUE)))
})
afterEach(() => w.close())

const VENUE = {
  id: 'hall',
  prefecture: '08',
  name_ja: '会館',
  name_en: 'Hall',
  address: null,
  area_only: 0 as const,
  printed: null,
  revision: 3,
}

type Row = { id: string; revision: number }

/** Renames the venue as an act does that has read it: it keeps the other columns as they were read. */
function renamed(name_ja: string, read: Row): Write {
  return w.ctx.store.db
    .updateTable('venue')
    .set({ name_ja, revision: read.revision + 1 })
    .where('id', '=', read.id)
}
const saved = (name: string, read: Row) => w.ctx.store.commit(...unchanged(w.ctx, 'venue', read), renamed(name, read))
const names = () => w.column('select name_ja from venue')

describe('a row', () => {
  test('that still has the revision that was read is changed', async () => {
    expect(await saved('公民館', VENUE)).toEqual({ ok: true, changed: [1, 0, 1] })
    expect(await names()).toEqual(['公民館'])
  })

  test('that two people read is changed by the first of them only', async () => {
    expect(await saved('先の名', VENUE)).toMatchObject({ ok: true })
    expect(await saved('後の名', VENUE)).toEqual({ ok: false, broke: 'still_true' })
    expect(await names()).toEqual(['先の名'])
  })

  test('is changed once by many who save at the same time', async () => {
    const all = await Promise.all(['一', '二', '三', '四'].map((name) => saved(name, VENUE)))
    expect(all.filter((done) => done.ok)).toHaveLength(1)
    expect(await w.column('select revision from venue')).toEqual([4])
  })

  // The negative control: what the two tests above rule out does happen without the expectation.
  test('loses the first change if nobody expects the revision', async () => {
    const blind = (name: string) => w.ctx.store.commit(renamed(name, VENUE))
    expect([await blind('先の名'), await blind('後の名')]).toMatchObject([{ ok: true }, { ok: true }])
    expect(await names()).toEqual(['後の名'])
  })

  test('that is gone is not changed', async () => {
    await w.run('delete from venue')
    expect(await saved('公民館', VENUE)).toEqual({ ok: false, broke: 'still_true' })
  })

  test('is locked before it is looked at', () => {
    const [first, second, ...rest] = unchanged(w.ctx, 'venue', VENUE).map((write) => write.compile().sql)
    expect(first).toMatch(/^update "venue" set "revision" = "revision" where "id" = (\?|\$1)$/)
    expect(second).toMatch(/^insert into "expectation" /)
    expect(rest).toEqual([])
  })
})
