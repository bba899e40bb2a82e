import { afterEach, beforeEach, expect, test } from 'vitest'
import { NotFound } from '../../../src/base/outcome.ts'
import { changeVenue } from '../../../src/changes/change-venue.ts'
import { addVenue } from '../../../src/planning/add-venue.ts'
import { checkPrefecture } from '../../../src/planning/check-prefecture.ts'
import { venuesToChoose, venueUse } from '../../../src/planning/venues/queries.ts'
import { reopenVenue } from '../../../src/planning/venues/reopen-venue.ts'
import { previewRetirement, retireVenue } from '../../../src/planning/venues/retire-venue.ts'
import { sessionById } from '../../../src/schedule/queries.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { MITO, NOW, type World, world } from '../../world.ts'

let w: World
beforeEach(async () => {
  w = await world()
  await addVenue(w.system, { ...HALL, id: 'hall' })
})
afterEach(() => w.close())

const HALL = { prefecture: '08', name_ja: '会場', name_en: 'Hall', address: null, area_only: 0, printed: null } as const
const choice = { ok: false, why: 'invalid', errors: { venue: 'choice' } }
const chosen = async () => (await venuesToChoose(as(w, 'desk'))).map(({ id }) => id)

test('a retired venue can be chosen for nothing, until it is used again', async () => {
  expect(await chosen()).toContain('hall')
  expect(await retireVenue(as(w, 'desk'), 'hall')).toEqual({ ok: true, venue: 'hall', again: false })
  expect(await retireVenue(as(w, 'desk'), 'hall')).toEqual({ ok: true, venue: 'hall', again: true })
  expect(await w.rows("select retired_at, revision from venue where id = 'hall'")).toEqual([
    { retired_at: NOW, revision: 1 },
  ])
  expect(await chosen()).not.toContain('hall')
  const moved = { venue: 'hall', reason_ja: '改修のため' }
  expect(await changeVenue(as(w, 'desk'), MITO, moved)).toEqual(choice)
  expect(await checkPrefecture(w.ctx, '08', { venue: 'hall' })).toEqual({ venue: 'choice' })
  expect(await checkPrefecture(w.ctx, '08', { venue: 'hall' }, { venue: 'hall' })).toEqual({})
  expect(await reopenVenue(as(w, 'desk'), 'hall')).toEqual({ ok: true, venue: 'hall', again: false })
  expect(await reopenVenue(as(w, 'desk'), 'hall')).toEqual({ ok: true, venue: 'hall', again: true })
  expect(await changeVenue(as(w, 'desk'), MITO, moved)).toMatchObject({ ok: true })
  expect(new Set((await lines(w, 'hall')).map(({ act }) => act))).toEqual(
    new Set(['venue.added', 'venue.retired', 'venue.reopened']),
  )
})

test('its sessions ahead are named, keep it, and offer it as theirs', async () => {
  const { use } = await previewRetirement(as(w, 'desk'), 'ibaraki')
  expect(use.sessions.map(({ id }) => id)).toContain(MITO)
  expect(use.series.map(({ id }) => id)).toEqual(['ibaraki'])
  await w.run("update session set state = 'called_off' where id = ?", MITO)
  expect((await venueUse(w.ctx, 'ibaraki')).sessions.map(({ id }) => id)).not.toContain(MITO)
  await retireVenue(as(w, 'desk'), 'ibaraki')
  expect((await sessionById(w.ctx, 'ibaraki-2026-12-04'))?.venue?.id).toBe('ibaraki')
  expect((await venuesToChoose(as(w, 'desk'), 'ibaraki')).map(({ id }) => id)).toContain('ibaraki')
})

test('it is retired only as its page showed it', async () => {
  expect(await retireVenue(as(w, 'desk'), 'hall', { shown: 'of another day' })).toEqual({ ok: false, why: 'changed' })
  const slower = meanwhile(w, () => retireVenue(as(w, 'desk'), 'hall'))
  expect(await retireVenue(as(slower, 'desk'), 'hall')).toEqual({ ok: true, venue: 'hall', again: true })
  const later = meanwhile(w, () => reopenVenue(as(w, 'desk'), 'hall'))
  expect(await reopenVenue(as(later, 'desk'), 'hall')).toEqual({ ok: true, venue: 'hall', again: true })
})

test('both are for the desk of its prefecture', async () => {
  expect(await mayDo(w, (ctx) => retireVenue(ctx, 'hall'))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => reopenVenue(ctx, 'hall'))).toEqual(['desk', 'secretariat', 'system'])
  await expect(retireVenue(as(w, 'desk'), 'nowhere')).rejects.toThrow(NotFound)
  await expect(reopenVenue(as(w, 'desk'), 'nowhere')).rejects.toThrow(NotFound)
})
