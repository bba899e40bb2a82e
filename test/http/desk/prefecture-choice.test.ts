import { expect, test } from 'vitest'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'

const FORMS = ['/desk/venues/new', '/desk/series/new', '/desk/schedule/new']

test.each(FORMS)('%s has no prefecture chosen for staff who have more than one', async (path) => {
  const s = await site()
  const { cookie } = await signedIn(s, 'secretariat')
  const page = await (await s.app.request(path, { headers: { cookie } })).text()
  expect(page).toMatch(/<select[^>]*name="prefecture"[^>]*><option value=""><\/option>/)
})

test.each(FORMS)('%s has no empty choice for a desk of one prefecture', async (path) => {
  const s = await site()
  const { cookie } = await signedIn(s, 'desk', '08')
  const page = await (await s.app.request(path, { headers: { cookie } })).text()
  expect(page).toContain('name="prefecture"')
  expect(page).not.toMatch(/name="prefecture"[^>]*><option value=""/)
})
