import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Env } from '../../../src/http/env.ts'
import { site } from '../../http/app.ts'
import { call } from '../requests.ts'
import { csvRows, wrongIn, wrongInLetter } from './checks.ts'
import { readAll } from './fuzz.ts'

const HTML = 'text/html; charset=utf-8'
const page = (body: string, lang = 'ja') => `<html lang="${lang}"><title>題</title>${body}</html>`

/** What is found in an answer. */
function found(status: number, type: string, body: string, headers: Record<string, string> = {}) {
  const location = headers.location ?? ''
  const bytes = new TextEncoder().encode(body)
  return wrongIn({ status, type, location, headers: new Headers(headers), body: bytes }, 'ja', false)
}

describe('an answer with nothing wrong', () => {
  test.each([
    [200, HTML, page('&lt;x0 y=1&gt; &quot; y0=&quot;1')],
    [404, HTML, page('<p class="fault-code num">404</p><h1>ページが見つかりません</h1>')],
    [422, 'application/problem+json', '{"title":"内容をご確認ください","status":422,"code":"invalid"}'],
    [200, 'text/csv; charset=utf-8', "\uFEFFa,b\r\n'=1,-3\r\n"],
    [303, '', ''],
  ])('%i %s is found sound', async (status, type, body) => {
    expect(await found(status, type, body)).toEqual([])
  })

  test('is 503 too, if it says when to come back', async () => {
    expect(await found(503, HTML, page(''), { 'retry-after': '1' })).toEqual([])
  })
})

test.each([
  ['is a fault of the server', 500, HTML, page('')],
  ['is a fault of the server', 503, HTML, page('')],
  ['shows markup as markup', 200, HTML, page('<x0 y=1>')],
  ['shows markup as markup', 200, HTML, page('<a title="" y0="1">')],
  ['links to a script', 200, HTML, page('<a href="javascript:alert(1)">')],
  ['is not in the language of the person', 200, HTML, page('', 'en')],
  ['has no title', 200, HTML, '<html lang="ja"><title></title></html>'],
  ['shows 403', 404, HTML, page('<p class="fault-code num">403</p><h1>ページが見つかりません</h1>')],
  ['has another title', 404, HTML, page('<p class="fault-code num">404</p><h1>Page not found</h1>')],
  ['is no JSON', 200, 'application/json', '{'],
  ['is no problem document', 422, 'application/problem+json', '{"status":400}'],
  ['is no CSV', 200, 'text/csv', 'a,"b\r\n'],
  ['has rows of other lengths', 200, 'text/csv', 'a,b\r\nc\r\n'],
  ['has a formula: "=1+1"', 200, 'text/csv', 'a,b\r\n=1+1,2\r\n'],
  ['cannot be opened', 200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ['is a refusal of type text/plain', 404, 'text/plain', '404 Not Found'],
])('an answer that %s is found', async (what, status, type, body) => {
  expect(await found(status, type, body)).toEqual([what])
})

test('an answer that leads to another site, or with a header or address of somebody else’s making, is found', async () => {
  expect(await found(303, '', '', { location: 'https://evil.example/' })).toEqual(['leads to https://evil.example/'])
  const long = `http://localhost:8787/${'a'.repeat(4000)}`
  expect(await found(303, '', '', { location: long })).toEqual(['leads to an endless address'])
  expect(await found(303, '', '', { 'x-evil': '1' })).toEqual(['has a header of somebody else'])
})

test('a calendar with a line of somebody else, or that no reader opens, is found', async () => {
  const { body } = await (await site()).ask('/sessions/ibaraki-2026-11-27.ics')
  expect(await found(200, 'text/calendar', body)).toEqual([])
  const forged = body.replace('SUMMARY:', 'X-EVIL:1\r\nSUMMARY:')
  expect(await found(200, 'text/calendar', forged)).toEqual(['has a line of somebody else'])
  const invited = body.replace('SUMMARY:', 'ATTENDEE:mailto:evil@example.jp\r\nSUMMARY:')
  expect(await found(200, 'text/calendar', invited)).toEqual(['invites somebody else'])
  expect(await found(200, 'text/calendar', body.replace('\r\n', '\n'))).toHaveLength(1)
})

test('a letter to somebody else, with a header too many, or with markup is found', async () => {
  const letter = (head: string, html = '<p>') => ({
    to: ['taro@example.jp'],
    raw: `From: a@example.jp\r\nTo: taro@example.jp\r\n${head}Content-Type: text/html\r\n\r\n${html}\r\n`,
  })
  expect(await wrongInLetter(letter(''), 'taro@example.jp')).toEqual([])
  expect(await wrongInLetter(letter(''), 'hanako@example.jp')).toHaveLength(1)
  expect(await wrongInLetter(letter('Bcc: b@example.jp\r\n'), 'taro@example.jp')).toEqual(['has the header bcc'])
  expect(await wrongInLetter(letter('X-Evil: 1\r\n'), 'taro@example.jp')).toEqual(['has the header x-evil'])
  expect(await wrongInLetter(letter('', '<x0 y=1>'), 'taro@example.jp')).toEqual(['shows markup as markup'])
})

test('a page that changes rows when it is read is found, and what staff read is no change', async () => {
  const s = await site()
  const app = new Hono<Env>()
    .get('/control', async (c) => {
      await s.run("update venue set name_ja = name_ja || '!'")
      return c.html(page(''))
    })
    .route('/', s.app)
  const wrong = async (path: string) => {
    const tally = { sent: 0, statuses: {}, wrong: [] }
    await readAll({ ...s, app }, [call('public', 'GET', path)], tally)
    return tally.wrong
  }
  expect(await wrong('/calendar')).toEqual([])
  expect(await wrong('/control')).toEqual([
    'reading changed rows; the requests that do it again follow',
    'changes rows: curl -i -X GET http://localhost:8787/control # as public',
  ])
})

test('a CSV file is read by RFC 4180', () => {
  expect(csvRows('a,"b ""c""\r\nd"\r\n,e\r\n')).toEqual([
    ['a', 'b "c"\r\nd'],
    ['', 'e'],
  ])
})
