import { FeedLinks } from '../feed-links.tsx'
import { href } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { embedTitle } from './embed.tsx'
import { type Filter, FilterForm } from './filter.tsx'

/** How to subscribe to the calendar: choose the sessions, copy the address, add it. */
export function SubscribePage(props: { frame: PageContext; publicUrl: string; filter?: Filter | undefined }) {
  const { frame, publicUrl, filter = {} } = props
  const t = texts(frame.locale)
  const { prefecture, kind, format } = filter
  const query = { prefecture, kind, format, lang: frame.locale === 'en' ? 'en' : undefined }
  const address = publicUrl + href('/calendar.ics', query)
  const title = embedTitle(frame, filter)
  const framed = publicUrl + href('/embed', query)
  const snippet = `<iframe src="${framed.replaceAll('&', '&amp;')}" title="${title}" width="100%" height="560" loading="lazy"></iframe>
<p><a href="${(publicUrl + href('/calendar', { ...query, view: 'list' })).replaceAll('&', '&amp;')}">${title}</a></p>`
  return (
    <Layout frame={frame} title={t.subscribe.title} nav="subscribe" narrow>
      <h1>{t.subscribe.title}</h1>
      <p class="lead">{t.subscribe.lead}</p>
      <section aria-labelledby="choose">
        <h2 id="choose">{t.subscribe.choose}</h2>
        <FilterForm frame={frame} action="/subscribe" filter={filter} submit={t.subscribe.make} quiet />
      </section>
      <section class="card" aria-labelledby="address">
        <h2 id="address">{t.subscribe.address}</h2>
        <label for="feed-url">{t.subscribe.addressLabel}</label>
        <input id="feed-url" class="feed-url" type="text" value={address} readonly />
        <p class="after">
          <button class="btn quiet" type="button" data-copy="feed-url" data-done={t.subscribe.copied} hidden>
            {t.subscribe.copy}
          </button>
          <span class="copied" role="status" />
        </p>
        <FeedLinks frame={frame} address={address} name={title} />
        <p class="soft small">{t.subscribe.openText}</p>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">{t.subscribe.how}</h2>
        {t.subscribe.apps.map((app) => (
          <details class="app">
            <summary>{app.name}</summary>
            <ol>
              {app.steps.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
          </details>
        ))}
        <p>{t.subscribe.slow}</p>
        <p class="soft">{t.subscribe.privacy}</p>
      </section>
      <section aria-labelledby="news">
        <h2 id="news">{t.subscribe.news}</h2>
        <p>{t.subscribe.newsText}</p>
        <label for="news-url">{t.subscribe.newsAddress}</label>
        <input id="news-url" class="feed-url" type="text" value={publicUrl + href('/feed.xml', query)} readonly />
      </section>
      <section aria-labelledby="embed">
        <h2 id="embed">{t.embed.heading}</h2>
        <p>{t.embed.text}</p>
        <label for="snippet">{t.embed.label}</label>
        <textarea id="snippet" class="snippet" rows={9} readonly>
          {snippet}
        </textarea>
        <p class="after">
          <a class="btn quiet" href={framed}>
            {t.embed.preview}
          </a>{' '}
          <button class="btn quiet" type="button" data-copy="snippet" data-done={t.subscribe.copied} hidden>
            {t.embed.copy}
          </button>
          <span class="copied" role="status" />
        </p>
        <p>
          <a href="/open-data">{t.footer.openData}</a>
        </p>
      </section>
    </Layout>
  )
}
