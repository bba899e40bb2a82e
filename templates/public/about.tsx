import type { Child } from 'hono/jsx'
import { Facts } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'

function Items({ id, title, items }: { id: string; title: string; items: string[] }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="prose">
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </section>
  )
}

/** The page about personal data. */
export function PrivacyPage({ frame }: { frame: PageContext }) {
  const t = texts(frame.locale)
  const { house, locale } = frame
  const reached = [house?.operator[locale], house?.phone, house?.email].filter(Boolean)
  // What the secretariat said of itself goes before our words.
  const own: Record<string, string | undefined> = {
    holder: house?.privacy[locale],
    contact: house?.phone || house?.email ? reached.join(locale === 'ja' ? '　' : ', ') : undefined,
  }
  return (
    <Layout frame={frame} title={t.privacy.title} narrow>
      <h1>{t.privacy.title}</h1>
      <p class="lead">{t.privacy.lead}</p>
      <section class="card">
        <Facts
          rows={Object.entries(t.consent).map(([key, [name, text]]): [string, Child] => [name, own[key] || text])}
        />
      </section>
      <Items id="items" title={t.privacy.itemsTitle} items={t.privacy.items} />
      <Items id="more" title={t.privacy.moreTitle} items={t.privacy.more} />
      <p>
        <a href="/desks">{t.privacy.desks}</a>
      </p>
      <p>
        <a href="/prefecture">{t.privacy.prefecture}</a>
      </p>
    </Layout>
  )
}

/** The page about accessibility: what works, and what is still missing. */
export function AccessibilityPage({ frame }: { frame: PageContext }) {
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={t.accessibility.title} narrow>
      <h1>{t.accessibility.title}</h1>
      <p class="lead">{t.accessibility.lead}</p>
      <Items id="done" title={t.accessibility.doneTitle} items={t.accessibility.done} />
      <Items id="limits" title={t.accessibility.limitsTitle} items={t.accessibility.limits} />
      <section aria-labelledby="contact">
        <h2 id="contact">{t.accessibility.contactTitle}</h2>
        <p>{t.accessibility.contact}</p>
        <p>
          <a href="/desks">{t.accessibility.desks}</a>
        </p>
      </section>
    </Layout>
  )
}
