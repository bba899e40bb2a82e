import { beforeAll, describe, expect, test } from 'vitest'
import { callOff } from '../../../src/changes/call-off.ts'
import { as } from '../../acts.ts'
import { MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'

let s: Site
beforeAll(async () => {
  s = await site()
})

const policyOf = (headers: Headers) =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '')
      .split('; ')
      .map((one) => [one.split(' ')[0], one.split(' ').slice(1)]),
  )

describe('/embed', () => {
  test('may be framed by any site, and lets nothing in but its own styles', async () => {
    const { headers } = await s.ask('/embed?prefecture=08')
    expect(headers.get('x-frame-options')).toBeNull()
    expect(policyOf(headers)).toEqual({
      'default-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ['*'],
      'img-src': ["'self'", 'data:'],
      'style-src': ["'self'"],
    })
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('etag')).not.toBeNull()
  })

  test('has its language from its address alone, and neither sets nor reads a cookie', async () => {
    const inEnglish = await s.ask('/embed?lang=en', { headers: { cookie: 'lang=ja' } })
    expect(inEnglish.body).toContain('<html lang="en"')
    expect((await s.ask('/embed', { headers: { cookie: 'lang=en' } })).body).toContain('<html lang="ja"')
    for (const { headers } of [inEnglish, await s.ask('/embed')]) {
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('vary')).not.toMatch(/cookie/i)
    }
  })

  test('has no script, form or image, and every link leaves the frame', async () => {
    for (const path of ['/embed?prefecture=08', '/embed?prefecture=08&lang=en', '/embed?prefecture=02&kind=seminar']) {
      const page = await s.page(path)
      expect(page.root.querySelectorAll('script, form, button, input, img, iframe')).toEqual([])
      const links = page.root.querySelectorAll('a')
      expect(links.length).toBeGreaterThan(0)
      for (const link of links) {
        expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_top', 'noopener'])
        expect(link.getAttribute('href')?.includes('lang=en')).toBe(path.includes('lang=en'))
      }
    }
  })

  test('lists the coming dates of its filter, ten at most, with their state', async () => {
    const page = await s.page('/embed?prefecture=08')
    expect(page.main.querySelectorAll('li.row')).toHaveLength(10)
    expect(page.main.querySelector('h1')?.text).toBe('茨城県のテレワーク相談会・セミナー')
    expect((await callOff(as(s, 'desk'), MITO, { reason_ja: '大雪のため' })).ok).toBe(true)
    const after = await s.page('/embed?prefecture=08')
    expect(after.main.querySelector(`a[href="/sessions/${MITO}"]`)?.closest('li')?.text).toContain('中止')
    expect((await s.page('/embed?prefecture=02&kind=seminar')).main.querySelectorAll('li.row')).toHaveLength(0)
  })
})

test('no other page of the site is ever framed by another site', async () => {
  const paths = new Set(
    s.app.routes.filter(({ method, path }) => method === 'GET' && !path.includes('*')).map(({ path }) => path),
  )
  expect(paths.size).toBeGreaterThan(100)
  const framed: string[] = []
  for (const path of paths) {
    const asked = path.replaceAll(/:\w+(?:\{[^}]*\})?/g, 'x')
    const { headers } = await s.ask(asked)
    const by = policyOf(headers)['frame-ancestors']?.join(' ')
    const isClosed =
      (by === "'none'" && headers.get('x-frame-options') === 'DENY') ||
      (by === "'self'" && headers.get('x-frame-options') === 'SAMEORIGIN')
    if (!isClosed) framed.push(path)
  }
  expect(framed).toEqual(['/embed'])
  const { headers } = await s.ask(`/sessions/${MITO}/book`)
  expect(headers.get('x-frame-options')).toBe('DENY')
})

test('the page of subscriptions has the frame to paste, with a title, loaded late, and a plain link', async () => {
  const page = await s.page('/subscribe?prefecture=08&kind=seminar&lang=en')
  const snippet = page.main.querySelector('#snippet')?.text ?? ''
  const written = snippet
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
  expect(written).toMatch(
    /^<iframe src="http:\/\/localhost:8787\/embed\?prefecture=08&(?:amp;)?kind=seminar&(?:amp;)?lang=en" title="[^"]+" [^>]*loading="lazy"><\/iframe>\n<p><a href="[^"]*\/calendar\?/,
  )
})
