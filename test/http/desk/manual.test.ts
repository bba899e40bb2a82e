import { expect, test } from 'vitest'
import { pathOf, site } from '../app.ts'
import { signedIn } from './fixtures.ts'

test('the manual is one page with its contents, for every account, and its pictures are there', async () => {
  const s = await site()
  const expert = await signedIn(s, 'expert', '08')
  const page = await expert.page('/desk/manual?lang=en')
  expect(page.main.querySelector('h1')?.text).toBe('Manual')
  const links = page.main.querySelectorAll('.contents a').map((link) => link.getAttribute('href') ?? '')
  expect(links.length).toBeGreaterThan(8)
  for (const link of links) expect(page.main.querySelector(`.manual h2${link}`)).not.toBeNull()
  expect(page.main.querySelector('.manual')?.getAttribute('lang')).toBe('ja')
  const pictures = page.main.querySelectorAll('.manual img').map((picture) => picture.getAttribute('src') ?? '')
  for (const picture of pictures) {
    const answer = await s.ask(pathOf(picture))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
  }
  expect(pictures.length).toBeGreaterThan(4)
  // A picture that is loaded when it is scrolled to is missing on paper.
  expect(page.main.querySelectorAll('.manual img[loading]')).toEqual([])
  expect(page.main.querySelectorAll('[style], script')).toEqual([])
  expect((await expert.page('/desk/security')).main.querySelector('.guide a')?.getAttribute('href')).toBe(
    '/desk/manual',
  )
})
