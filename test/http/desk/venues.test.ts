import { beforeEach, expect, test } from 'vitest'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { fieldsOf, formTo, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

test('a person who corrects a venue that somebody else has saved is refused, and keeps what they typed', async () => {
  const path = '/desk/venues/ibaraki'
  const other = await signedIn(s, 'desk', '08')
  const form = formTo(await other.page(path), path)
  expect((await desk.submit(path, fieldsOf(form, { name_ja: '水戸駅南' }))).status).toBe(200)
  const late = await other.submit(path, fieldsOf(form, { name_ja: '水戸駅北' }))
  expect([late.status, late.text]).toEqual([409, expect.stringContaining(t.session.refused.changed)])
  expect(await s.column("select name_ja from venue where id = 'ibaraki'")).toEqual(['水戸駅南'])
  await other.submit(path, fieldsOf(formTo(late, path)))
  expect(await s.column("select name_ja from venue where id = 'ibaraki'")).toEqual(['水戸駅北'])
})
