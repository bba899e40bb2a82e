import type { Faults } from '../../src/base/input.ts'
import { ErrorSummary, PrefectureOptions, SelectField } from '../fields.tsx'
import { prefectureName } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'

/** The button by which this browser remembers the prefecture of a page. */
export function RememberButton({ frame, prefecture }: { frame: PageContext; prefecture: string }) {
  return (
    <form method="post" action="/prefecture">
      <input type="hidden" name="prefecture" value={prefecture} />
      <button class="btn quiet" type="submit">
        {texts(frame.locale).prefecture.remember(prefectureName(frame.locale, prefecture))}
      </button>
    </form>
  )
}

/** The prefecture that this browser remembers: to see its dates, to forget it, to choose another. */
export function PrefecturePage(props: { frame: PageContext; chosen: string | undefined; errors?: Faults }) {
  const { frame, chosen, errors = {} } = props
  const t = texts(frame.locale)
  const name = chosen === undefined ? null : prefectureName(frame.locale, chosen)
  return (
    <Layout frame={frame} title={`${errors.prefecture ? `${t.book.faultTab}: ` : ''}${t.prefecture.title}`} narrow>
      <h1>{t.prefecture.title}</h1>
      <p class="lead">{t.prefecture.lead}</p>
      <ErrorSummary frame={frame} errors={errors} fields={['prefecture']} />
      {name !== null && (
        <section class="card" aria-labelledby="remembered">
          <h2 id="remembered">{t.prefecture.remembered(name)}</h2>
          <p>
            <a class="btn" href={`/calendar?prefecture=${chosen}`}>
              {t.prefecture.dates(name)}
            </a>
          </p>
          <form method="post" action="/prefecture/forget">
            <button class="btn quiet" type="submit">
              {t.prefecture.forget}
            </button>
          </form>
        </section>
      )}
      <form class="card" method="post" action="/prefecture">
        <SelectField
          frame={frame}
          name="prefecture"
          label={name === null ? t.filter.prefecture : t.prefecture.other}
          required
          error={errors.prefecture}
        >
          <option value="">{t.choose}</option>
          <PrefectureOptions frame={frame} chosen={undefined} />
        </SelectField>
        <button class={name === null ? 'btn' : 'btn quiet'} type="submit">
          {t.prefecture.submit}
        </button>
      </form>
      <p class="soft small">{t.prefecture.cookie}</p>
    </Layout>
  )
}
