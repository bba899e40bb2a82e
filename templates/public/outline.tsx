import { civilDate } from '../../src/base/japan/civil.ts'
import type { Material, Outline } from '../../src/planning/outlines/outline.ts'
import type { Archived } from '../../src/planning/outlines/queries.ts'
import { Facts, href, Pager, prefectureName } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { dateText } from '../text/when.ts'

const lines = (all: readonly string[]) => all.map((line) => <span class="line">{line}</span>)

function Materials({ materials }: { materials: readonly Material[] }) {
  return (
    <ul class="materials">
      {materials.map(({ title, url }) => (
        <li>
          <a href={url} rel="noopener noreferrer external">
            {title}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What a session is about, as a section of its page. Materials once it is `over`. Nothing if there is nothing to say. */
export function OutlineSection(props: { frame: PageContext; outline: Outline | null; over: boolean }) {
  const { frame, outline, over } = props
  if (outline === null) return null
  const t = texts(frame.locale).outline
  const { target, hosts, speakers, agenda, materials } = outline
  const shown = over ? materials : []
  if (target === '' && [hosts, speakers, agenda, shown].every((all) => all.length === 0)) return null
  return (
    <section class="card" aria-labelledby="outline">
      <h2 id="outline">{t.title}</h2>
      <Facts
        rows={[
          target === '' ? null : [t.labels.target, lines(target.split('\n'))],
          hosts.length === 0 ? null : [t.labels.hosts, lines(hosts)],
          speakers.length === 0 ? null : [t.labels.speakers, lines(speakers)],
        ]}
      />
      {agenda.length > 0 && (
        <>
          <h3>{t.labels.agenda}</h3>
          <ul class="agenda">
            {agenda.map(({ time, text }) => (
              <li>
                {time !== null && <b>{time}</b>} {text}
              </li>
            ))}
          </ul>
        </>
      )}
      {shown.length > 0 && (
        <>
          <h3>{t.materials}</h3>
          <Materials materials={shown} />
        </>
      )}
    </section>
  )
}

/** The materials of sessions that are over, the newest first. */
export function ArchivePage(props: { frame: PageContext; found: readonly Archived[]; page: number; more: boolean }) {
  const { frame, found, page, more } = props
  const t = texts(frame.locale).outline
  const to = (n: number) => href('/archive', { page: n === 1 ? undefined : String(n) })
  return (
    <Layout frame={frame} title={t.archive} nav="seminar" narrow>
      <h1>{t.archive}</h1>
      <p class="lead">{t.archiveLead}</p>
      {found.length === 0 && <p class="card empty">{t.archiveEmpty}</p>}
      {found.map(({ session, outline }) => (
        <section class="card" aria-labelledby={`s-${session.id}`}>
          <h2 id={`s-${session.id}`}>
            <a href={`/sessions/${session.id}`}>{session.title[frame.locale]}</a>
          </h2>
          <p class="soft">
            {dateText(frame.locale, session.date ?? civilDate(frame.now))}{' '}
            {prefectureName(frame.locale, session.prefecture)}
          </p>
          <Materials materials={outline.materials} />
        </section>
      ))}
      {(page > 1 || more) && (
        <Pager
          label={t.archive}
          links={[
            ...(page > 1 ? [{ href: to(page - 1), text: t.newer, rel: 'prev' as const }] : []),
            ...(more ? [{ href: to(page + 1), text: t.more, rel: 'next' as const }] : []),
          ]}
        />
      )}
    </Layout>
  )
}
