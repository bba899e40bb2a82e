import { regionOf } from '../../src/base/japan/prefecture.ts'
import type { Desk } from '../../src/people/desk.ts'
import { Facts, isLinkable, Phone, prefectureName } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { type Texts, texts } from '../text/index.ts'

function Email({ t, email }: { t: Texts; email: NonNullable<Desk['email']> }) {
  if (email.use === 'mail') return <a href={`mailto:${email.text}`}>{email.text}</a>
  if (email.use === 'show') return <span class="typed">{email.text}</span>
  return (
    <div class="damaged">
      <p class="damaged-text">{email.text}</p>
      <p class="small">{t.desks.damaged}</p>
    </div>
  )
}

function area(frame: PageContext, desk: Desk): string | null {
  if (desk.prefectures.length === 0) return null
  const names = desk.prefectures.map((code) => prefectureName(frame.locale, code))
  return regionOf(desk.prefectures)?.[frame.locale] ?? names.join(frame.locale === 'ja' ? '、' : ', ')
}

function topics(frame: PageContext, t: Texts, desk: Desk): string {
  const names: Record<string, string> = t.topics
  return desk.topics
    .map((topic) => names[topic])
    .filter(Boolean)
    .join(frame.locale === 'ja' ? '、' : ', ')
}

function Card({ frame, desk }: { frame: PageContext; desk: Desk }) {
  const t = texts(frame.locale)
  const where = area(frame, desk)
  const about = topics(frame, t, desk)
  const linked = desk.kind === 'bureau' ? [] : desk.prefectures
  return (
    <li class="card desk">
      <h3 id={`desk-${desk.id}`}>{desk.name[frame.locale]}</h3>
      <Facts
        rows={[
          desk.phones.length === 0
            ? null
            : [
                t.desks.phone,
                desk.phones.map((phone) => (
                  <span class="phone-line">
                    <Phone number={phone} />
                  </span>
                )),
              ],
          desk.hours && [t.desks.hours, desk.hours[frame.locale]],
          where === null ? null : [t.desks.area, where],
          desk.address === null ? null : [t.desks.address, <span lang="ja">{desk.address}</span>],
          about === '' ? null : [t.desks.topics, about],
          desk.email && [t.desks.email, <Email t={t} email={desk.email} />],
          isLinkable(desk.url)
            ? [
                t.desks.site,
                <>
                  <a href={desk.url} rel="noopener noreferrer external">
                    {desk.url}
                  </a>{' '}
                  {t.external}
                </>,
              ]
            : null,
        ]}
      />
      {linked.map((code) => (
        <p>
          <a href={`/calendar?prefecture=${code}`}>{t.desks.calendar(prefectureName(frame.locale, code))}</a>
        </p>
      ))}
    </li>
  )
}

/** Every desk with its telephone. */
export function DesksPage({ frame, desks }: { frame: PageContext; desks: Desk[] }) {
  const t = texts(frame.locale)
  const groups = [...Map.groupBy(desks, (desk) => desk.kind)]
  return (
    <Layout frame={frame} title={t.desks.title} nav="desks">
      <h1>{t.desks.title}</h1>
      <p class="lead">{t.desks.lead}</p>
      {desks.length === 0 && <p>{t.desks.empty}</p>}
      {groups.map(([kind, members]) => (
        <section aria-labelledby={`kind-${kind}`}>
          <h2 id={`kind-${kind}`}>{t.desks.kinds[kind]}</h2>
          <ul class="desks">
            {members.map((desk) => (
              <Card frame={frame} desk={desk} />
            ))}
          </ul>
        </section>
      ))}
    </Layout>
  )
}
