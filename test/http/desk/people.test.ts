import { beforeEach, expect, test } from 'vitest'
import { fieldsOf, formTo, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

test('whose address changes is signed out of the old one', async () => {
  const all = await signedIn(s, 'secretariat')
  const path = `/desk/people/${desk.id}`
  const form = formTo(await all.page(path), path)
  await all.submit(path, fieldsOf(form, { email: 'else@example.jp' }))
  expect((await s.ask('/desk', { headers: { cookie: desk.cookie } })).status).toBe(303)
})
