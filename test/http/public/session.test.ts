import { beforeAll, expect, test } from 'vitest'
import { type Site, site } from '../app.ts'

let s: Site
beforeAll(async () => {
  s = await site()
})

test('a damaged address of the source is shown and never a link', async () => {
  const page = await s.page('/sessions/aichi-sample-2026-12-14')
  expect(page.text).toContain('https://www.city.toyota.aichi.jp/')
  expect(page.body).not.toMatch(/href="https:\/\/www\.city\.toyota/)
})
