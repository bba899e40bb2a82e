import type { HTMLElement } from 'node-html-parser'
import type { Locale } from '../../src/base/locale.ts'
import type { Answer, Page, Site } from '../http/app.ts'
import { pageOf, pathOf } from '../http/app.ts'

/** Text without the spaces between its parts. */
export const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** A page in one language, or the one to which it leads. Throws if it is none, or if the site failed. */
export async function pageIn(s: Site, address: string, locale: Locale = 'ja', cookie = ''): Promise<Page> {
  const headers = { cookie: [`lang=${locale}`, cookie].filter(Boolean).join('; ') }
  const answer = sound(address, await s.ask(address, { headers }))
  return answer.status === 303 ? pageIn(s, pathOf(answer.location), locale, cookie) : pageOf(answer)
}

/** The same answer. Throws if the site failed. */
export function sound<A extends Answer>(address: string, answer: A): A {
  if (answer.status >= 500) throw new Error(`${address} answers ${answer.status}: ${answer.body.slice(0, 300)}`)
  return answer
}

/** The named values of a page. */
export function factsOn(page: { main: HTMLElement }): Map<string, string> {
  const rows = page.main.querySelectorAll('dl.facts > div')
  const pairs = rows.map((row): [string, string] => [
    plain(row.querySelector('dt')?.text ?? ''),
    plain(row.querySelector('dd')?.text ?? ''),
  ])
  return new Map(pairs)
}

/** The id at the end of an address. */
export const idIn = (href: string) => href.split(/[?#]/)[0]?.split('/').at(-1) ?? ''

/** The marks of the sessions on a page, by session. Throws if a page gives one session two marks. */
export function marksOn(main: HTMLElement, from: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const row of main.querySelectorAll('.row, .held, table.list tr')) {
    const link = row.querySelectorAll('a').find((one) => /\/sessions\/[^/]+$/.test(one.getAttribute('href') ?? ''))
    const mark = row.querySelector('.mark')
    if (!link || !mark) continue
    const id = idIn(link.getAttribute('href') ?? '')
    const said = plain(mark.text)
    if (found.has(id) && found.get(id) !== said) throw new Error(`${from}: ${id} is "${found.get(id)}" and "${said}"`)
    found.set(id, said)
  }
  return found
}
