import type { ReachedCap } from '../../../src/caps/queries.ts'
import { Crumbs, Facts, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

type Named = Pick<ReachedCap, 'counted' | 'source' | 'mask'>

/** What is capped, of whom: 同じ電話番号：今日のお申し込み. */
function nameOf(frame: PageContext, { counted, source, mask }: Named): string {
  const t = deskTexts(frame.locale).caps
  const whose = mask === '' ? t.sources[source] : `${t.sources[source]} ${mask}`
  return `${whose}${frame.locale === 'ja' ? '：' : ': '}${t.counted[counted]}`
}

/** Whose the newest booking of the source is. */
function Whose({ frame, bookings }: { frame: PageContext; bookings: ReachedCap['bookings'] }) {
  const [newest] = bookings
  if (!newest) return <span class="soft">{deskTexts(frame.locale).caps.nobody}</span>
  return (
    <>
      <bdi>{newest.company}</bdi> <bdi>{newest.name}</bdi>
    </>
  )
}

function Line({ frame, cap, mayLift }: { frame: PageContext; cap: ReachedCap; mayLift: boolean }) {
  const t = deskTexts(frame.locale).caps
  const name = nameOf(frame, cap)
  return (
    <tr>
      <th scope="row">
        {name}
        <span class="block">
          <Whose frame={frame} bookings={cap.bookings} />
        </span>
      </th>
      <td class="num" data-label={t.columns.n}>{`${cap.n} / ${cap.most}`}</td>
      <td class="num" data-label={t.columns.refused}>
        {String(cap.refused)}
      </td>
      <td class="num" data-label={t.columns.at}>
        {cap.refused_at === null ? '−' : momentText(frame.locale, cap.refused_at)}
      </td>
      <td data-label={t.columns.bookings}>
        {cap.bookings.map(({ id, number }) => (
          <>
            <a class="num" href={`/desk/bookings/${id}`}>
              {number}
            </a>{' '}
          </>
        ))}
      </td>
      {mayLift && (
        <td data-label={t.columns.act}>
          <div class="acts">
            <a class="btn quiet small-btn" href={`/desk/caps/${cap.id}`} aria-label={`${t.lift}: ${name}`}>
              {t.lift}
            </a>
            {cap.extra > 0 && (
              <form action={`/desk/caps/${cap.id}/restore`} method="post">
                <button class="btn quiet small-btn" type="submit" aria-label={`${t.restore}: ${name}`}>
                  {t.restore}
                </button>
              </form>
            )}
          </div>
        </td>
      )}
    </tr>
  )
}

/** The caps that refused an application or withheld a letter. */
export function CapsPage(
  props: DeskView & { caps: ReachedCap[]; mayLift: boolean; refusal: 'changed' | null; done: string | undefined },
) {
  const { frame, staff, caps, mayLift, refusal, done } = props
  const t = deskTexts(frame.locale).caps
  const said = done === 'lifted' ? t.lifted : done === 'restored' ? t.restored : null
  const { act, ...columns } = t.columns
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="caps">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {said !== null && refusal === null && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {refusal && <Notice what={{ what: t[refusal], next: '' }} tone="stop" alert />}
      {caps.length === 0 ? (
        <p class="card empty">{t.empty}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
                {mayLift && <th scope="col">{act}</th>}
              </tr>
            </thead>
            <tbody>
              {caps.map((cap) => (
                <Line frame={frame} cap={cap} mayLift={mayLift} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}

/** Asks whether a source may really have more. `next` is what it may then have. */
export function LiftPage({
  frame,
  staff,
  cap,
  next,
}: DeskView & { cap: Named & Pick<ReachedCap, 'id' | 'n' | 'most' | 'bookings'>; next: number }) {
  const t = deskTexts(frame.locale).caps
  return (
    <Console frame={frame} staff={staff} title={t.lift} nav="caps">
      <Crumbs frame={frame} links={[[t.title, '/desk/caps']]} />
      <h1>{t.lift}</h1>
      <section class="card">
        <Facts
          rows={[
            [t.columns.name, nameOf(frame, cap)],
            [t.whose, <Whose frame={frame} bookings={cap.bookings} />],
            [t.columns.n, `${cap.n} / ${cap.most}`],
            [t.next, String(next)],
          ]}
        />
      </section>
      <p>{cap.counted === 'places' ? t.untilBack : t.untilMidnight}</p>
      <p>{t.sure}</p>
      <form class="acts" action={`/desk/caps/${cap.id}/lift`} method="post">
        <input type="hidden" name="most" value={String(cap.most)} />
        <button class="btn" type="submit">
          {t.lift}
        </button>
        <a class="btn quiet" href="/desk/caps">
          {t.no}
        </a>
      </form>
    </Console>
  )
}
