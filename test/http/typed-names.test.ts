import { type HTMLElement, type Node, NodeType, parse } from 'node-html-parser'
import { beforeAll, expect, test } from 'vitest'
import { MITO } from '../world.ts'
import { type Site, site } from './app.ts'
import { type Staff, signedIn } from './desk/fixtures.ts'

/** Names that are written from right to left, and end in characters that take the direction of their neighbours. */
const TYPED = ['שלום (3)', 'לוי 7', 'レヴィ']

/** The elements that HTML isolates from the direction of the text around them (HTML, section 15.3). */
const ISOLATES = new Set(['BDI', 'TD', 'DD', 'LI', 'P', 'H1', 'H2', 'OPTION', 'TEXTAREA'])

let s: Site
let staff: Staff
let token: string

beforeAll(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://mail.invalid' } })
  const [company = '', name = '', name_kana = ''] = TYPED
  token = (await s.booked({ company, name, name_kana })).token
  s.at('2026-11-27T01:00:00.000Z')
  staff = await signedIn(s, 'desk', '08')
})

function textsOf(node: Node): Node[] {
  return node.nodeType === NodeType.TEXT_NODE ? [node] : node.childNodes.flatMap(textsOf)
}

/** The texts of a page in which a typed name stands beside other text, without being isolated from it. */
function mixed(html: string): string[] {
  const body = parse(html).querySelector('body') as HTMLElement
  return textsOf(body)
    .filter((node) => TYPED.some((typed) => node.text.includes(typed)))
    .filter((node) => {
      const text = node.text.trim()
      let isIsolated = false
      for (let element = node.parentNode; element?.text.trim() === text; element = element.parentNode) {
        isIsolated ||= ISOLATES.has(element.tagName)
      }
      return !isIsolated
    })
    .map((node) => node.text)
}

test('a name written from right to left does not turn the text around it, on any page', async () => {
  const [id = ''] = await s.column<string>('select id from booking')
  const paths = [
    '/desk',
    '/desk/bookings',
    `/desk/bookings/${id}`,
    `/desk/bookings/${id}/cancel`,
    `/desk/sessions/${MITO}`,
    `/desk/sessions/${MITO}/sheet`,
  ]
  let shown = 0
  const look = (what: string, html: string) => {
    expect([what, mixed(html)]).toEqual([what, []])
    if (html.includes(TYPED[0] ?? '')) shown++
  }
  for (const path of paths) look(path, (await staff.page(path)).body)
  look('manage', (await s.page(`/b/${token}`)).body)
  look('done', (await s.page(`/b/${token}/done`)).body)
  expect(shown).toBe(paths.length + 2)
})
