import { html } from 'hono/html'
import type { Instant } from '../../src/base/clock.ts'
import { withoutForbidden } from '../../src/base/input.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Kind } from '../../src/base/vocabulary.ts'

/** An entry of the news. `id` is an IRI that stays for ever; `updated` is the last change that readers should see. */
export type Entry = {
  id: string
  title: string
  summary: string
  kind: Kind
  url: string
  published: Instant
  updated: Instant
}

/** A feed of news. `url` is its own address, `page` that of the page that shows the same. `updated` if it is empty. */
export type News = {
  id: string
  locale: Locale
  title: string
  author: string
  url: string
  page: string
  updated: Instant
  entries: readonly Entry[]
}

const entryText = ({ id, title, summary, kind, url, published, updated }: Entry) => html`<entry>
<id>${id}</id>
<title type="text">${title}</title>
<link rel="alternate" type="text/html" href="${url}"/>
<published>${published}</published>
<updated>${updated}</updated>
<category term="${kind}"/>
<summary type="text">${summary}</summary>
</entry>
`

/** A feed of Atom (RFC 4287), the newest change first. Its `updated` is that of the newest entry. */
export async function atom({ id, locale, title, author, url, page, updated, entries }: News): Promise<string> {
  const text = await html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<id>${id}</id>
<title type="text">${title}</title>
<updated>${entries[0]?.updated ?? updated}</updated>
<author><name>${author}</name></author>
<link rel="self" type="application/atom+xml" href="${url}"/>
<link rel="alternate" type="text/html" href="${page}"/>
${entries.map(entryText)}</feed>
`
  return withoutForbidden(String(text))
}
