import { html } from 'hono/html'
import type { Instant } from '../../src/base/clock.ts'

/** A page for search engines. `changed` is its last significant change, null if nobody knows. */
export type Listed = { url: string; changed: Instant | null }

const ofPage = ({ url, changed }: Listed) => html`<url><loc>${url}</loc>${
  changed === null ? '' : html`<lastmod>${changed}</lastmod>`
}</url>
`

/** A sitemap (https://www.sitemaps.org/protocol.html), of 50,000 pages at most. */
export async function sitemap(pages: readonly Listed[]): Promise<string> {
  const text = await html`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map(ofPage)}</urlset>
`
  return String(text)
}
