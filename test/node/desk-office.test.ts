import { afterEach, beforeEach, expect, test } from 'vitest'
import { officeCommand } from '../../src/node/desk-office.ts'
import { desks } from '../../src/people/queries.ts'
import { deskById } from '../../src/schedule/place-queries.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { MITO, type World, world } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await world()
})
afterEach(() => w.close())

const desk = (...args: string[]) => officeCommand(w.system, args)

test('a desk is added, and an edit changes only what it names', async () => {
  const id = await desk(
    'add',
    '--name',
    '水戸の窓口',
    '--prefectures',
    '08',
    '--phones',
    '029-000-0001,029-000-0002',
    '--mail',
    'mito@example.jp',
    '--replies',
  )
  expect(await deskById(w.ctx, id)).toMatchObject({
    kind: 'local',
    prefectures: '08',
    phones: '029-000-0001,029-000-0002',
    email_use: 'mail',
  })
  expect(await desk('edit', id, '--hours', '平日 9:00〜17:00')).toBe(id)
  expect(await deskById(w.ctx, id)).toMatchObject({
    name_ja: '水戸の窓口',
    hours_ja: '平日 9:00〜17:00',
    email_use: 'mail',
    revision: 1,
  })
  expect(await desk('end', id)).toBe(`${id} has ended`)
  expect((await desks(w.ctx)).map((one) => one.id)).not.toContain(id)
})

test('what is wrong is said by the names of the options, and nothing is saved', async () => {
  const before = await desks(w.ctx)
  await expect(desk('add', '--name', '水戸の窓口')).rejects.toThrow('--prefectures')
  await expect(desk('add', '--name', '水戸の窓口')).rejects.toThrow('--phones')
  await expect(desk('close', 'toyota')).rejects.toThrow('desk add')
  await expect(desk('edit', 'nowhere', '--hours', '平日')).rejects.toThrow('there is no desk nowhere')
  expect(await desks(w.ctx)).toEqual(before)
})

test('a desk that still holds days shows them, and ends only with --yes and a successor', async () => {
  const shown = await desk('end', 'secretariat')
  expect(shown).toContain(MITO)
  expect(shown).toContain('desk-kanto-bureau')
  await expect(desk('end', 'secretariat', '--yes')).rejects.toThrow(scheduleTexts('ja').desks.busy.what)
  expect((await deskById(w.ctx, 'secretariat'))?.ended_at).toBeNull()
  expect(await desk('end', 'secretariat', '--successor', 'desk-kanto-bureau', '--yes')).toBe('secretariat has ended')
  expect(await w.column('select desk from session where id = ?', MITO)).toEqual(['desk-kanto-bureau'])
})
